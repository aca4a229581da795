"""The values after whose manner a new one is written.

A new key is written like its nearest relative: the sibling of the same name but for a number
(``related_article1`` for ``related_article2``), else the key at the same place of the example
document, and for what neither tells, like any sibling of its kind.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from qtauthor.text import scalars
from qtauthor.text.locate import content_column, content_start, key_column
from qtauthor.text.nodes import Entry, Mapping, Node, Scalar
from qtauthor.text.scalars import Header, Style

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
    def header(self) -> Header | None:
        """The header of a block scalar."""
        if not isinstance(self.node, Scalar) or self.node.style not in ("|", ">"):
            return None
        found = _HEADER.match(self.text, content_start(self.text, self.node))
        assert found is not None  # the composer has checked it
        return Header(found[1], found[3], found[2] or found[4])

    @property
    def step(self) -> int | None:
        """How much deeper than its key the value's lines stand; ``None`` if on one line."""
        column = None
        if isinstance(self.node, Scalar) and self.node.style in ("|", ">"):
            column = content_column(self.text, self.node)
        elif isinstance(self.node, Mapping) and not self.node.flow:
            column = key_column(self.text, self.node)
        return None if column is None else column - self.column

    def entry(self, entry: Entry) -> Model:
        """The model that an entry of this mapping is."""
        assert isinstance(self.node, Mapping)
        return Model(self.text, key_column(self.text, self.node), entry.value)

    def child(self, name: str, but: Node | None = None) -> Model | None:
        """The entry called ``name``, else one called so but for a number; never ``but`` itself."""
        entry = relative(self.node, name, but)
        return None if entry is None else self.entry(entry)

    def kind_step(self, *, block: bool) -> int | None:
        """The step of the first entry that is a block scalar (else: a mapping)."""
        if not isinstance(self.node, Mapping) or self.node.flow:
            return None
        column = key_column(self.text, self.node)
        models = (Model(self.text, column, entry.value) for entry in self.node.entries)
        steps = (m.step for m in models if isinstance(m.node, Scalar) is block)
        return next((step for step in steps if step), None)


def relative(node: Node | None, name: str, but: Node | None = None) -> Entry | None:
    """The entry of ``node`` with this name, else the first with this name but for a number."""
    if not isinstance(node, Mapping):
        return None
    plain = _NUMBER.sub("#", name)
    near: Entry | None = None
    for entry in node.entries:
        if entry.value is but:
            continue
        if entry.name == name:
            return entry
        if near is None and plain != name and _NUMBER.sub("#", entry.name or "") == plain:
            near = entry
    return near
