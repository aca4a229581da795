"""What the index keeps of a file: quickly where that is certain, as YAML elsewhere."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from qtauthor.content import skim
from qtauthor.content.index import quick
from qtauthor.content.schema import MAX_RELATED, related_pointer
from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document

Cell: TypeAlias = str | int | float | None

FIELDS = (
    "_schema",
    "id",
    "date",
    "title",
    "article_title",
    "date_format",
    "post_on_text",
    "seo_title",
    "description",
    "keywords",
    "author",
    "question",
    "no_index",
    "subject",
    "file_name",
    "url",
    "score",
    "answer_length",
    "related",
    "problem",
)
"""The columns of an article, in the order of ``Facts.fields``.

``date`` is ISO text, ``no_index`` 0 or 1, ``answer_length`` counts code points, ``related`` counts
blocks, and ``problem`` is the code of the error for a file that cannot be read.
"""

_BLOCKS = tuple(related_pointer(number)[1:] for number in range(1, MAX_RELATED + 1))
_LARGEST = 2**63 - 1


Linked: TypeAlias = tuple[int, int | None, str | None, str | None, str | None]
"""A related block: its number, id, title, subject and url."""


class Facts(NamedTuple):
    """``mentioned`` are the ids that a file which cannot be read seems to mention."""

    fields: tuple[Cell, ...]
    links: tuple[Linked, ...] = ()
    mentioned: tuple[int, ...] = ()


def facts(data: bytes) -> Facts:
    """What the index keeps of a file with these bytes. Never fails: see ``problem``."""
    found = quick.match(data)
    return read(data) if found is None else _spelled(found)


def answer(data: bytes) -> str | None:
    """The answer as it is stored. Raises ``ParseError``, ``ReadError``."""
    found = quick.match(data)
    if found is not None:
        return quick.answer(found)
    return _text(Document.parse(data).get(), "answer")


def unreadable(problem: str, data: bytes = b"") -> Facts:
    """What is kept of a file that cannot be read."""
    fields = dict.fromkeys(FIELDS) | {"no_index": 0, "related": 0, "problem": problem}
    mentioned = dict.fromkeys(skim.mentioned_ids(data))
    return Facts(tuple(fields.values()), (), tuple(mentioned))


def read(data: bytes) -> Facts:
    """As ``facts``, by YAML."""
    try:
        fields = Document.parse(data).get()
    except QtauthorError as error:
        return unreadable(error.code, data)
    links = tuple(_links(fields))
    seo = fields.get("seo")
    seo = seo if isinstance(seo, dict) else {}
    stored = _text(fields, "answer")
    return Facts(
        (
            _text(fields, "_schema"),
            _integer(fields, "id"),
            _date(fields),
            *(_text(fields, n) for n in ("title", "article_title", "date_format", "post_on_text")),
            *(_text(seo, name) for name in ("title", "page_description", "page_keywords")),
            _text(fields, "author"),
            _text(fields, "question"),
            int(fields.get("no_index") is True),
            *(_text(fields, name) for name in ("subject", "file_name", "url")),
            _number(fields, "score"),
            None if stored is None else len(stored),
            len(links),
            None,
        ),
        links,
    )


def _spelled(found: re.Match[str]) -> Facts:
    """The same from values that are spelled as the house does."""
    schema, number, *texts, no_index, subject, file_name, url, score = quick.scalars(found)
    links: list[Linked] = []
    cells = quick.links(found)
    for start in range(0, len(cells), 4):
        identity, title, area, address = cells[start : start + 4]
        if identity is None or address is None:
            break
        links.append((start // 4 + 1, int(identity), title, area, address))
    return Facts(
        (
            schema,
            int(number or 0),
            *texts,
            int(no_index in ("True", "true")),
            subject,
            file_name,
            url,
            None if score is None else float(score),
            quick.answer_length(found),
            len(links),
            None,
        ),
        tuple(links),
    )


def _links(fields: dict[str, Any]) -> Iterator[Linked]:
    for number, key in enumerate(_BLOCKS, 1):
        block = fields.get(key)
        if isinstance(block, dict):
            title, subject, url = (_text(block, name) for name in ("title", "subject", "url"))
            yield number, _integer(block, "id"), title, subject, url


def _text(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if type(value) is not str:
        return None
    # Half of a surrogate pair, which YAML can spell by an escape, cannot be stored.
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _integer(fields: dict[str, Any], name: str) -> int | None:
    value = fields.get(name)
    return value if type(value) is int and abs(value) <= _LARGEST else None


def _number(fields: dict[str, Any], name: str) -> float | None:
    value = fields.get(name)
    if type(value) is int and abs(value) <= _LARGEST:
        return float(value)
    return value if type(value) is float else None


def _date(fields: dict[str, Any]) -> str | None:
    value = fields.get("date")
    return value.isoformat() if type(value) is datetime.date else None
