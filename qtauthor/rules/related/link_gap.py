"""QT507."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model import numbered_blocks
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import CloseGaps, Fix
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for place, (number, _) in enumerate(subject.blocks, 1):
        if number != place:
            missing = numbered_blocks.key(place)
            fix = Fix("number them from 1", "safe", (CloseGaps(),))
            yield Hit(
                numbered_blocks.pointer(number), f"there is no {missing} before it", fix, key=True
            )
            return


RULE = Rule(
    "QT507",
    "link-gap",
    check,
    what="The numbers of the related articles do not run from 1 without a gap.",
    why="Whoever reads them one by one stops at the gap.",
    example="related_article3:\n    id: 3\n    title: What is starch?\n"
    "    subject: Chemistry\n    url: /learn/chemistry/questions/what-is-starch\n",
    fix="They are numbered anew, in their order.",
    fixes=("safe",),
    formal=True,
)
