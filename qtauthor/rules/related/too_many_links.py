"""QT508."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model import numbered_blocks
from qtauthor.model.numbered_blocks import MAX_IN_WORDS, MAX_RELATED
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, RemoveKey
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if len(subject.blocks) <= MAX_RELATED:
        return  # a sixth without a fifth is a gap
    for number, _ in subject.blocks[MAX_RELATED:]:
        at = numbered_blocks.pointer(number)
        fix = Fix("take it out", "unsafe", (RemoveKey(at),))
        yield Hit(at, f"the page shows {MAX_RELATED} related articles", fix, key=True)


RULE = Rule(
    "QT508",
    "too-many-links",
    check,
    what=f"The article has more than {MAX_IN_WORDS} related articles.",
    why=f"The page shows {MAX_IN_WORDS}; nobody sees the others.",
    example="".join(
        f"related_article{number}:\n    id: 3\n    title: What is starch?\n"
        "    subject: Chemistry\n    url: /learn/chemistry/questions/what-is-starch\n"
        for number in range(2, MAX_RELATED + 2)
    ),
    fix="Those that it does not show are taken out.",
    fixes=("unsafe",),
    formal=True,
)
