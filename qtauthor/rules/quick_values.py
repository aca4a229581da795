"""The values of an article that is written as the house does, without YAML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from qtauthor.content.index.reading import quick
from qtauthor.model import numbered_blocks
from qtauthor.model.numbered_blocks import MEMBERS

_SPELLED: dict[type, Callable[[str], Any]] = {
    int: int,
    float: float,
    bool: lambda spelled: spelled in ("True", "true"),
    datetime.date: datetime.date.fromisoformat,
}


class _Inside(NamedTuple):
    """The names right inside of a mapping, and the groups of their values."""

    names: tuple[str, ...]
    groups: tuple[int, ...]


def _inside(above: str) -> _Inside:
    """What is in the mapping at a pointer, in its order; a mapping has its first value's group."""
    names: dict[str, int] = {}
    for known in quick.OWN:
        if known.pointer.startswith(f"{above}/"):
            name = known.pointer[len(above) + 1 :].partition("/")[0]
            names.setdefault(name, quick.GROUPS[known.pointer])
    return _Inside(tuple(names), tuple(names.values()))


_TOP = _inside("")
_MAPPINGS = tuple(
    (name, _inside(f"/{name}")) for name in _TOP.names if f"/{name}" not in quick.GROUPS
)
_OTHERS = tuple((known.name, _SPELLED[known.type]) for known in quick.OWN if known.type in _SPELLED)
"""The fields of the article that are no texts, and how they are read."""


class Usual(NamedTuple):
    """The values of an article in the usual form, and where they stand in its text.

    It has all fields that there must be, of the right types and in their order. No number or date
    is spelled in a way on which readers do not agree.
    """

    values: dict[str, Any]
    found: re.Match[str]

    @property
    def text(self) -> str:
        """The whole file."""
        return self.found.string

    def span(self, at: str) -> tuple[int, int] | None:
        """Where the value at a pointer stands; ``None`` for what is no value of the form."""
        group = quick.GROUPS.get(at)
        start, end = (-1, -1) if group is None else self.found.span(group)
        return None if start < 0 else (start, end)


def quickly(data: bytes) -> Usual | None:
    """What YAML would read, in the order of the file; ``None`` where that is not certain."""
    found = quick.match(data)
    if found is None or any(text.isspace() for text in found.groups("")):
        return None  # a text of blanks that are none for YAML counts as empty
    return Usual(_values(found), found)


def _values(found: re.Match[str]) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(_TOP.names, found.group(*_TOP.groups), strict=True))
    for name, inside in _MAPPINGS:
        values[name] = dict(zip(inside.names, found.group(*inside.groups), strict=True))
    for name, read in _OTHERS:
        if values[name] is None:
            del values[name]
        else:
            values[name] = read(values[name])
    _add_links(values, quick.links(found))
    return values


def _add_links(values: dict[str, Any], cells: tuple[str | None, ...]) -> None:
    each = len(MEMBERS)
    for key, start in zip(numbered_blocks.KEYS, range(0, len(cells), each), strict=True):
        block: dict[str, Any] = dict(zip(MEMBERS, cells[start : start + each], strict=True))
        if block["id"] is None:
            return
        block["id"] = int(block["id"])
        values[key] = block
