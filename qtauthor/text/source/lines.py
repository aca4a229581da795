"""Lines and places in a text.

A line ends at LF, CR LF or CR, and nowhere else (YAML 1.2, section 5.4).
``str.splitlines`` knows eight more, so it is not used here.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from qtauthor.errors import Place

_BREAK = re.compile(r"\r\n?|\n")
_TO_BREAK = re.compile(r"[^\r\n]*")
_WITH_BREAK = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")
_FEW = 4
"""Places for which it is quicker to count lines than to list them."""


def line_start(text: str, offset: int) -> int:
    """The offset at which the line around ``offset`` begins."""
    feed = text.rfind("\n", 0, offset)
    return max(feed, text.rfind("\r", feed + 1, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """The offset at which the line's text ends, before its break."""
    found = _TO_BREAK.match(text, offset)
    assert found is not None  # the pattern matches the empty string
    return found.end()


def next_line(text: str, offset: int) -> int:
    """The offset at which the next line begins, or the end of the text."""
    found = _WITH_BREAK.match(text, offset)
    assert found is not None  # the pattern matches the empty string
    return found.end()


def line_break(text: str, offset: int) -> str:
    """The break that ends the line around ``offset``; LF on a last line without one."""
    end = line_end(text, offset)
    return text[end : next_line(text, offset)] or "\n"


def column(text: str, offset: int) -> int:
    """How many characters stand before ``offset`` on its line."""
    return offset - line_start(text, offset)


def place(text: str, offset: int, path: str | None = None) -> Place:
    """The 1-based line and column of ``offset``; a byte order mark does not count."""
    start = line_start(text, offset)
    breaks = sum(text.count(mark, 0, start) for mark in ("\n", "\r"))
    return _at(text, start, offset, breaks - text.count("\r\n", 0, start) + 1, path)


def _at(text: str, start: int, offset: int, line: int, path: str | None = None) -> Place:
    count = offset - start + 1
    if start == 0 and text.startswith("\ufeff") and offset > 0:
        count -= 1
    return Place(path, line, count)


def excerpt(text: str, offset: int) -> str:
    """The whole line around ``offset``."""
    return text[line_start(text, offset) : line_end(text, offset)]


class LineIndex:
    """The places of many offsets of one text, in a time that does not depend on its length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None
        self._asked = 0
        self._latest = (-1, "")

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]
        return self._starts

    def place(self, offset: int) -> Place:
        """As the function of that name."""
        self._asked += 1
        if self._starts is None and self._asked < _FEW:
            return place(self.text, offset)
        line = bisect_right(self.starts, offset)
        return _at(self.text, self.starts[line - 1], offset, line)

    def excerpt(self, offset: int) -> str:
        """As the function of that name; one string for all places on a line, however long it is."""
        line = bisect_right(self.starts, offset)
        if self._latest[0] != line:
            self._latest = (line, excerpt(self.text, self.starts[line - 1]))
        return self._latest[1]


def blank(line: str) -> bool:
    """Whether a line holds only the white space of YAML (space and tab)."""
    return not line.strip(" \t\r\n")
