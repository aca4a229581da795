"""QT503."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.related.links import living
from qtauthor.rules.rule import Hit, Rule
from qtauthor.rules.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for link in living(subject):
        given, actual = link.block.get("title"), link.target.title
        if isinstance(given, str) and actual and actual.strip() and given != actual:
            yield Hit(
                link.at("title"), f"the article is called {actual!r}", link.renew("title", actual)
            )


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
