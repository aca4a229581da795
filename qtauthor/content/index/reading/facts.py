"""What the index keeps of a file: quickly where that is certain, as YAML elsewhere."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from qtauthor.content import id_scan
from qtauthor.content.index.reading import quick
from qtauthor.errors import QtauthorError
from qtauthor.model import numbered_blocks
from qtauthor.text.document import Document

Cell: TypeAlias = str | int | float | None

_NAMES = {
    "/seo/title": "seo_title",
    "/seo/page_description": "description",
    "/seo/page_keywords": "keywords",
}
"""The columns that are not called as their field."""

_KEPT = tuple(known for known in quick.OWN if known.pointer != "/answer")
FIELDS = (
    *(_NAMES.get(known.pointer, known.name) for known in _KEPT),
    "answer_length",
    "related",
    "problem",
)
"""The columns of an article, in the order of ``Facts.fields``.

``date`` is ISO text, ``no_index`` 0 or 1, ``answer_length`` counts code points, ``related`` counts
blocks, and ``problem`` is the code of the error for a file that cannot be read.
"""

_LARGEST = 2**63 - 1


LinkRow: TypeAlias = tuple[int, int | None, str | None, str | None, str | None]
"""A related block: its number, id, title, subject and url."""


class Facts(NamedTuple):
    """``mentioned`` are the ids that a file which cannot be read seems to mention."""

    fields: tuple[Cell, ...]
    links: tuple[LinkRow, ...] = ()
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
    mentioned = dict.fromkeys(id_scan.mentioned_ids(data))
    return Facts(tuple(fields.values()), (), tuple(mentioned))


def read(data: bytes) -> Facts:
    """As ``facts``, by YAML."""
    try:
        fields = Document.parse(data).get()
    except QtauthorError as error:
        return unreadable(error.code, data)
    links = tuple(_links(fields))
    stored = _text(fields, "answer")
    length = None if stored is None else len(stored)
    cells = (_READ[known.type](*_place(fields, known.pointer)) for known in _KEPT)
    return Facts((*cells, length, len(links), None), links)


def _place(fields: dict[str, Any], at: str) -> tuple[dict[str, Any], str]:
    """The mapping in which a field is, which is empty where there is none, and its name there."""
    above, _, name = at[1:].rpartition("/")
    around = fields.get(above) if above else fields
    return (around if isinstance(around, dict) else {}), name


def _spelled(found: re.Match[str]) -> Facts:
    """The same from values that are spelled as the house does."""
    cells: list[Cell] = [*quick.scalars(found)]
    for place, read_as in _SPELLED_OTHERWISE:
        cells[place] = read_as(cells[place])
    links: list[LinkRow] = []
    of_links = quick.links(found)
    for start in range(0, len(of_links), 4):
        identity, title, area, address = of_links[start : start + 4]
        if identity is None or address is None:
            break
        links.append((start // 4 + 1, int(identity), title, area, address))
    cells += (quick.answer_length(found), len(links), None)
    return Facts(tuple(cells), tuple(links))


def _links(fields: dict[str, Any]) -> Iterator[LinkRow]:
    for number, key in enumerate(numbered_blocks.KEYS, 1):
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


def _date(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return value.isoformat() if type(value) is datetime.date else None


def _flag(fields: dict[str, Any], name: str) -> int:
    return int(fields.get(name) is True)


_READ: dict[type, Callable[[dict[str, Any], str], Cell]] = {
    str: _text,
    int: _integer,
    float: _number,
    bool: _flag,
    datetime.date: _date,
}
_CONVERTED: dict[type, Callable[[Any], Cell]] = {
    int: int,
    bool: lambda spelled: int(spelled in ("True", "true")),
    float: lambda spelled: None if spelled is None else float(spelled),
}
_SPELLED_OTHERWISE = tuple(
    (place, _CONVERTED[known.type]) for place, known in enumerate(_KEPT) if known.type in _CONVERTED
)
"""The places of cells that are no text, and how their spelling is read."""
