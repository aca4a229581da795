"""Which lines differ, in a time that grows with their number and not with its square.

difflib compares what is small. In what is large, lines that stand once on both sides are held to be
the same, and what lies between two of them is told as one block.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from qtauthor.changes.change import Edit, apply

_SMALL = 300
"""Lines on either side up to which difflib is quick, whatever they are."""

Line = TypeVar("Line", bytes, str)


class LineHunk(NamedTuple):
    """Lines ``start`` to ``end`` gave way to lines ``to_start`` to ``to_end`` of the other side."""

    start: int
    end: int
    to_start: int
    to_end: int

    def moved(self, by: int, to_by: int) -> LineHunk:
        """The same, so many lines further on."""
        return LineHunk(self.start + by, self.end + by, self.to_start + to_by, self.to_end + to_by)


def blocks(old: Sequence[Line], new: Sequence[Line]) -> Iterator[LineHunk]:
    """Where two texts differ, in order."""
    start, to_start = 0, 0
    for at, to in (*_anchors(old, new), (len(old), len(new))):
        yield from _between(old, new, LineHunk(start, at, to_start, to))
        start, to_start = at + 1, to + 1


def edited(old: bytes, edits: Iterable[Edit]) -> Iterator[LineHunk]:
    """Where ``old`` and what it is after ``edits`` differ; only lines with edits are compared.

    Blocks with no line between them are one: all that goes is told before all that comes.
    """
    last: LineHunk | None = None
    for block in _edited(old, edits):
        if last is not None and (last.end, last.to_end) == (block.start, block.to_start):
            last = last._replace(end=block.end, to_end=block.to_end)
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _edited(old: bytes, edits: Iterable[Edit]) -> Iterator[LineHunk]:
    done = number = shift = 0
    for start, end, inside in _regions(old, edits):
        number += old.count(b"\n", done, start)
        part = old[start:end]
        moved = tuple(Edit(edit.start - start, edit.old, edit.new) for edit in inside)
        before, after = lines(part), lines(apply(part, moved))
        for block in blocks(before, after):
            yield block.moved(number, number + shift)
        shift += len(after) - len(before)
        done = start


def lines(data: bytes) -> list[bytes]:
    """Lines that end at a line feed only, as git sees them, each with its own."""
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _regions(old: bytes, edits: Iterable[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Runs of whole lines with the edits in them."""
    start = end = 0
    inside: list[Edit] = []
    for edit in edits:
        last = edit.start + len(edit.old)
        if not inside or (edit.start >= end and old[end - 1 : end] == b"\n"):
            if inside:
                yield start, end, inside
            start, inside = old.rfind(b"\n", end, edit.start) + 1 or end, []
        if not inside or last >= end:
            end = old.find(b"\n", last) + 1 or len(old)
        inside.append(edit)
    if inside:
        yield start, end, inside


def _between(old: Sequence[Line], new: Sequence[Line], part: LineHunk) -> Iterator[LineHunk]:
    """The differences in a part, without what it begins and ends with on both sides."""
    start, end, to_start, to_end = part
    while start < end and to_start < to_end and old[start] == new[to_start]:
        start, to_start = start + 1, to_start + 1
    while start < end and to_start < to_end and old[end - 1] == new[to_end - 1]:
        end, to_end = end - 1, to_end - 1
    if start == end and to_start == to_end:
        return
    if max(end - start, to_end - to_start) > _SMALL or start == end or to_start == to_end:
        yield LineHunk(start, end, to_start, to_end)
        return
    matcher = difflib.SequenceMatcher(None, old[start:end], new[to_start:to_end], autojunk=False)
    for kind, *places in matcher.get_opcodes():
        if kind != "equal":
            yield LineHunk(*places).moved(start, to_start)


def _anchors(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[int, int]]:
    """Pairs of lines that stand once on both sides, in the order of both; none in small texts."""
    if max(len(old), len(new)) <= _SMALL:
        return []
    counts, others = Counter(old), Counter(new)
    places = {line: at for at, line in enumerate(new) if others[line] == 1}
    pairs = [
        (at, places[line]) for at, line in enumerate(old) if counts[line] == 1 and line in places
    ]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs whose second numbers rise, too."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, to) in enumerate(pairs):
        length = bisect_left(ends, to)
        before.append(tops[length - 1] if length else -1)
        ends[length : length + 1] = [to]
        tops[length : length + 1] = [number]
    found: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
