"""Where the front matter of a file begins and ends, as gray-matter 4 sees it.

gray-matter wants ``---`` as the very first characters (after a byte order mark), and ends the
front matter at the first line that *begins* with ``---``. A closing fence with anything behind it
is therefore refused: the site and a reader of YAML would not mean the same text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from qtauthor.errors import Code, ParseError
from qtauthor.text.source import lines

_LANGUAGES = frozenset({"", "yaml", "yml"})
_CLOSING = re.compile(r"^(?:---|\.\.\.[ \t]*\r?$)", re.MULTILINE)


class FrontMatter(NamedTuple):
    """Offsets into the text: the YAML between the fences, and the body behind them."""

    start: int
    end: int
    body: int


def split(text: str) -> FrontMatter:
    """Find the fences. Raises ``ParseError`` where the site would not find them either."""
    start = 1 if text.startswith("\ufeff") else 0
    _check_opening(text, start)
    yaml_start = text.find("\n", start) + 1
    closing = _closing(text, yaml_start) if yaml_start else None
    if closing is None:
        raise ParseError(
            Code.UNCLOSED_FENCE,
            "the front matter is not closed",
            where=lines.place(text, start),
            excerpt=lines.excerpt(text, start),
            remedy="put a line with --- after the last field",
        )
    line = text[closing : _line_feed(text, closing)]
    if line.rstrip(" \t\r\n") not in ("---", "..."):
        raise ParseError(
            Code.UNCLEAR_FENCE,
            "the site ends the front matter at this line, but it is no fence",
            where=lines.place(text, closing),
            excerpt=line.rstrip("\r\n"),
            remedy="let the fence stand alone on its line, or indent or quote this line",
        )
    return FrontMatter(yaml_start, closing, _line_feed(text, closing))


def _closing(text: str, start: int) -> int | None:
    """Where the first line begins that closes a front matter whose text begins at ``start``."""
    dashes, dots = text.find("\n---", start - 1), text.find("\n...", start - 1)
    if dashes >= 0 and not 0 <= dots < dashes:
        return dashes + 1
    found = _CLOSING.search(text, start)
    return found and found.start()


def _check_opening(text: str, start: int) -> None:
    if not text.startswith("---", start) or text.startswith("----", start):
        raise _no_front_matter(text, start)
    first = text[start + 3 : _line_feed(text, start)].strip(" \t\r\n")  # no more is blank to YAML
    if first not in _LANGUAGES:
        raise ParseError(
            Code.OTHER_LANGUAGE,
            f"the opening fence asks for {first!r}, not YAML",
            where=lines.place(text, start + 3),
            excerpt=lines.excerpt(text, start),
            remedy="leave nothing behind the opening ---",
        )


def _no_front_matter(text: str, start: int) -> ParseError:
    rest = text[start:].lstrip()
    if rest.startswith("---") and not rest.startswith("----"):
        return ParseError(
            Code.EMPTY_LINE_BEFORE_FENCE,
            "something stands before the opening fence, so the site reads no data at all",
            where=lines.place(text, start),
            excerpt=lines.excerpt(text, start),
            remedy="let the file begin with ---",
        )
    return ParseError(
        Code.NO_FRONT_MATTER,
        "the file does not begin with a front matter",
        where=lines.place(text, start),
        excerpt=lines.excerpt(text, start),
        remedy="let the file begin with ---, its fields, and --- again",
    )


def _line_feed(text: str, offset: int) -> int:
    """The offset behind the next line feed, the only break that gray-matter knows."""
    return text.find("\n", offset) + 1 or len(text)
