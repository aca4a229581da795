"""QT110."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for at, error in subject.failures.items():
        date = at == "/date" and error.code is Code.BAD_SCALAR
        if error.code is not Code.DUPLICATE_KEY and not date:
            yield Hit(at, error.message, place=error.where)


RULE = Rule(
    "QT110",
    "unreadable-value",
    check,
    what="A value has a tag that nobody knows, is not what its tag says, or grows beyond all "
    "bounds by aliases. A file that cannot be opened is told with this code, too.",
    why="Readers differ about such a value, and some refuse the file.",
    example="score: !points 5\n",
    fix="None.",
    formal=True,
)
