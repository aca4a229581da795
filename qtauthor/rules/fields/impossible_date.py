"""QT208."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule

_FIRST = datetime.date(1991, 8, 6)  # the first page of the web


def check(subject: CheckedArticle) -> Iterator[Hit]:
    date = subject.values.get("date")
    if type(date) is datetime.date and date < _FIRST:
        yield Hit("/date", f"nothing was posted on {date}")
    error = subject.failures.get("/date")
    if error is not None and error.code is Code.BAD_SCALAR:
        yield Hit("/date", error.message, place=error.where)


RULE = Rule(
    "QT208",
    "impossible-date",
    check,
    what="A date that no calendar has, or on which there was no web to post on.",
    why="Some readers refuse the file; the site's own makes 1 March of 30 February.",
    example="date: 2024-02-30\n",
    fix="None: when it was posted is for a person to say.",
)
