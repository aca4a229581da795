"""Entries of the front matter as text, in the style of the file that they go into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qtauthor.content.links import MEMBERS
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.text import lines, pointer
from qtauthor.text.document import Document
from qtauthor.text.located import Located
from qtauthor.text.nodes import Mapping as Nodes
from qtauthor.text.values import Value

_KEY = re.compile(r"related_article([1-9][0-9]*)[ \t]*:")
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*$")


def entry(document: Document, at: str) -> str | None:
    """The lines of an entry, from its key to the end of its value; ``None`` if it is not there."""
    text = document.to_bytes().decode()
    located = Located.read(text)
    node, end = located.tree.root, located.front.end
    start = -1
    for name in pointer.parse(at):
        if not isinstance(node, Nodes):
            return None
        entries = node.entries
        place = next((n for n, one in enumerate(entries) if one.name == name), None)
        if place is None:
            return None
        start = entries[place].key.start
        end = entries[place + 1].key.start if place + 1 < len(entries) else end
        node = entries[place].value
    return text[start:end].rstrip(" \t\r\n")


class Related:
    """Writes blocks of related articles as the other blocks of a file are written.

    ``text`` is the file, which may be broken; ``without`` is the number of a block that is not to
    be taken for a model. Without a model the site's template is one.
    """

    def __init__(self, site: Site, text: str, without: int) -> None:
        self._break = lines.line_break(text, 0)
        self._model = next(_models(text, without), None) or _small(
            entry(site.template, "/related_article1") or ""
        )

    def block(self, number: int, values: Sequence[Value]) -> str:
        """The block ``number`` with the values of ``links.MEMBERS``. Raises ``EditError``."""
        assert self._model is not None  # a template has all fields
        pointers = [f"/related_article1/{name}" for name in MEMBERS]
        made = self._model.update(dict(zip(pointers, values, strict=True)))
        text = entry(made, "/related_article1") or ""
        text = text.replace("related_article1", f"related_article{number}", 1)
        return re.sub(r"\r\n?|\n", lambda _: self._break, text)


def _models(text: str, without: int) -> Iterator[Document]:
    """The file's own blocks that have all members and nothing else, the last one first."""
    for number, start, end in reversed(list(extents(text))):
        if number != without:
            block = text[start:end].rstrip(" \t\r\n")
            model = _small(_KEY.sub("related_article1:", block, count=1))
            if model is not None:
                yield model


def _small(block: str) -> Document | None:
    """A document of nothing but this block, if it is a usual one."""
    try:
        document = Document.parse(f"---\n{block}\n---\n".encode())
        return document if document.keys("/related_article1") == MEMBERS else None
    except (QtauthorError, UnicodeEncodeError):
        return None


def extents(text: str) -> Iterator[tuple[int, int, int]]:
    """Each related block by its lines: its number, where it begins, where the next key begins."""
    number = begun = -1
    for start in front_lines(text):
        if text[start : start + 1].strip(" \t\r\n#"):
            if number > 0:
                yield number, begun, start
            found = _KEY.match(text, start)
            number, begun = (int(found[1]), start) if found else (-1, -1)


def front_lines(text: str) -> Iterator[int]:
    """Where the lines between the fences begin, and the closing fence or the end of the text."""
    start = lines.next_line(text, 0)
    while start < len(text):
        yield start
        if _FENCE.match(text, start, lines.line_end(text, start)):
            return
        start = lines.next_line(text, start)
    yield len(text)
