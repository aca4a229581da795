"""The list of related articles in one document: read, renumbered, put in another order.

A block that only gets another number keeps its bytes but for its key. Blocks are told apart by
their number, whatever they hold; what holds no url is no link, but counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from qtauthor.model import numbered_blocks
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.text.document import Document


def numbers(document: Document) -> list[int]:
    """The numbers of the blocks that are there, ascending."""
    return [n for n in range(1, MAX_RELATED + 1) if document.has(numbered_blocks.pointer(n))]


def block(document: Document, number: int) -> dict[str, Any]:
    """What a block holds; nothing of one that is no mapping. Raises ``ReadError``."""
    value = document.get(numbered_blocks.pointer(number))
    return value if isinstance(value, dict) else {}


def blocks(document: Document) -> dict[int, dict[str, Any]]:
    """Every block by its number. Raises ``ReadError``."""
    return {number: block(document, number) for number in numbers(document)}


def pointers() -> list[str]:
    """All that may be touched when a list is arranged anew."""
    asides = [f"/{numbered_blocks.aside(number)}" for number in range(1, MAX_RELATED + 1)]
    return [*numbered_blocks.POINTERS, *asides]


def without(document: Document, gone: Iterable[int]) -> Document:
    """The list without these blocks, numbered from 1. Raises ``EditError``."""
    leaving = set(gone)
    return arranged(document, [n for n in numbers(document) if n not in leaving])


def arranged(document: Document, order: Sequence[int]) -> Document:
    """The blocks that had the numbers ``order``, in this order from 1, and no other.

    Raises ``EditError``.
    """
    for number in numbers(document):
        if number not in order:
            document = document.remove(numbered_blocks.pointer(number))
    if list(order) == sorted(order):
        for new, old in enumerate(order, 1):
            document = document.rename(numbered_blocks.pointer(old), numbered_blocks.key(new))
        return document
    return _renumbered(_placed(document, order), order)


def _placed(document: Document, order: Sequence[int]) -> Document:
    """The blocks one below the other, still with their old numbers."""
    names = [numbered_blocks.key(number) for number in order]
    there = document.keys()
    first = next(name for name in there if name in names)
    if first != names[0]:
        document = document.move(f"/{names[0]}", f"/{names[0]}", before=first)
    for above, name in pairwise(names):
        document = document.move(f"/{name}", f"/{name}", after=above)
    return document


def _renumbered(document: Document, order: Sequence[int]) -> Document:
    moved = [(new, old) for new, old in enumerate(order, 1) if new != old]
    for _, old in moved:
        document = document.rename(numbered_blocks.pointer(old), numbered_blocks.aside(old))
    for new, old in moved:
        document = document.rename(f"/{numbered_blocks.aside(old)}", numbered_blocks.key(new))
    return document
