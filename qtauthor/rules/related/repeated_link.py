"""QT506."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model import numbered_blocks
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.related.living_links import dropping
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    seen: dict[str, int] = {}
    for number, block in subject.links:
        url = block.get("url")
        if not isinstance(url, str) or not url.strip():
            continue
        first = seen.setdefault(subject.context.addresses.page(url), number)
        if first != number:
            message = f"{numbered_blocks.key(first)} leads there, too"
            yield Hit(f"{numbered_blocks.pointer(number)}/url", message, dropping(number, "safe"))


RULE = Rule(
    "QT506",
    "repeated-link",
    check,
    what="Two related articles have urls that lead to the same page.",
    why="The page lists the same article twice.",
    example="related_article2:\n    id: 2\n    title: How long should dough rise?\n"
    "    subject: Bread Baking\n"
    "    url: /learn/bread-baking/questions/how-long-should-dough-rise\n",
    fix="The first one stays. The others are taken out, and those after them are numbered anew.",
    fixes=("safe",),
)
