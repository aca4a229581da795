"""A fix as a value: what is to be done, in words and in steps, and how sure it is."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import msgspec

from qtauthor.model import numbered_blocks
from qtauthor.model.numbered_blocks import EVERY
from qtauthor.text.render.scalars import Style

Safety: TypeAlias = Literal["safe", "unsafe"]


class SetValue(msgspec.Struct, frozen=True):
    """Give the key at ``pointer`` a value; a missing one is added."""

    pointer: str
    value: Any


class SpliceText(msgspec.Struct, frozen=True):
    """In the text at ``pointer``, ``old`` gives way to ``new``.

    ``start`` counts code points of the value, not of the file.
    """

    pointer: str
    start: int
    old: str
    new: str


class RemoveKey(msgspec.Struct, frozen=True):
    """Take the key at ``pointer`` out."""

    pointer: str


class RenameKey(msgspec.Struct, frozen=True):
    """Give the key at ``pointer`` another name."""

    pointer: str
    name: str


class OrderKeys(msgspec.Struct, frozen=True):
    """Bring the known keys of the mapping at ``pointer`` into the schema's order."""

    pointer: str


class Restyle(msgspec.Struct, frozen=True):
    """Write the text at ``pointer`` in another style."""

    pointer: str
    style: Style


class CloseGaps(msgspec.Struct, frozen=True):
    """Number the related articles from 1 without gaps, in their order."""


class Rewrite(msgspec.Struct, frozen=True):
    """Give the file, which cannot be read, these bytes."""

    content: bytes


class Rewire(msgspec.Struct, frozen=True):
    """An operation that may change other articles, too, by its name.

    ``reassign-id`` gives the id ``argument``, or a new one, ``move`` files the article under the
    subject ``argument``, ``retitle`` gives it the slug ``argument``.
    """

    operation: Literal["reassign-id", "move", "retitle"]
    argument: str = ""


FixStep: TypeAlias = (
    SetValue
    | SpliceText
    | RemoveKey
    | RenameKey
    | OrderKeys
    | Restyle
    | CloseGaps
    | Rewrite
    | Rewire
)


class Fix(msgspec.Struct, frozen=True):
    """All ``steps`` together, or none.

    A safe fix may be applied unseen: the page then shows what its author meant. An unsafe one is
    probably right, and a person should look at it.
    """

    title: str
    safety: Safety
    steps: tuple[FixStep, ...]

    @property
    def safe(self) -> bool:
        return self.safety == "safe"


def touched(step: FixStep) -> tuple[str, ...]:
    """The pointers that a step reads or changes, with everything below them.

    The empty pointer is the whole article.
    """
    if isinstance(step, CloseGaps):
        return (EVERY,)
    if isinstance(step, Rewrite | Rewire):
        return ("",)
    if isinstance(step, RenameKey):
        parent = step.pointer.rpartition("/")[0]
        return (step.pointer, f"{parent}/{step.name}")
    return (step.pointer,)


class Taken:
    """What some steps touch, to be asked what else touches it.

    Two pointers touch each other if they are the same or one is above the other. Splices in one
    text touch each other if they meet there.
    """

    def __init__(self) -> None:
        self._texts: dict[str, list[tuple[int, int]]] = {}
        self._pointers: set[str] = set()
        self._above: set[str] = set()
        self._related = False

    def add(self, step: FixStep) -> None:
        """Take what a step touches."""
        for at in touched(step):
            self._above.update(_parents(at))
            self._related = self._related or _is_link(at)
            if not isinstance(step, SpliceText):
                self._pointers.add(at)
        if isinstance(step, SpliceText):
            insort(self._texts.setdefault(step.pointer, []), _run(step))

    def meets(self, step: FixStep) -> bool:
        """Whether a step touches what is taken."""
        if isinstance(step, SpliceText) and self._meets_splice(step):
            return True
        return any(self._meets(at, step) for at in touched(step))

    def _meets(self, at: str, step: FixStep) -> bool:
        if at in self._pointers or at in self._above:
            return True
        if at in self._texts and not isinstance(step, SpliceText):
            return True
        if self._related and (at == EVERY or (_is_link(at) and EVERY in self._pointers)):
            return True
        return any(above in self._pointers or above in self._texts for above in _parents(at))

    def _meets_splice(self, step: SpliceText) -> bool:
        runs = self._texts.get(step.pointer, [])
        start, end = _run(step)
        place = bisect_left(runs, (start, end))
        after, before = runs[place : place + 1], runs[max(0, place - 1) : place]
        return any(start < stop and begin < end for begin, stop in (*before, *after))


def _run(step: SpliceText) -> tuple[int, int]:
    """Where a splice stands in its text; an insertion has a place of its own."""
    return step.start, step.start + max(1, len(step.old))


def _is_link(at: str) -> bool:
    """Whether it is in the list of related articles, or all of that."""
    return at == EVERY or numbered_blocks.is_inside(at)


def _parents(at: str) -> Iterator[str]:
    while at:
        at = at.rpartition("/")[0]
        yield at
