"""QT302."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.derived.stored import differing
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    wanted, told = subject.file_name, "the file is called"
    return differing(subject, "file_name", wanted, told, "give it the file's name")


RULE = Rule(
    "QT302",
    "file-name-differs",
    check,
    what="`file_name` is not the name of the file.",
    why="The lists of the site make their links from `file_name`; they lead nowhere.",
    example="file_name: why-does-bread-become-stale.md\n",
    fix="It gets the file's name.",
    fixes=("safe",),
)
