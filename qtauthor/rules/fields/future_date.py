"""QT207."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    date = subject.values.get("date")
    if type(date) is datetime.date and date > subject.context.today:
        yield Hit("/date", f"{date} is still to come")


RULE = Rule(
    "QT207",
    "future-date",
    check,
    what="The article says that it was posted on a day that has not come yet.",
    why="The page shows the date, and lists put the article before all others.",
    example="date: 2999-01-01\n",
    fix="None: when it was posted is for a person to say.",
)
