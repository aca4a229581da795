"""The related articles of a page: numbered blocks, ``related_article1`` and those that follow it.

Only this module knows how their keys are spelled. How many a page shows is the number of such
fields in ``article_fields.Fields``: one more there, and everything takes one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qtauthor.model.article_fields import Fields, Related

_STEM = "related_article"
EXPRESSION = rf"{_STEM}([1-9][0-9]*)"
"""The key of any block, as a regular expression with its number as the one group."""

EVERY = f"/{_STEM}"
"""What stands for the pointers of all blocks together; no key is called so."""

_KEY = re.compile(rf"{EXPRESSION}\Z")
_AT = re.compile(rf"/{EXPRESSION}(?=/|\Z)")
_INSIDE = re.compile(rf"/{_STEM}_?[0-9]+(?=/|\Z)")


def key(number: int) -> str:
    """The key of the block ``number``, which counts from 1."""
    return f"{_STEM}{number}"


def pointer(number: int) -> str:
    """Where the block ``number`` stands."""
    return f"/{key(number)}"


def aside(number: int) -> str:
    """A key that a block has for a moment, while another one has its number."""
    return f"{_STEM}_{number}"


def number(name: object) -> int | None:
    """The number in the key of a block; ``None`` for any other key."""
    found = _KEY.match(name) if isinstance(name, str) else None
    return int(found[1]) if found else None


def numbers(keys: Iterable[object]) -> list[int]:
    """The numbers of the blocks among ``keys``, ascending."""
    return sorted(found for found in map(number, keys) if found is not None)


def number_at(at: str) -> int | None:
    """The number of the block at a pointer, or around it; ``None`` outside of the blocks."""
    found = _AT.match(at)
    return int(found[1]) if found else None


def is_inside(at: str) -> bool:
    """Whether a pointer leads to a block or into one, also while that is set aside."""
    return _INSIDE.match(at) is not None


def as_first(at: str) -> str:
    """A pointer into any block as one into the first; every other pointer as it is."""
    return _AT.sub(pointer(1), at, count=1)


MAX_RELATED = len(numbers(Fields.__struct_fields__))
"""How many related articles a page shows."""

KEYS = tuple(map(key, range(1, MAX_RELATED + 1)))
POINTERS = tuple(map(pointer, range(1, MAX_RELATED + 1)))
"""Of the blocks that a page shows, in their order."""

MEMBERS = Related.__struct_fields__
"""The names inside of a block, in their order."""

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MAX_IN_WORDS = _WORDS[MAX_RELATED] if len(_WORDS) > MAX_RELATED else str(MAX_RELATED)
