"""Where the running text of an answer stands, and the dollar signs in it.

Approximates the blocks of Markdown: what begins a block ends the text before it. Offsets count
code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qtauthor.rules.checked_article import CheckedArticle

_FENCE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<mark>`{3,}|~{3,})")
_MATH = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<mark>\$\$+)[^$]*\Z")
_BLOCK = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|#{1,6}[ \t]|>|\|)")
_TOKEN = re.compile(r"\\.|(?P<code>`+)|(?P<dollars>\$+)", re.DOTALL)

_RUN = re.compile(r"`+|\$+")

_SPECIAL = frozenset("`~$-*+#>|0123456789")  # with what else can a block begin?
_CLOSERS = {"\\(": "\\)", "\\[": "\\]"}


class Run(NamedTuple):
    """Running text; what is inline pairs up within it."""

    start: int
    end: int


class Dollars(NamedTuple):
    """A run of dollar signs, and the one that closes it, if any."""

    start: int
    end: int
    closing: tuple[int, int] | None


class Blocks(NamedTuple):
    """All running text, and where a block of math begins that does not end."""

    runs: list[Run]
    unclosed: int | None


def blocks(subject: CheckedArticle) -> Blocks:
    """The running text of an answer outside of fenced code and of blocks of math."""
    found: Blocks | None = subject.kept.get("blocks")
    if found is None:
        found = subject.kept["blocks"] = _blocks(subject.shown)
    return found


def _blocks(text: str) -> Blocks:
    runs: list[Run] = []
    start: int | None = None
    fence, opened, position = "", 0, 0
    for line in text.split("\n"):
        end = position + len(line)
        bare = line.strip()
        special = bare[:1] in _SPECIAL
        begins = (_FENCE.match(line) or _MATH.match(line)) if special else None
        if fence:
            fence = "" if bare.startswith(fence) and not bare.strip(fence[0]) else fence
        elif not bare or begins or (special and _BLOCK.match(line)):
            if start is not None:
                runs.append(Run(start, position - 1))
            start = None if begins or not bare else position
            fence, opened = (begins["mark"], position) if begins else ("", 0)
        elif start is None:
            start = position
        position = end + 1
    if start is not None:
        runs.append(Run(start, len(text)))
    return Blocks(runs, opened if fence.startswith("$") else None)


def dollars(text: str, run: Run) -> Iterator[Dollars]:
    """The runs of dollar signs in running text that open math, or that nothing closes."""
    position = run.start if text.find("$", run.start, run.end) >= 0 else run.end
    while token := _TOKEN.search(text, position, run.end):
        position = token.end()
        if token.lastgroup is None:
            continue
        closing = _closing(text, token[0], position, run.end)
        if closing is not None:
            position = closing[1]
        if token.lastgroup == "dollars":
            yield Dollars(token.start(), token.end(), closing)


def formulas(text: str, run: Run) -> Iterator[tuple[int, int]]:
    """Where ``\\(…\\)`` and ``\\[…\\]`` stand in running text, outside of code and math."""
    position = run.start
    unclosed: set[str] = set()  # what nothing closes from here on is not looked for again
    while token := _TOKEN.search(text, position, run.end):
        position = token.end()
        if token.lastgroup is not None:
            closing = _closing(text, token[0], position, run.end)
            position = closing[1] if closing else position
        elif token[0] in _CLOSERS and token[0] not in unclosed:
            end = text.find(_CLOSERS[token[0]], position, run.end)
            if end >= 0:
                position = end + 2
                yield token.start(), position
            else:
                unclosed.add(token[0])


def _closing(text: str, mark: str, start: int, end: int) -> tuple[int, int] | None:
    """The next run of the same length; code and math know no escapes."""
    starts = _runs(text).get(mark, [])
    place = bisect_left(starts, start)
    if place == len(starts) or starts[place] + len(mark) > end:
        return None
    return starts[place], starts[place] + len(mark)


@lru_cache(maxsize=1)
def _runs(text: str) -> dict[str, list[int]]:
    """Where the runs of backticks and dollar signs of each length stand in a text."""
    found: dict[str, list[int]] = {}
    for run in _RUN.finditer(text):
        found.setdefault(run[0], []).append(run.start())
    return found
