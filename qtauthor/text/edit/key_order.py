"""The keys of a mapping brought into an order, each as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document
from qtauthor.text.yaml import pointer


def wanted(keys: Sequence[str], order: Sequence[str]) -> list[str]:
    """``keys`` by their place in ``order``; an unknown one keeps to the key that it follows."""
    rank = {key: number for number, key in enumerate(order)}
    ranked: list[tuple[int, int, str]] = []
    last = -1
    for number, key in enumerate(keys):
        last = rank.get(key, last)
        ranked.append((last, number, key))
    return [key for *_, key in sorted(ranked)]


def misplaced(keys: Sequence[str], order: Sequence[str]) -> int:
    """How many keys do not stand behind the one that they follow in ``order``."""
    after = dict(pairwise(keys))
    return sum(after.get(one) != other for one, other in pairwise(wanted(keys, order)))


def ordered(document: Document, at: str, order: Sequence[str]) -> Document:
    """The document with the keys at ``at`` in ``order``.

    From the first key down, or from the last one up where a key cannot be the last for a while: a
    block that keeps its blank lines. Raises ``QtauthorError`` where neither way does it.
    """
    if not misplaced(document.keys(at), order):
        return document
    keys = wanted(document.keys(at), order)
    try:
        return _downwards(document, at, keys)
    except QtauthorError as error:
        refusal = error
    try:
        return _upwards(document, at, keys)
    except QtauthorError:
        raise refusal from None


def _downwards(document: Document, at: str, keys: Sequence[str]) -> Document:
    for previous, key in pairwise(keys):
        document = below(document, at, previous, key)
    return document


def below(document: Document, at: str, previous: str, key: str) -> Document:
    """The document with ``key`` right below ``previous``."""
    keys = document.keys(at)
    if keys.index(key) == keys.index(previous) + 1:
        return document
    place = at + pointer.join([key])
    return document.move(place, place, after=previous)


def _upwards(document: Document, at: str, keys: Sequence[str]) -> Document:
    last = document.keys(at)[-1]
    if keys[-1] != last:
        document = below(document, at, last, keys[-1])
    for key, following in reversed(list(pairwise(keys))):
        present = document.keys(at)
        if present.index(key) + 1 != present.index(following):
            place = at + pointer.join([key])
            document = document.move(place, place, before=following)
    return document
