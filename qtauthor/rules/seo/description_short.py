"""QT702."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    text = subject.seo.get("page_description")
    least = subject.context.limits.description_min
    if isinstance(text, str) and text.strip() and len(text.strip()) < least:
        message = f"the description has {len(text.strip())} characters, fewer than {least}"
        yield Hit("/seo/page_description", message)


RULE = Rule(
    "QT702",
    "description-short",
    check,
    what="`seo.page_description` has fewer than 50 characters.",
    why="So short a description says little more than the title, and search engines pass it over.",
    example="seo:\n  title: QuickTakes | Bread Baking\n  page_description: On bread.\n"
    "  page_keywords: bread, starch\n",
    fix="None: it has to be written.",
)
