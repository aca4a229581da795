"""QT505."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model import numbered_blocks
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.related.living_links import dropping
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    page = subject.context.addresses.page
    for number, block in subject.links:
        url = block.get("url")
        if isinstance(url, str) and page(url) == page(subject.address):
            yield Hit(
                f"{numbered_blocks.pointer(number)}/url",
                "the article lists itself",
                dropping(number, "safe"),
            )


RULE = Rule(
    "QT505",
    "self-link",
    check,
    what="The article is one of its own related articles.",
    why="The reader who follows the link stays on the same page.",
    example="related_article1:\n    id: 1\n    title: Why does bread go stale?\n"
    "    subject: Bread Baking\n"
    "    url: /learn/bread-baking/questions/why-does-bread-go-stale\n",
    fix="The link is taken out, and those after it are numbered anew.",
    fixes=("safe",),
)
