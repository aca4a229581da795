"""The numbers of related articles."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"related_article([1-9][0-9]*)\Z")


def number(key: object) -> int | None:
    """The number in the key of a related article; ``None`` for any other key."""
    found = _NUMBERED.match(key) if isinstance(key, str) else None
    return int(found[1]) if found else None


def numbers(keys: Iterable[object]) -> list[int]:
    """The numbers of the related articles among ``keys``, ascending."""
    return sorted(found for found in map(number, keys) if found is not None)
