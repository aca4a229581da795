"""Blocks of related articles as text, in the style of the file that they go into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qtauthor.content.links.written_blocks import extents, renumbered
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.model import numbered_blocks
from qtauthor.model.numbered_blocks import MEMBERS
from qtauthor.text.document import Document
from qtauthor.text.entry_text import entry_text
from qtauthor.text.source import lines
from qtauthor.text.yaml.values import Value

_FIRST = numbered_blocks.pointer(1)
_MEMBERS = "".join(f"    {name}: {1 if name == 'id' else 'text'}\n" for name in MEMBERS)
_PLAIN = f"---\n{numbered_blocks.key(1)}:\n{_MEMBERS}---\n"


class BlockWriter:
    """Writes blocks of related articles as the other blocks of a file are written.

    ``text`` is the file, which may be broken; ``without`` is the number of a block that is not to
    be taken for a model. Without a model the site's template is one.
    """

    def __init__(self, site: Site, text: str, without: int) -> None:
        self._break = lines.line_break(text, 0)
        self._model = next(_models(text, without), None) or _of_template(site.template)

    def block(self, number: int, values: Sequence[Value]) -> str:
        """The block ``number`` with the values of ``numbered_blocks.MEMBERS``.

        Raises ``EditError`` for a value that no text can hold.
        """
        pointers = [f"{_FIRST}/{name}" for name in MEMBERS]
        made = self._model.update(dict(zip(pointers, values, strict=True)))
        text = renumbered(entry_text(made, _FIRST) or "", number)
        return re.sub(r"\r\n?|\n", lambda _: self._break, text)


def _of_template(template: Document) -> Document:
    """The template's first block, else a plain one: a template need not have any."""
    return _small(entry_text(template, _FIRST) or "") or Document.parse(_PLAIN.encode())


def _models(text: str, without: int) -> Iterator[Document]:
    """The file's own blocks that have all members and nothing else, the last one first."""
    for number, start, end in reversed(list(extents(text))):
        if number != without:
            model = _small(renumbered(text[start:end].rstrip(" \t\r\n"), 1))
            if model is not None:
                yield model


def _small(block: str) -> Document | None:
    """A document of nothing but the first block, if it is a usual one."""
    try:
        document = Document.parse(f"---\n{block}\n---\n".encode())
        return document if document.keys(_FIRST) == MEMBERS else None
    except (QtauthorError, UnicodeEncodeError):
        return None
