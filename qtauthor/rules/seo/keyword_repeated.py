"""QT705."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SpliceText
from qtauthor.rules.rule import Hit, Rule

_AT = "/seo/page_keywords"


def check(subject: CheckedArticle) -> Iterator[Hit]:
    text = subject.seo.get("page_keywords")
    if not isinstance(text, str):
        return
    words = text.split(",")
    if len({word.strip().casefold() for word in words}) == len(words):
        return
    seen: set[str] = set()
    position = 0
    for word in words:
        key = word.strip().casefold()
        if key and key in seen:
            start, end = position - 1, position + len(word)  # with the comma before it
            fix = Fix("take it out", "safe", (SpliceText(_AT, start, text[start:end], ""),))
            yield Hit(_AT, f"the keyword {word.strip()!r} stands here twice", fix, (start + 1, end))
        seen.add(key)
        position += len(word) + 1


RULE = Rule(
    "QT705",
    "keyword-repeated",
    check,
    what="A keyword stands twice in `seo.page_keywords`, be it in another case.",
    why="Search engines take repeated keywords for spam.",
    example="seo:\n  title: QuickTakes | Bread Baking\n  page_description: Why bread goes stale, "
    "and how to keep it fresh.\n  page_keywords: bread, starch, Bread\n",
    fix="The first one stays.",
    fixes=("safe",),
)
