"""QT206."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model.article_fields import MAY_BE_EMPTY
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fields.expected import leaves
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for at, kind, value in leaves(subject):
        if kind is not str or at in MAY_BE_EMPTY:
            continue
        if value is None or (isinstance(value, str) and not value.strip()):
            yield Hit(at, f"{at[1:].replace('/', '.')} is empty")


RULE = Rule(
    "QT206",
    "empty-text",
    check,
    what="A field of text holds none.",
    why="The page shows a hole where it stands.",
    example="author:\n",
    fix="None: its text is for a person to say.",
    formal=True,
)
