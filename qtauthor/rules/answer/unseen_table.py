"""QT604."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.rules.answer.markdown import apart, lines_of, tokens
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule

_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*\Z")
_DELIMITER = re.compile(
    r"[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+(?:\|[ \t]*)?\Z"
)
_CANDIDATE = re.compile(r"^[ \t]*\||-\|-|-[ \t]\|[ \t]-", re.MULTILINE)


def check(subject: CheckedArticle) -> Iterator[Hit]:
    shown = subject.shown
    if "|" not in shown or not _CANDIDATE.search(shown):
        return
    lines = shown.split("\n")
    seen = lines_of(tokens(subject), "table_open", "fence", "code_block")
    offset, group = 0, list[tuple[int, str]]()
    for number, line in enumerate([*lines, ""]):
        if number not in seen and (_ROW.match(line) or _DELIMITER.match(line)):
            group.append((offset, line))
        elif group:
            yield from _hit(subject, group)
            group = []
        offset += len(line) + 1


def _hit(subject: CheckedArticle, group: list[tuple[int, str]]) -> Iterator[Hit]:
    """A row alone may be anything with bars; two, or a row of dashes, are a table."""
    if len(group) < 2 and not _DELIMITER.match(group[0][1]):
        return
    offset, line = group[0]
    if not apart(subject, offset):
        yield Hit("/answer", "this is no table for GFM", span=(offset, offset + len(line.rstrip())))


RULE = Rule(
    "QT604",
    "unseen-table",
    check,
    what="Rows of a table that GFM does not take for one: the row of dashes is missing, has "
    "another number of cells than the heading, or no heading stands above it.",
    why="The page shows bars and dashes.",
    example="answer: '| Flour | Water |\\n| 500 g | 300 g |\\n| 1 kg | 600 g |'\n",
    fix="None: what the heading is to say is for a person to know.",
)
