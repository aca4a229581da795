"""QT703."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    text = subject.seo.get("page_description")
    most = subject.context.limits.description_max
    if isinstance(text, str) and len(text.strip()) > most:
        message = f"the description has {len(text.strip())} characters, more than {most}"
        yield Hit("/seo/page_description", message)


RULE = Rule(
    "QT703",
    "description-long",
    check,
    what="`seo.page_description` has more than 320 characters.",
    why="No search engine has ever shown more; what comes after them is cut off.",
    example="seo:\n  title: QuickTakes | Bread Baking\n  page_description: "
    + "Bread goes stale because its starch crystallises. " * 7
    + "Warm it.\n  page_keywords: bread, starch\n",
    fix="None: what to leave out is for a person to say.",
)
