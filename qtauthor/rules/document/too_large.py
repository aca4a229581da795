"""QT112."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    why = subject.too_large
    if why:
        yield Hit("", f"{why}: only its form is checked")


RULE = Rule(
    "QT112",
    "too-large",
    check,
    what="The article is so large that only its form is checked: more than 10,000 keys and "
    "values, or a file of more than 500,000 bytes. This is told whichever rules are selected.",
    why="Most checks look at each value in its surroundings. Of an article that a program got "
    "wrong, or that somebody made to stop a check, they would take minutes.",
    example="keys: [⟨x, ×9999⟩x]\n",
    fix="None: split the article, or take out what does not belong there.",
)
