"""Many edits of one document, read again once for all of them and not once for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document

Wanted = TypeVar("Wanted")

FEW = 8
"""Edits up to which each is made by itself."""

_TRIES = 64


def together(
    document: Document,
    wanted: Sequence[Wanted],
    attempt: Callable[[Document, Sequence[Wanted]], Document | None],
) -> tuple[Document, list[Wanted], list[Wanted]]:
    """The document after all of ``wanted`` that can be made, with those and the others.

    ``attempt`` makes some of them, or none: it gives ``None`` or raises ``QtauthorError``. Then
    each half is tried. After some tries the rest is left, so that no number of refusals takes long.
    """
    done: list[Wanted] = []
    refused: list[Wanted] = []
    waiting = [list(wanted)] if wanted else []
    for _ in range(_TRIES):
        if not waiting:
            break
        group = waiting.pop()
        try:
            edited = attempt(document, group)
        except QtauthorError:
            edited = None
        if edited is not None:
            document = edited
            done += group
        elif len(group) == 1:
            refused += group
        else:
            middle = len(group) // 2
            waiting += (group[middle:], group[:middle])
    for group in reversed(waiting):
        refused += group
    return document, done, refused
