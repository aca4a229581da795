"""QT303."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.derived.stored import differing
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    wanted, told = subject.address, "the site shows the article at"
    return differing(subject, "url", wanted, told, "give it the address of its place")


RULE = Rule(
    "QT303",
    "url-differs",
    check,
    what="`url` is not the address at which the site shows the file.",
    why="The address comes from the file's place. Whoever follows `url` finds nothing.",
    example="url: /learn/chemistry/questions/why-does-bread-go-stale\n",
    fix="It gets the address that the file's place gives.",
    fixes=("safe",),
)
