"""QT701."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    text = subject.seo.get("page_description")
    at = "/seo/page_description"
    if at not in subject.failures and (text is None or text == "" or str(text).isspace()):
        yield Hit(at, "search engines get no description")


RULE = Rule(
    "QT701",
    "description-missing",
    check,
    what="`seo.page_description` is missing or empty.",
    why="Search engines then show whatever they find on the page.",
    example="seo:\n  title: QuickTakes | Bread Baking\n  page_keywords: bread, starch\n",
    fix="None: it has to be written.",
)
