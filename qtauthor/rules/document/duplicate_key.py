"""QT106."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for at, error in subject.failures.items():
        if error.code is Code.DUPLICATE_KEY:
            yield Hit(at, error.message, place=error.where)


RULE = Rule(
    "QT106",
    "duplicate-key",
    check,
    what="A key stands twice in the same mapping.",
    why="The site refuses such a file; other readers silently take the first or the last.",
    example="author: QuickTakes\nauthor: Quick Takes\n",
    fix="None: a person has to say which of the two is meant.",
    formal=True,
)
