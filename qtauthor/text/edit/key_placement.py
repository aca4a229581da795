"""Where a new key goes among those that are there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def predecessor(present: Sequence[str], new: str, order: Sequence[str]) -> str | None:
    """The key after which ``new`` belongs; ``""`` for the beginning, ``None`` for the end.

    ``order`` is the canonical order. It counts only if it knows ``new`` and if the keys that are
    present follow it; keys that it does not know are passed over.
    """
    rank = {name: index for index, name in enumerate(order)}
    known = [name for name in present if name in rank]
    if new not in rank or any(rank[one] > rank[two] for one, two in pairwise(known)):
        return None
    before = [name for name in known if rank[name] < rank[new]]
    if len(before) == len(known) and present and before and before[-1] == present[-1]:
        return None
    return before[-1] if before else ""
