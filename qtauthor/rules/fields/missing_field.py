"""QT201."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fields.expected import mappings, required
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for at, values in mappings(subject):
        if values.keys() >= required(at).keys():
            continue
        for name in (name for name in required(at) if name not in values):
            place = f"{at}/{name}"
            if place not in subject.failures:
                yield Hit(place, f"{place[1:].replace('/', '.')} is missing")


RULE = Rule(
    "QT201",
    "missing-field",
    check,
    what="A field that every article has is not there.",
    why="The page shows a hole where it stands, or is not built.",
    example="---\nid: 5\ntitle: Why does bread go stale?\n---\n\n&nbsp;",
    fix="None: its value is for a person to say.",
    formal=True,
)
