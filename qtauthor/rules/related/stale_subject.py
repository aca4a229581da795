"""QT504."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.related.living_links import stale_texts
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    return stale_texts(subject, "subject", "the article's subject is")


RULE = Rule(
    "QT504",
    "stale-subject",
    check,
    what="The subject of a related article is not the one of the article to which its url leads.",
    why="The page shows the subject of the link.",
    example="related_article1:\n    id: 2\n    title: How long should dough rise?\n"
    "    subject: Chemistry\n    url: /learn/bread-baking/questions/how-long-should-dough-rise\n",
    fix="It is renewed from the article at the url.",
    fixes=("safe",),
)
