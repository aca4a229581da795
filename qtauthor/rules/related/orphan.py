"""QT509."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if subject.values.get("no_index") is True:
        return
    if all(path == subject.path for path in subject.context.sources(subject.address)):
        yield Hit("/url", "no article lists this one as related")


RULE = Rule(
    "QT509",
    "orphan",
    check,
    what="No other article lists this one as related. Articles with `no_index` do not count.",
    why="Readers and search engines find it only in the list of its subject.",
    example="subject: Bread Baking\n",
    fix="None: `relate` finds articles that could link here.",
    default=False,
)
