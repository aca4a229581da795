"""An article's id from its bytes, quickly where that is certain; and the ids of a broken file."""

from __future__ import annotations

import re

from qtauthor.content.index import quick
from qtauthor.text.document import Document

_MENTIONED = re.compile(rb"^\W*id\W{1,4}([1-9][0-9]{0,17})\b", re.MULTILINE)


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
