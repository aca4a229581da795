"""An article's id from its bytes, quickly where that is certain; and the ids of a broken file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qtauthor.content.index.reading import quick
from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document

_MENTIONED = re.compile(rb"^[^\w\n]*id\W{1,4}([1-9][0-9]{0,17})\b", re.MULTILINE)


def article_id(data: bytes) -> object:
    """The value of ``id``; ``None`` where the article has none.

    Raises ``ParseError`` or ``ReadError`` for what cannot be read at all.
    """
    found = quick.match(data)
    if found is not None:
        return int(quick.identity(found))
    document = Document.parse(data)
    return document.get("/id") if document.has("/id") else None


def mentioned_ids(data: bytes) -> list[int]:
    """The ids that a file may have which cannot be read, so that nobody else gets them."""
    return [int(number) for number in _MENTIONED.findall(data)]


def largest_id(texts: Iterable[bytes]) -> int:
    """The largest id that one of these articles has, or that a broken one seems to; 0 if none."""
    return max((number for data in texts for number in _ids(data)), default=0)


def _ids(data: bytes) -> list[int]:
    try:
        number = article_id(data)
    except QtauthorError:
        return mentioned_ids(data)
    return [number] if isinstance(number, int) and not isinstance(number, bool) else []
