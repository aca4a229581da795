"""A fix as a value: what is to be done, in words and in steps, and how sure it is."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

from qtauthor.text.scalars import Style

Safety: TypeAlias = Literal["safe", "unsafe"]


class SetValue(msgspec.Struct, frozen=True):
    """Give the key at ``pointer`` a value; a missing one is added."""

    pointer: str
    value: Any


class Splice(msgspec.Struct, frozen=True):
    """In the text at ``pointer``, ``old`` gives way to ``new``.

    ``start`` counts code points of the value, not of the file.
    """

    pointer: str
    start: int
    old: str
    new: str


class Remove(msgspec.Struct, frozen=True):
    """Take the key at ``pointer`` out."""

    pointer: str


class Rename(msgspec.Struct, frozen=True):
    """Give the key at ``pointer`` another name."""

    pointer: str
    name: str


class Order(msgspec.Struct, frozen=True):
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


Step: TypeAlias = (
    SetValue | Splice | Remove | Rename | Order | Restyle | CloseGaps | Rewrite | Rewire
)


class Fix(msgspec.Struct, frozen=True):
    """All ``steps`` together, or none.

    A safe fix may be applied unseen: the page then shows what its author meant. An unsafe one is
    probably right, and a person should look at it.
    """

    title: str
    safety: Safety
    steps: tuple[Step, ...]

    @property
    def safe(self) -> bool:
        return self.safety == "safe"


RELATED = "/related_article"
"""How the pointers of all related articles begin."""


def touched(step: Step) -> tuple[str, ...]:
    """The pointers that a step reads or changes, with everything below them.

    The empty pointer is the whole article.
    """
    if isinstance(step, CloseGaps):
        return (RELATED,)
    if isinstance(step, Rewrite | Rewire):
        return ("",)
    if isinstance(step, Rename):
        parent = step.pointer.rpartition("/")[0]
        return (step.pointer, f"{parent}/{step.name}")
    return (step.pointer,)


def collide(one: str, other: str) -> bool:
    """Whether two pointers touch each other."""
    if RELATED in (one, other) and one.startswith(RELATED) and other.startswith(RELATED):
        return True
    return one == other or one.startswith(other + "/") or other.startswith(one + "/")
