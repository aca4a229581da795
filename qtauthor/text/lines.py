"""Lines and places in a text.

A line ends at LF, CR LF or CR, and nowhere else (YAML 1.2, section 5.4).
``str.splitlines`` knows eight more, so it is not used here.
"""

from __future__ import annotations

import re

from qtauthor.errors import Place

_BREAK = re.compile(r"\r\n?|\n")
_TO_BREAK = re.compile(r"[^\r\n]*")


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
    end = line_end(text, offset)
    if text.startswith("\r\n", end):
        return end + 2
    return min(end + 1, len(text))


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
    count = offset - start + 1
    if start == 0 and text.startswith("\ufeff") and offset > 0:
        count -= 1
    return Place(path, sum(1 for _ in _BREAK.finditer(text, 0, start)) + 1, count)


def excerpt(text: str, offset: int) -> str:
    """The whole line around ``offset``."""
    return text[line_start(text, offset) : line_end(text, offset)]


def blank(line: str) -> bool:
    """Whether a line holds only the white space of YAML (space and tab)."""
    return not line.strip(" \t\r\n")
