"""Faults of the two fences, as gray-matter sees them, and their mends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.content import schema
from qtauthor.rules.repair.draft import Draft, Line, Mend

FENCE = re.compile(r"---[ \t]*")
_OPENING = re.compile("\ufeff?---[ \t]*(?:yaml|yml)?[ \t]*")
_LIKE = re.compile("[ \t]*(?:[-\u2010-\u2015]{1,8}|\\.\\.\\.)[ \t]*")
_DOTS = re.compile(r"\.\.\.[ \t]*")
_KEY = re.compile(r"([A-Za-z_]\w*)(?::|[ \t])")
_EMPTY = " \t\ufeff"


def is_open(draft: Draft) -> bool:
    """Whether the file begins with its fence."""
    return _OPENING.fullmatch(draft.lines[0].text) is not None


def closing(draft: Draft) -> int | None:
    """The index of the line that closes the front matter; ``None`` if that is at fault."""
    index = _first_stop(draft)
    if index is None or not FENCE.fullmatch(draft.lines[index].text):
        return None
    return index


def opened(draft: Draft) -> Iterator[Draft]:
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
        yield Draft((first._replace(text="---"), *lines[index + 1 :]), tuple(mends))
    elif _is_field(first.text.lstrip("\ufeff")):
        mends.append(Mend(first.number, "put the opening fence --- above it"))
        new = Line(first.number, "---", first.end)
        rest = first._replace(text=first.text.lstrip("\ufeff"))
        yield Draft((new, rest, *lines[index + 1 :]), tuple(mends))


def closed(draft: Draft, body: str) -> Iterator[Draft]:
    """The ways in which the front matter can be closed above ``body``, and nowhere else."""
    lines, stop = draft.lines, _first_stop(draft)
    candidates = [stop] if stop is not None else _like_fences(draft)
    for index in candidates:
        line = lines[index]
        if _LIKE.fullmatch(line.text) and same_body(draft.after(index), body):
            yield draft.with_text(index, "---", Mend(line.number, "write the closing fence as ---"))
    if not candidates and body.strip():
        for index in range(len(lines) - 1, 0, -1):
            if same_body(draft.after(index), body) and lines[index].text.strip():
                here = lines[index]
                new = Line(here.number + 1, "---", here.end)
                mend = Mend(here.number, "put the closing fence --- below it")
                yield Draft((*lines[: index + 1], new, *lines[index + 1 :]), (*draft.mends, mend))
                return


def same_body(text: str, body: str) -> bool:
    """Whether a text is that body, but for blank lines around it."""
    return text.strip() == body.strip()


def _first_stop(draft: Draft) -> int | None:
    for index, line in enumerate(draft.lines):
        if index and (line.text.startswith("---") or _DOTS.fullmatch(line.text)):
            return index
    return None


def _like_fences(draft: Draft) -> list[int]:
    return [n for n, line in enumerate(draft.lines) if n and _LIKE.fullmatch(line.text)]


def _is_field(text: str) -> bool:
    found = _KEY.match(text)
    return found is not None and f"/{found[1]}" in schema.fields()
