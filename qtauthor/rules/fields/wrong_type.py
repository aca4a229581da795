"""QT203."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from qtauthor.errors import ArticleError
from qtauthor.model import article_fields
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fields.expected import NAMES, known, leaves
from qtauthor.rules.fix import Fix, SetValue
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for at, kind, value in leaves(subject):
        if type(value) is kind or (kind is float and type(value) is int):
            continue
        if kind is str and value is None:
            continue  # told as an empty text
        message = f"{at[1:].replace('/', '.')} is {NAMES[type(value)]}, not {NAMES[kind]}"
        yield Hit(at, message, _fix(subject, at, kind, value))


def _fix(subject: CheckedArticle, at: str, kind: type, value: Any) -> Fix | None:
    """Write a text as what it spells, and anything else as the text that is spelled there."""
    if kind is str and not isinstance(value, dict | list):
        spelled = subject.document.source_of(at)
        return Fix(f"make it the text {spelled!r}", "safe", (SetValue(at, spelled),))
    if isinstance(value, datetime.datetime) and kind is datetime.date:
        return Fix(f"write {value.date()}", "unsafe", (SetValue(at, value.date()),))
    field = known(at)
    if not isinstance(value, str) or field is None or kind is dict:
        return None
    try:
        meant = article_fields.value_of(field.pointer, value)
    except ArticleError:
        return None
    return Fix(f"make it {NAMES[kind]}", "safe", (SetValue(at, meant),))


RULE = Rule(
    "QT203",
    "wrong-type",
    check,
    what="A field holds a value of another type than it has in every article: a number in quotes, "
    "a title that reads as a number or a date.",
    why="Scripts compare ids and dates as what they are, and a title that is a date is shown in "
    "another form.",
    example='id: "5"\n',
    fix="Text that spells a number, date or boolean becomes one. A value that should be text "
    "becomes the text that is spelled there. Of a date with a time the date is kept.",
    fixes=("safe", "unsafe"),
    formal=True,
)
