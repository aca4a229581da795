"""The values after whose manner a new one is written.

A new key is written like its nearest relative: the sibling of the same name but for a number
(``related_article1`` for ``related_article2``), else the key at the same place of the example
document, and for what neither tells, like any sibling of its kind.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from qtauthor.text.render import scalars
from qtauthor.text.render.scalars import BlockHeader, Style
from qtauthor.text.source import lines
from qtauthor.text.yaml.extents import (
    children,
    content_column,
    content_start,
    key_column,
    member_start,
)
from qtauthor.text.yaml.nodes import Mapping, MappingEntry, Node, Scalar, Sequence

DEFAULT_STEP = 2
_NUMBER = re.compile(r"[0-9]+")
_HEADER = re.compile(r"([|>])([0-9]?)([-+]?)([0-9]?)")


class Model(NamedTuple):
    """A value in some text, and the column of the key that it belongs to."""

    text: str
    column: int
    node: Node

    @property
    def style(self) -> Style | None:
        """The style of a string; ``None`` for what is no scalar or not text."""
        return scalars.style_of(self.node.style) if isinstance(self.node, Scalar) else None

    @property
    def header(self) -> BlockHeader | None:
        """The header of a block scalar."""
        if not isinstance(self.node, Scalar) or self.node.style not in ("|", ">"):
            return None
        found = _HEADER.match(self.text, content_start(self.text, self.node))
        assert found is not None  # the composer has checked it
        return BlockHeader(found[1], found[3], found[2] or found[4])

    @property
    def step(self) -> int | None:
        """How much deeper than its key the value's lines stand; ``None`` if on one line."""
        column = None
        if isinstance(self.node, Scalar) and self.node.style in ("|", ">"):
            column = content_column(self.text, self.node)
        elif isinstance(self.node, Mapping | Sequence) and not self.node.flow:
            column = lines.column(self.text, member_start(self.text, self.node, 0))
        return None if column is None else column - self.column

    def entry(self, entry: MappingEntry) -> Model:
        """The model that an entry of this mapping is."""
        assert isinstance(self.node, Mapping)
        return Model(self.text, key_column(self.text, self.node), entry.value)

    @property
    def in_flow(self) -> bool:
        """Whether it is a collection in brackets that has members."""
        return (
            isinstance(self.node, Mapping | Sequence)
            and self.node.flow
            and bool(children(self.node))
        )

    @property
    def gap(self) -> int:
        """How far the items of a block list stand from their dashes; 2 is a dash and a blank."""
        if isinstance(self.node, Sequence) and self.node.items and not self.node.flow:
            for index, item in enumerate(self.node.items):
                dash = member_start(self.text, self.node, index)
                if item.end > dash + 1 and "\n" not in self.text[dash : item.start]:
                    return item.start - dash
        return DEFAULT_STEP

    def item(self, index: int) -> Model | None:
        """The item before ``index``, else the first, as a model of another."""
        if not isinstance(self.node, Sequence) or not self.node.items:
            return None
        number = max(0, min(index, len(self.node.items)) - 1)
        column = lines.column(self.text, member_start(self.text, self.node, number))
        return Model(self.text, column, self.node.items[number])

    def child(self, name: str, but: Node | None = None) -> Model | None:
        """The entry called ``name``, else one called so but for a number; never ``but`` itself."""
        entry = relative(self.node, name, but)
        return None if entry is None else self.entry(entry)

    def kind_step(self, kind: type[Scalar] | type[Mapping] | type[Sequence]) -> int | None:
        """The step of the first member that is a block scalar, mapping or list."""
        if not isinstance(self.node, Mapping | Sequence) or self.node.flow:
            return None
        column = lines.column(self.text, member_start(self.text, self.node, 0))
        models = (Model(self.text, column, node) for node in children(self.node))
        steps = (m.step for m in models if isinstance(m.node, kind))
        return next((step for step in steps if step is not None), None)


def relative(node: Node | None, name: str, but: Node | None = None) -> MappingEntry | None:
    """The entry of ``node`` with this name, else the first with this name but for a number."""
    if not isinstance(node, Mapping):
        return None
    plain = _NUMBER.sub("#", name)
    near: MappingEntry | None = None
    for entry in node.entries:
        if entry.value is but:
            continue
        if entry.name == name:
            return entry
        if near is None and plain != name and _NUMBER.sub("#", entry.name or "") == plain:
            near = entry
    return near
