"""QT704."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    text = subject.seo.get("page_keywords")
    at = "/seo/page_keywords"
    if at in subject.failures or (text is not None and not isinstance(text, str)):
        return
    if not (text or "").replace(",", "").strip():
        yield Hit(at, "there are no keywords")


RULE = Rule(
    "QT704",
    "keywords-missing",
    check,
    what="`seo.page_keywords` is missing or has no keyword.",
    why="The search on the site finds articles by their keywords.",
    example="seo:\n  title: QuickTakes | Bread Baking\n  page_description: Why bread goes stale, "
    "and how to keep it fresh.\n",
    fix="None: they have to be written.",
)
