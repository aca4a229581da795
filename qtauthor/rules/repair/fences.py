"""Faults of the two fences, as gray-matter sees them, and their mends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.model import article_fields
from qtauthor.rules.repair.draft import Mend, MendedText, NumberedLine

FENCE = re.compile(r"---[ \t]*")
_OPENING = re.compile("\ufeff?---[ \t]*(?:yaml|yml)?[ \t]*")
_LIKE = re.compile("[ \t]*(?:[-\u2010-\u2015]{1,8}|\\.\\.\\.)[ \t]*")
_DOTS = re.compile(r"\.\.\.[ \t]*")
_KEY = re.compile(r"([A-Za-z_]\w*)(?::|[ \t])")
_EMPTY = " \t\ufeff"


def is_open(draft: MendedText) -> bool:
    """Whether the file begins with its fence."""
    return _OPENING.fullmatch(draft.lines[0].text) is not None


def closing(draft: MendedText) -> int | None:
    """The index of the line that closes the front matter; ``None`` if that is at fault."""
    index = _first_stop(draft)
    if index is None or not FENCE.fullmatch(draft.lines[index].text):
        return None
    return index


def opened(draft: MendedText) -> Iterator[MendedText]:
    """The ways in which the front matter can be opened at the first byte."""
    lines = draft.lines
    index = next((n for n, line in enumerate(lines) if line.text.strip(_EMPTY)), None)
    if index is None:
        return
    first = lines[index]
    bare = first.text.strip(_EMPTY)
    mends = list(draft.mends)
    if index or first.text[0] in _EMPTY:
        mends.append(Mend(1, "take out what is empty before the fence"))
    if _LIKE.fullmatch(bare) and bare != "...":
        if bare != "---":
            mends.append(Mend(first.number, "write the opening fence as ---"))
        yield MendedText((first._replace(text="---"), *lines[index + 1 :]), tuple(mends))
    elif _is_field(bare):
        mends.append(Mend(first.number, "put the opening fence --- above it"))
        new = NumberedLine(first.number, "---", first.end)
        rest = first._replace(text=first.text.lstrip(_EMPTY))
        yield MendedText((new, rest, *lines[index + 1 :]), tuple(mends))


def closed(draft: MendedText, body: str) -> Iterator[MendedText]:
    """The ways in which the front matter can be closed above ``body``, and nowhere else."""
    index = _above(draft, body)
    stop = _first_stop(draft)
    if index is None or stop not in (None, index):
        return
    line = draft.lines[index]
    if _LIKE.fullmatch(line.text):
        yield draft.with_text(index, "---", Mend(line.number, "write the closing fence as ---"))
    elif body.strip():
        new = NumberedLine(line.number + 1, "---", line.end)
        mend = Mend(line.number, "put the closing fence --- below it")
        lines = (*draft.lines[: index + 1], new, *draft.lines[index + 1 :])
        yield MendedText(lines, (*draft.mends, mend))


def _above(draft: MendedText, body: str) -> int | None:
    """The last line with text above a body; ``None`` if the file ends with another body."""
    lines = draft.lines
    index = len(lines) - 1
    for expected in reversed(body.strip().split("\n")):
        while index > 0 and not lines[index].text.strip():
            index -= 1
        if expected and lines[index].text.strip() != expected.strip():
            return None
        index -= bool(expected)
    while index > 0 and not lines[index].text.strip():
        index -= 1
    return index if index > 0 else None


def _first_stop(draft: MendedText) -> int | None:
    for index, line in enumerate(draft.lines):
        if index and (line.text.startswith("---") or _DOTS.fullmatch(line.text)):
            return index
    return None


def _is_field(text: str) -> bool:
    found = _KEY.match(text)
    return found is not None and f"/{found[1]}" in article_fields.fields()
