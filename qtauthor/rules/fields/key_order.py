"""QT204."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fields.expected import mappings, members
from qtauthor.rules.fix import Fix, OrderKeys
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for at, values in mappings(subject):
        ranks = _ranks(at)
        last, before = -1, ""
        for key in values:
            rank = ranks.get(key)
            if rank is None:
                continue
            if rank < last:
                fix = Fix("bring the keys into their order", "safe", (OrderKeys(at),))
                message = f"{key} belongs above {before}"
                yield Hit(f"{at}/{key}", message, fix, key=True)
                break
            last, before = rank, key


@cache
def _ranks(at: str) -> dict[str, int]:
    """The place of each known key in its mapping."""
    return {field.name.rpartition(".")[2]: place for place, field in enumerate(members(at))}


RULE = Rule(
    "QT204",
    "key-order",
    check,
    what="The known keys do not stand in the order that all articles have.",
    why="Nothing breaks, but a difference between two articles is hard to see.",
    example="---\ndate: 2024-11-21\nid: 5\n---\n",
    fix="The keys are moved as they are written. Unknown keys stay behind the key before them.",
    fixes=("safe",),
    formal=True,
)
