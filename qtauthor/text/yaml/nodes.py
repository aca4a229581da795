"""What stands where in a YAML text: immutable nodes, and the flat shape that proofs compare.

Offsets are code points of the whole file. ``start`` includes a node's anchor and tag; ``end`` of
a block scalar is the line after its content, ``end`` of any other node is its last character's.
``first`` and ``last`` bound the node's entries in :attr:`Tree.shape`.
Nodes are made innermost first and never stand in a circle, so Python's collector of circles need
not look at them (``gc=False``).
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

Shape: TypeAlias = tuple[str | None, ...]
"""One event without its position: kind, text, tag, anchor. Equal shapes, equal documents."""


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A scalar. ``style`` is ``""`` (plain), ``'``, ``"``, ``|`` or ``>``."""

    start: int
    end: int
    first: int
    text: str
    style: str
    tag: str | None
    anchor: str | None

    @property
    def last(self) -> int:
        """The number behind that of its last node."""
        return self.first + 1


class Alias(msgspec.Struct, frozen=True, gc=False):
    """``*name``."""

    start: int
    end: int
    first: int
    name: str

    @property
    def last(self) -> int:
        """The number behind that of its last node."""
        return self.first + 1


class Sequence(msgspec.Struct, frozen=True, gc=False):
    """A list of nodes, in block or flow style."""

    start: int
    end: int
    first: int
    last: int
    items: tuple[Node, ...]
    flow: bool
    tag: str | None
    anchor: str | None


class Mapping(msgspec.Struct, frozen=True, gc=False):
    """Pairs of key and value, in block or flow style."""

    start: int
    end: int
    first: int
    last: int
    entries: tuple[MappingEntry, ...]
    flow: bool
    tag: str | None
    anchor: str | None


class MappingEntry(msgspec.Struct, frozen=True, gc=False):
    """One pair of a mapping."""

    key: Node
    value: Node

    @property
    def name(self) -> str | None:
        """The text of a scalar key; ``None`` for a key that no pointer can name."""
        return self.key.text if isinstance(self.key, Scalar) else None


Node: TypeAlias = Scalar | Alias | Sequence | Mapping


class Tree(msgspec.Struct, frozen=True):
    """A located document. ``root`` is ``None`` when there is nothing but blanks and comments."""

    root: Node | None
    shape: list[Shape]
    targets: dict[int, Node]
    """What each alias stands for, by the alias's ``first``."""
