"""The answer as GFM sees it, for what regular expressions cannot tell for certain."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from qtauthor.rules.checked_article import CheckedArticle

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # few articles need it

    return MarkdownIt("commonmark").enable("table")


def tokens(subject: CheckedArticle) -> list[Token]:
    """The tokens of the answer; it takes about a millisecond."""
    return _parser().parse(subject.shown)


def lines_of(found: list[Token], *kinds: str) -> set[int]:
    """The numbers of the lines, from 0, on which blocks of these kinds stand."""
    return {
        line
        for token in found
        if token.type in kinds and token.map is not None
        for line in range(*token.map)
    }


def apart(subject: CheckedArticle, offset: int) -> bool:
    """Whether code or math stands at an offset of the answer."""
    place = bisect_right(subject.regions, offset, key=attrgetter("start"))
    return place > 0 and offset < subject.regions[place - 1].end
