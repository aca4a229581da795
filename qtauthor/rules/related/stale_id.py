"""QT502."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.related.living_links import living
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for link in living(subject):
        given, actual = link.block.get("id"), link.target.id
        if type(given) is int and actual is not None and actual > 0 and given != actual:
            message = f"the article has the id {actual}, not {given}"
            yield Hit(link.at("id"), message, link.renew("id", actual))


RULE = Rule(
    "QT502",
    "stale-id",
    check,
    what="The id of a related article is not the one of the article to which its url leads.",
    why="The url is what readers follow, so it says which article is meant. Whatever goes by the "
    "id takes another one.",
    example="related_article1:\n    id: 999\n    title: How long should dough rise?\n"
    "    subject: Bread Baking\n"
    "    url: /learn/bread-baking/questions/how-long-should-dough-rise\n",
    fix="It is renewed from the article at the url.",
    fixes=("safe",),
)
