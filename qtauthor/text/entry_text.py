"""An entry of the front matter as it is written."""

from __future__ import annotations

from qtauthor.text.document import Document
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Mapping


def entry_text(document: Document, at: str) -> str | None:
    """The lines of an entry, from its key to the end of its value; ``None`` if it is not there.

    Blanks and empty lines at the end are no part of it.
    """
    text = document.to_bytes().decode()
    located = Located.read(text)
    node, end = located.tree.root, located.front.end
    start = -1
    for name in pointer.parse(at):
        if not isinstance(node, Mapping):
            return None
        entries = node.entries
        place = next((n for n, one in enumerate(entries) if one.name == name), None)
        if place is None:
            return None
        start = entries[place].key.start
        end = entries[place + 1].key.start if place + 1 < len(entries) else end
        node = entries[place].value
    return text[start:end].rstrip(" \t\r\n")
