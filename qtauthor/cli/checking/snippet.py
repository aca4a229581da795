"""A line of a file around a finding, with what was found marked below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.cli.checking.report import lines
from qtauthor.cli.output.console import on_one_line
from qtauthor.rules.finding import Finding

_BEFORE = 3
"""A third of the line stands before what was found, if all of it does not fit."""


class Snippet(NamedTuple):
    """The part of the line that fits, and which of its cells are marked."""

    line: int
    text: str
    start: int
    length: int


def snippet(finding: Finding, data: bytes, room: int) -> Snippet | None:
    """The line in ``room`` cells; ``None`` if the finding is of no line."""
    found = lines(data)
    if not 0 < finding.line <= len(found):
        return None
    line = found[finding.line - 1]
    start = max(0, finding.column - 1)
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    pieces = [*_pieces(line, start, max(start + 1, end), room)]
    before = sum(cells for _, cells, place in pieces if place < start)
    marked = sum(cells for _, cells, place in pieces if start <= place < max(start + 1, end))
    text = "".join(shown for shown, _, _ in pieces)
    return Snippet(finding.line, text, before, max(1, marked))


def _pieces(line: str, start: int, end: int, room: int) -> Iterator[tuple[str, int, int]]:
    """What is shown: characters made visible, their cells, and where they stand in the line."""
    first = 0
    if len(line) > room or cells(on_one_line(line)) > room:
        first = max(0, start - room // _BEFORE)
    rest = line[first : first + room]
    if len(line) > first + room and rest.isascii() and rest.isprintable():
        yield from _plainly(rest, first, len(line) + end, room)
        return
    used = 0
    if first:
        yield "…", 1, -1
        used = 1
    for place in range(first, len(line)):
        shown = on_one_line(line[place].replace("\t", " "))
        size = cells(shown)
        if used + size > room - (place < len(line) - 1):
            yield "…", 1, len(line) + end  # behind everything
            return
        yield shown, size, place
        used += size


def _plainly(text: str, first: int, behind: int, room: int) -> Iterator[tuple[str, int, int]]:
    """The same for characters of one cell each, cut at both ends where the line goes on."""
    before = 1 if first else 0
    if before:
        yield "…", 1, -1
    for place, character in enumerate(text[: room - before - 1], first):
        yield character, 1, place
    yield "…", 1, behind


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
