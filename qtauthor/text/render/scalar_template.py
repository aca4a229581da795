"""Many files after one document: its text as pieces, between which scalars are written anew.

What comes out is what ``Document.update`` gives, without planning and proving each splice: in a
regular text (``regular``) each entry has lines of its own, so these can be put together. Nothing is
proven here. Who writes the result reads it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from qtauthor.text.document import Document
from qtauthor.text.edit.move import Mover
from qtauthor.text.render.block_values import Steps, ValueLayout, render
from qtauthor.text.render.scalars import BlockHeader, Style
from qtauthor.text.render.sibling_style import Model
from qtauthor.text.source import lines
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.lookup import Tokens
from qtauthor.text.yaml.nodes import Mapping as MappingNode
from qtauthor.text.yaml.nodes import Node, Scalar
from qtauthor.text.yaml.values import Value, same

_DEPTH = 2
_SHORT = 200
_MANY = 16_384
_STEPS = Steps()


class ScalarSlot(NamedTuple):
    """The lines of one entry: as they stand, and how to write another value behind ``key``.

    An entry with a mapping has no ``manner``; its ``lines`` are that of its key, and what is in it
    stands in the slots that follow. Slots of one ``kind`` write a value alike.
    """

    at: str
    above: str
    lines: str
    key: str
    value: Value
    manner: ValueLayout | None
    kind: Any = None


class Mould:
    """Writes other values into the text of a document."""

    def __init__(self, head: str, slots: tuple[ScalarSlot, ...], tail: str) -> None:
        self.head = head
        self.slots = slots
        self.tail = tail
        self.names = frozenset(slot.at for slot in slots)
        self._known: dict[tuple[object, str], str] = {}

    def filled(self, values: Mapping[str, Value], gone: Collection[str]) -> str | None:
        """The text with ``values`` at their pointers and without what is ``gone``.

        ``None`` if a value has no slot, or is no scalar. Raises ``EditError`` for what cannot be
        written.
        """
        if not values.keys() <= self.names:
            return None
        pieces, out = [self.head], frozenset(gone)
        for slot in self.slots:
            at = slot.at
            if at in out or slot.above in out:
                continue
            value = values.get(at)
            if (value is None and at not in values) or same(value, slot.value):
                pieces.append(slot.lines)
                continue
            if slot.manner is None or isinstance(value, dict | list):
                return None
            pieces += (slot.key, self._written(slot, value))
        return "".join((*pieces, self.tail))

    def _written(self, slot: ScalarSlot, value: Value) -> str:
        """What stands behind a key. Short texts are remembered: many articles have the same."""
        assert slot.manner is not None
        if not isinstance(value, str) or len(value) > _SHORT:
            return _rendered(value, slot.manner)
        known = self._known.get((slot.kind, value))
        if known is None:
            if len(self._known) >= _MANY:
                self._known.clear()
            known = self._known[slot.kind, value] = _rendered(value, slot.manner)
        return known


def _rendered(value: Value, manner: ValueLayout) -> str:
    written = render(value, manner)
    return f"{written.head}{manner.newline}{written.body}"


class _Known(Model):
    """A model that is asked the same again and again."""

    @cached_property
    def style(self) -> Style | None:
        return super().style

    @cached_property
    def header(self) -> BlockHeader | None:
        return super().header

    @cached_property
    def step(self) -> int | None:
        return super().step


def mould(document: Document) -> Mould | None:
    """The mould of a regular text, two deep, without comments and blank lines; else ``None``."""
    source, text = document._source, document.text
    root, gaps = source.tree.root, document.gaps
    plain = not gaps.comments and gaps.blank_lines == gaps.before_fence
    if source.outline is None or not isinstance(root, MappingNode) or not plain:
        return None
    planner = Mover(source, None)
    slots: list[ScalarSlot] = []
    for start, end, tokens, node in _entries(text, root, (), source.gap_start):
        if len(tokens) > _DEPTH:
            return None
        at, above = pointer.join(tokens), pointer.join(tokens[:-1])
        value, key, manner, kind = None, "", None, None
        if isinstance(node, Scalar):
            value = document.get(at)
            key = text[start : text.index(":", start) + 1] + " "
            manner = planner.manner(planner.existing(tokens), tokens)
            model = _Known(text, manner.column, node)
            manner = manner._replace(model=model)
            step = model.step or manner.steps.scalar
            kind = (model.style, model.header, step, *manner._replace(model=None, steps=_STEPS))
        slots.append(ScalarSlot(at, above, text[start:end], key, value, manner, kind))
    made = Mould(text[: source.front.start], tuple(slots), text[source.gap_start :])
    return made if made.filled({}, ()) == text else None


def _entries(
    text: str, mapping: MappingNode, above: Tokens, end: int
) -> Iterator[tuple[int, int, Tokens, Node]]:
    """Each entry with the beginning and end of its lines; those of a mapping are its key's."""
    starts = [lines.line_start(text, entry.key.start) for entry in mapping.entries]
    for entry, start, stop in zip(mapping.entries, starts, [*starts[1:], end], strict=True):
        tokens, node = (*above, entry.name or ""), entry.value
        if isinstance(node, MappingNode) and node.entries:
            first = lines.line_start(text, node.entries[0].key.start)
            yield start, first, tokens, node
            yield from _entries(text, node, tokens, stop)
        else:
            yield start, stop, tokens, node
