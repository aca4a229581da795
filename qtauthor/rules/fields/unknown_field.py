"""QT202."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qtauthor.model import numbered_blocks
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fields.expected import mappings, names
from qtauthor.rules.fix import Fix, RenameKey
from qtauthor.rules.rule import Hit, Rule
from qtauthor.text.near_match import meant, near
from qtauthor.text.yaml import pointer

_COMPARED = 100
"""Keys of an article that are compared with all names, others being told as they are."""

_LONGEST = 100  # characters of a name with a slip in it


def check(subject: CheckedArticle) -> Iterator[Hit]:
    for at, values in mappings(subject):
        known = frozenset(names(at))
        if values.keys() <= known:
            continue
        for key in values:
            if key not in known and (at or numbered_blocks.number(key) is None):
                yield _hit(subject, at, str(key), values)


def _hit(subject: CheckedArticle, at: str, key: str, values: dict[str, Any]) -> Hit:
    place = at + pointer.join([key])
    likely = _near(subject, at, key)
    if not likely:
        return Hit(place, f"articles have no field {key}", key=True)
    message = f"articles have no field {key}; {meant(likely)}"
    if likely[0] in values:
        return Hit(place, message, key=True)
    fix = Fix(f"call it {likely[0]}", "unsafe", (RenameKey(place, likely[0]),))
    return Hit(place, message, fix, key=True)


def _near(subject: CheckedArticle, at: str, key: str) -> list[str]:
    """The known name that a key resembles most. It takes long, so only some keys are compared."""
    compared: dict[tuple[tuple[str, ...], str], list[str]]
    compared = subject.kept.setdefault("near names", {})
    known = names(at)
    if (known, key) not in compared:
        if len(compared) >= _COMPARED or len(key) > _LONGEST:
            return []
        compared[known, key] = near(key, sorted(known))
    return compared[known, key]


RULE = Rule(
    "QT202",
    "unknown-field",
    check,
    what="A key that no article has.",
    why="The site does not read it. Mostly it is a known name with a slip in it, and the field "
    "that was meant is missing.",
    example="tittle: Why does bread go stale?\n",
    fix="It gets the nearest known name if that one is not there.",
    fixes=("unsafe",),
    formal=True,
)
