"""QT503."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.related.living_links import stale_texts
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    return stale_texts(subject, "title", "the article is called")


RULE = Rule(
    "QT503",
    "stale-title",
    check,
    what="The title of a related article is not the one of the article to which its url leads.",
    why="The page shows the title of the link, and the reader finds another question.",
    example="related_article1:\n    id: 2\n    title: How long must dough rise?\n"
    "    subject: Bread Baking\n"
    "    url: /learn/bread-baking/questions/how-long-should-dough-rise\n",
    fix="It is renewed from the article at the url.",
    fixes=("safe",),
)
