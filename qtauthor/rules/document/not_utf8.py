"""QT105."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.document.mending import refused
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    return refused(subject, Code.NOT_UTF8)


RULE = Rule(
    "QT105",
    "not-utf8",
    check,
    what="The file holds bytes that are not UTF-8.",
    why="The site shows a replacement character for each of them.",
    example="---\ntitle: What is a caf⟨E9⟩?\n---\n",
    fix="None: which character was meant depends on the encoding that the file came in.",
    raw=True,
    formal=True,
)
