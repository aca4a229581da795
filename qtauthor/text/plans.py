"""From a request to the splices that fulfil it, and what has to be true of the result.

Nothing is changed here. A :class:`Plan` names the run of the tree's shape that it replaces; the
proof (``verify``) holds the text that was read again against it.
"""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.text import block, lines, locate, pointer, render
from qtauthor.text.located import Located
from qtauthor.text.lookup import Found, Tokens
from qtauthor.text.model import DEFAULT_STEP, Model
from qtauthor.text.nodes import Mapping, Node, Scalar
from qtauthor.text.order import predecessor
from qtauthor.text.render import Manner
from qtauthor.text.scalars import STYLES, Style, style_of
from qtauthor.text.span import Splice
from qtauthor.text.values import Value


class Plan(NamedTuple):
    """``shape[start:stop]`` gives way to what ``splices`` write.

    Afterwards ``value`` stands at ``tokens``, or nothing if ``gone``. ``renamed`` is the key that
    had the place before.
    """

    tokens: Tokens
    splices: list[Splice]
    start: int
    stop: int
    value: Value = None
    gone: bool = False
    renamed: Tokens | None = None

    def touches(self) -> list[Tokens]:
        """The places that the edit changes; for the first key, not the whole document."""
        if not self.tokens and isinstance(self.value, dict):
            return [(name,) for name in self.value]
        return [self.tokens] if self.renamed is None else [self.renamed, self.tokens]


class Planner:
    """Plans edits of one text, after the manner of ``like`` where the text itself tells nothing."""

    def __init__(self, source: Located, like: Located | None) -> None:
        self.source = source
        self.like = like
        self.text = source.text
        self.lookup = source.lookup

    def existing(self, tokens: Tokens) -> Found:
        """The entry at ``tokens``. Raises ``EditError``, ``ReadError``."""
        if not tokens:
            raise EditError(
                Code.CANNOT_EDIT_KEY,
                "the front matter as a whole is no key",
                remedy="name a key, as in /title",
            )
        mapping = self.lookup.mapping(tokens[:-1])
        found = self.lookup.found(mapping, tokens[-1])
        if found is None:
            raise self.lookup.missing(mapping, tokens)
        return found

    def is_block_mapping(self, tokens: Tokens) -> bool:
        """Whether a mapping with keys in block style stands at ``tokens``, or the root."""
        try:
            node = self.lookup.editable(tokens)
        except QtauthorError:
            return False
        return not tokens or (isinstance(node, Mapping) and not node.flow)

    def set(self, tokens: Tokens, value: Value, style: Style | None = None) -> Plan:
        """A value for a key, which is added if it is not there."""
        there = tokens and self.lookup.found(self.lookup.mapping(tokens[:-1]), tokens[-1])
        return self.replace(tokens, value, style) if there else self.add(tokens, value, style)

    def replace(self, tokens: Tokens, value: Value, style: Style | None = None) -> Plan:
        """Another value for a key that is there."""
        found = self.existing(tokens)
        node = found.entry.value
        self.refuse_properties(node, value)
        column = lines.column(self.text, found.start)
        slot = locate.Slot(self.lookup.colon(found) + 1, column, node)
        model: Model | None = Model(self.text, column, node)
        if isinstance(value, dict | list) and not locate.is_block_collection(node):
            model = self.relative(found.mapping, tokens, node)
        manner = self.manner(found.mapping, tokens, column)._replace(model=model, style=style)
        splices = block.replace_value(self.text, slot, render.render(value, manner))
        return Plan(tokens, splices, node.first, node.last, value)

    def refuse_properties(self, node: Node, value: Value) -> None:
        """A tag or anchor keeps its place before a scalar only."""
        if isinstance(node, Scalar) and not isinstance(value, dict | list):
            return
        tag, anchor = getattr(node, "tag", None), getattr(node, "anchor", None)
        if tag or anchor:
            raise self.lookup.refusal(
                Code.CANNOT_EDIT_TAG if tag else Code.CANNOT_EDIT_ANCHOR,
                f"{tag or '&' + str(anchor)} stands before this value and would lose its meaning",
                node.start,
                "take it out by hand first, or change the values inside",
            )

    def add(
        self,
        tokens: Tokens,
        value: Value,
        style: Style | None = None,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> Plan:
        """A new key with its value."""
        mapping = self.lookup.mapping(tokens[:-1])
        name = tokens[-1]
        model = self.relative(mapping, tokens)
        if mapping is None or not mapping.entries:
            return self.first(tokens, value, style, model)
        beside = self.neighbour(mapping, tokens, before, after)
        first = Found(mapping, mapping.entries[0], locate.entry_start(self.text, mapping, 0))
        column = lines.column(self.text, first.start)
        manner = self.manner(mapping, tokens, column)._replace(model=model, style=style)
        written = render.entry(name, value, manner)
        if beside is None:
            start = self.lookup.whole_lines(first).start
            splices = block.insert_before(self.text, start, written, self.source.front.start)
            index = mapping.entries[0].key.first
        else:
            splices = block.insert_after(self.text, mapping.entries[beside], written)
            index = mapping.entries[beside].value.last
        return Plan(tokens, splices, index, index, value)

    def refuse_existing(self, tokens: Tokens) -> None:
        """Raise ``EditError`` with ``key-exists`` if there is something at ``tokens``."""
        found = self.lookup.found(self.lookup.mapping(tokens[:-1]), tokens[-1])
        if found is not None:
            raise self.lookup.refusal(
                Code.KEY_EXISTS,
                f"{pointer.join(tokens)} is there already",
                found.start,
                "set it instead, or remove it first",
            )

    def first(self, tokens: Tokens, value: Value, style: Style | None, model: Model | None) -> Plan:
        """The first key of an empty front matter, or of a mapping written ``{}``."""
        if len(tokens) > 1:
            return self.replace(tokens[:-1], {tokens[-1]: value})
        manner = self.manner(None, tokens, 0)._replace(model=model, style=style)
        written = render.entry(tokens[0], value, manner)
        root, end = self.source.tree.root, self.source.front.end
        if root is None:
            shape = self.source.tree.shape
            return Plan((), [Splice(end, end, written)], 0, len(shape), {tokens[0]: value})
        start = lines.line_start(self.text, root.start)
        splices = [Splice(start, lines.next_line(self.text, root.end), written)]
        return Plan((), splices, root.first, root.last, {tokens[0]: value})

    def neighbour(
        self, mapping: Mapping, tokens: Tokens, before: str | None, after: str | None
    ) -> int | None:
        """The number of the entry below which a new one goes; ``None`` for the top."""
        named = after if after is not None else before
        if named is not None:
            index = self.lookup.index(mapping, named)
            if index is None:
                raise self.lookup.missing(mapping, (*tokens[:-1], named))
            return index if after is not None else (index - 1 if index else None)
        names = [entry.name or "" for entry in mapping.entries]
        previous = predecessor(names, tokens[-1], self.canonical(tokens[:-1]))
        if previous is None:
            return len(names) - 1
        return names.index(previous) if previous else None

    def remove(self, tokens: Tokens) -> Plan:
        """A key, its value and its comments out of the text."""
        found = self.lookup.whole_lines(self.existing(tokens))
        floor = self.source.front.start
        splices = block.remove(self.text, found.start, found.entry, floor)
        if len(found.mapping.entries) == 1:
            if len(tokens) > 1:
                owner = self.existing(tokens[:-1])
                self.refuse_properties(owner.entry.value, {})
                after = self.lookup.colon(owner) + 1
                splices.append(Splice(after, after, " {}"))
            else:
                newline = lines.line_break(self.text, found.start)
                splices = [splices[0]._replace(new="{}" + newline)]
        return Plan(tokens, splices, found.entry.key.first, found.entry.value.last, gone=True)

    def rename(self, tokens: Tokens, name: str) -> Plan:
        """Another name for a key that is there."""
        found = self.existing(tokens)
        key = found.entry.key
        taken = self.lookup.index(found.mapping, name) is not None
        if taken or not isinstance(key, Scalar) or key.tag or key.anchor or key.style in ("|", ">"):
            raise self.lookup.refusal(
                Code.KEY_EXISTS if taken else Code.CANNOT_EDIT_KEY,
                f"{pointer.join(tokens)} cannot be renamed to {name!r}",
                key.start,
                "choose a name that is free, for a key that is plain or quoted",
            )
        written = render.key(name, self.text[key.start : key.end])
        splices = block.rename(key, written)
        return Plan((*tokens[:-1], name), splices, key.first, key.last, name, renamed=tokens)

    def restyle(self, tokens: Tokens, style: Style) -> Plan | None:
        """The same text in another style; ``None`` if it is in that style."""
        found = self.existing(tokens)
        node = found.entry.value
        value = self.source.reader.value(node)
        if not isinstance(value, str) or not isinstance(node, Scalar) or style not in STYLES:
            raise self.lookup.refusal(
                Code.CANNOT_HOLD_VALUE,
                f"{pointer.join(tokens)} cannot be written in {style} style",
                found.start,
                f"only text has a style, one of: {', '.join(STYLES)}",
            )
        return None if style_of(node.style) == style else self.replace(tokens, value, style)

    # The manner of what is new

    def manner(self, mapping: Mapping | None, tokens: Tokens, column: int) -> Manner:
        """Indentation and line breaks as they are around the place."""
        start = self.source.front.start
        newline = lines.line_break(self.text, start - 1 if mapping is None else mapping.start)
        nearby = [model for model in (self.around(mapping), self.example(tokens[:-1])) if model]
        scalar = next((s for model in nearby if (s := model.kind_step(block=True))), DEFAULT_STEP)
        nested = next((s for model in nearby if (s := model.kind_step(block=False))), DEFAULT_STEP)
        return Manner(None, column, newline, (scalar, nested))

    def around(self, mapping: Mapping | None) -> Model | None:
        return None if mapping is None else Model(self.text, 0, mapping)

    def relative(
        self, mapping: Mapping | None, tokens: Tokens, but: Node | None = None
    ) -> Model | None:
        """The model of a new key: its relative in the file, else in the example."""
        near = self.around(mapping)
        found = near.child(tokens[-1], but) if near else None
        return found or self.example(tokens)

    def example(self, tokens: Tokens) -> Model | None:
        """What stands at this place in the example document."""
        if self.like is None or self.like.tree.root is None:
            return None
        model: Model | None = Model(self.like.text, 0, self.like.tree.root)
        for token in tokens:
            model = model.child(token) if model else None
        return model

    def canonical(self, tokens: Tokens) -> list[str]:
        """The order of keys at this place in the example document."""
        model = self.example(tokens)
        entries = model.node.entries if model and isinstance(model.node, Mapping) else ()
        return [entry.name for entry in entries if entry.name is not None]
