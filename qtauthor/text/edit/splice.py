"""Splices over a text: what an edit is, applied and composed.

All offsets are code points. A sequence of splices is sorted by ``start`` and none of them
overlap, so each list of splices stands for exactly one new text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import AnyStr, NamedTuple


class Splice(NamedTuple):
    """Replace ``text[start:end]`` by ``new``."""

    start: int
    end: int
    new: str


class Piece(NamedTuple):
    """A run of the resulting text: kept from ``start:end``, or ``new`` in its place."""

    start: int
    end: int
    new: str | None


def ordered(splices: Iterable[Splice]) -> tuple[Splice, ...]:
    """The splices in the order of the text; insertions at one place keep their order.

    Raises ``ValueError`` if two of them overlap.
    """
    result = tuple(sorted(splices, key=lambda splice: (splice.start, splice.end)))
    for before, after in pairwise(result):
        if after.start < before.end:
            raise ValueError(f"splices overlap: {before} and {after}")
    return result


def apply(text: str, splices: Sequence[Splice]) -> str:
    """``text`` with every splice done. The runs between them are the same characters."""
    parts: list[str] = []
    position = 0
    for splice in splices:
        parts.append(text[position : splice.start])
        parts.append(splice.new)
        position = splice.end
    parts.append(text[position:])
    return "".join(parts)


def compose(first: Sequence[Splice], then: Sequence[Splice]) -> tuple[Splice, ...]:
    """The splices of ``then``, made on the result of ``first``, as one list over the origin."""
    if not first:
        return tuple(then)
    return _merged(_cut(_pieces(first, then), then))


def _pieces(first: Sequence[Splice], then: Sequence[Splice]) -> list[Piece]:
    """The result of ``first`` as pieces, long enough for every offset in ``then``."""
    pieces: list[Piece] = []
    origin = length = 0
    for splice in first:
        pieces.append(Piece(origin, splice.start, None))
        pieces.append(Piece(splice.start, splice.end, splice.new))
        length += splice.start - origin + len(splice.new)
        origin = splice.end
    reach = max((splice.end for splice in then), default=0)
    pieces.append(Piece(origin, origin + max(0, reach - length), None))
    return pieces


def _cut(pieces: list[Piece], then: Sequence[Splice]) -> list[Piece]:
    result: list[Piece] = []
    rest = pieces[::-1]  # the next piece is the last one
    position = 0
    for splice in then:
        result += _taken(rest, splice.start - position)
        gone = _taken(rest, splice.end - splice.start)
        start = gone[0].start if gone else _end(result)
        result.append(Piece(start, gone[-1].end if gone else start, splice.new))
        position = splice.end
    return [*result, *reversed(rest)]


def _taken(rest: list[Piece], size: int) -> list[Piece]:
    """Take pieces of ``size`` resulting characters off the end of ``rest``, which is backwards.

    A replaced run that is cut in two leaves its origin with the first half.
    """
    taken: list[Piece] = []
    while rest:
        piece = rest.pop()
        length = piece.end - piece.start if piece.new is None else len(piece.new)
        if length < size:
            taken.append(piece)
            size -= length
            continue
        if piece.new is None:
            middle = piece.start + size
            left, right = Piece(piece.start, middle, None), Piece(middle, piece.end, None)
        else:
            left = Piece(piece.start, piece.end, piece.new[:size])
            right = Piece(piece.end, piece.end, piece.new[size:])
        taken.append(left)
        rest.append(right)
        break
    return taken


def _end(pieces: list[Piece]) -> int:
    return pieces[-1].end if pieces else 0


def _merged(pieces: list[Piece]) -> tuple[Splice, ...]:
    """Neighbouring replacements as one splice; empty ones dropped."""
    result: list[Splice] = []
    for piece in pieces:
        if piece.new is None:
            continue
        last = result[-1] if result else None
        if last is not None and last.end == piece.start:
            result[-1] = Splice(last.start, piece.end, last.new + piece.new)
        else:
            result.append(Splice(piece.start, piece.end, piece.new))
    return tuple(splice for splice in result if splice.start != splice.end or splice.new)


def common(left: AnyStr, right: AnyStr) -> int:
    """How many characters or bytes they begin with in common, found by halves."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def normalised(text: str, splices: Iterable[Splice]) -> tuple[Splice, ...]:
    """The splices over ``text`` without those that change nothing, each cut to what differs."""
    result = (_trimmed(text, splice) for splice in splices)
    return tuple(splice for splice in result if splice.start != splice.end or splice.new)


def _trimmed(text: str, splice: Splice) -> Splice:
    old, new = text[splice.start : splice.end], splice.new
    if old == new:
        return Splice(splice.start, splice.start, "")
    head = common(old, new)
    tail = common(old[head:][::-1], new[head:][::-1])
    return Splice(splice.start + head, splice.end - tail, new[head : len(new) - tail])
