"""From a request to the splices that fulfil it, and what has to be true of the result.

Nothing is changed here. A :class:`Plan` names the run of the tree's shape that it replaces; the
proof (``verify``) holds the text that was read again against it.
"""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.errors import Code, QtauthorError
from qtauthor.text import block, lines, locate, pointer, render
from qtauthor.text.located import Located
from qtauthor.text.lookup import Found, Tokens
from qtauthor.text.model import DEFAULT_STEP, Model
from qtauthor.text.nodes import Alias, Mapping, Node, Scalar
from qtauthor.text.order import predecessor
from qtauthor.text.render import Manner
from qtauthor.text.scalars import STYLES, Style, style_of
from qtauthor.text.span import Splice
from qtauthor.text.values import Value, fits, is_core


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
        mapping = self.parent(tokens)
        found = self.lookup.found(mapping, tokens[-1])
        if found is None:
            raise self.lookup.missing(mapping, tokens)
        return found

    def parent(self, tokens: Tokens) -> Mapping | None:
        """The mapping that holds the key ``tokens``. Raises ``EditError``, ``ReadError``."""
        if not tokens:
            raise self.lookup.refusal(
                Code.CANNOT_EDIT_KEY,
                "the front matter as a whole is no key",
                self.source.front.start,
                "name a key, as in /title",
            )
        return self.lookup.mapping(tokens[:-1])

    def is_block_mapping(self, tokens: Tokens) -> bool:
        """Whether a mapping with keys in block style stands at ``tokens``, or the root."""
        try:
            node = self.lookup.editable(tokens)
        except QtauthorError:
            return False
        return not tokens or (isinstance(node, Mapping) and not node.flow)

    def set(self, tokens: Tokens, value: Value, style: Style | None = None) -> Plan:
        """A value for a key, which is added if it is not there."""
        there = self.lookup.found(self.parent(tokens), tokens[-1])
        return self.replace(tokens, value, style) if there else self.add(tokens, value, style)

    def replace(self, tokens: Tokens, value: Value, style: Style | None = None) -> Plan:
        """Another value for a key that is there."""
        found = self.existing(tokens)
        node = found.entry.value
        keep_tag = self.keeps_tag(node, value)
        column = lines.column(self.text, found.start)
        slot = locate.Slot(self.lookup.colon(found) + 1, column, node)
        model: Model | None = Model(self.text, column, node)
        if isinstance(value, dict | list) and not locate.is_block_collection(node):
            model = self.relative(found.mapping, tokens, node)
        manner = self.manner(found, tokens, column)._replace(
            model=model, style=style, keeps=node.end < self.source.front.end
        )
        with self.lookup.placed(node.start):
            written = render.render(value, manner)
        splices = block.replace_value(self.text, slot, written, keep_tag=keep_tag)
        return Plan(tokens, splices, node.first, node.last, value)

    def keeps_tag(self, node: Node, value: Value) -> bool:
        """Whether the tag of ``node`` stays before ``value``. A core tag can go with its scalar.

        Raises ``EditError`` for a tag that would lose its meaning.
        """
        if isinstance(node, Alias) or node.tag is None:
            return True
        scalar, core = isinstance(node, Scalar), is_core(node.tag)
        below = lines.next_line(self.text, node.start) <= locate.content_start(self.text, node)
        # js-yaml passes over a custom tag on a line above a block, and refuses it elsewhere
        if fits(node.tag, node, value) and (core or not (scalar and below)):
            return True
        if scalar and core and not node.anchor:
            return False
        raise self.lookup.refusal(
            Code.CANNOT_EDIT_TAG,
            f"{node.tag} stands before this value and would lose its meaning",
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
        mapping = self.parent(tokens)
        model = self.relative(mapping, tokens)
        if mapping is None or not mapping.entries:
            return self.first(tokens, value, style, model)
        index, above = self.neighbour(mapping, tokens, before, after)
        column = locate.key_column(self.text, mapping)
        found = self.lookup.nth(mapping, index)
        manner = self.manner(found, tokens, column)._replace(model=model, style=style)
        if above:
            self.lookup.whole_lines(found)
            manner = manner._replace(below=0)
        with self.lookup.placed(mapping.start):
            written = render.entry(tokens[-1], value, manner)
        if above:
            splices = block.insert_before(self.text, found, written)
        else:
            splices = block.insert_after(self.text, found.entry, written)
        at = found.entry.key.first if above else found.entry.value.last
        return Plan(tokens, splices, at, at, value)

    def refuse_existing(self, tokens: Tokens) -> None:
        """Raise ``EditError`` with ``key-exists`` if there is something at ``tokens``."""
        found = self.lookup.found(self.parent(tokens), tokens[-1])
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
        with self.lookup.placed(self.source.front.start):
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
    ) -> tuple[int, bool]:
        """The number of the entry beside which a new one goes, and whether above it."""
        named = after if after is not None else before
        if named is not None:
            index = self.lookup.index(mapping, named)
            if index is None:
                raise self.lookup.missing(mapping, (*tokens[:-1], named))
            return index, after is None
        names = [entry.name or "" for entry in mapping.entries]
        previous = predecessor(names, tokens[-1], self.canonical(tokens[:-1]))
        if previous is None:
            return len(names) - 1, False
        return (names.index(previous), False) if previous else (0, True)

    def remove(self, tokens: Tokens) -> Plan:
        """A key, its value and its comments out of the text."""
        found = self.lookup.whole_lines(self.existing(tokens))
        splices = [block.remove(self.text, found)]
        if len(found.mapping.entries) == 1:
            if len(tokens) > 1:
                owner = self.existing(tokens[:-1])
                slot = locate.Slot(self.lookup.colon(owner) + 1, 0, found.mapping)
                splices.append(block.put_head(self.text, slot, "{}"))
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
        with self.lookup.placed(key.start):
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

    def manner(self, beside: Found | None, tokens: Tokens, column: int) -> Manner:
        """Indentation and line breaks as they are around the place."""
        front, mapping = self.source.front, beside and beside.mapping
        newline = lines.line_break(self.text, beside.start if beside else front.start - 1)
        if newline == "\r":  # no line of its own for gray-matter, which seeks the fence
            newline = lines.line_break(self.text, front.start - 1)
        end = locate.end_line(self.text, beside.entry.value) if beside else front.end
        below = locate.reach_below(self.text, end, front.end)
        nearby = [model for model in (self.around(mapping), self.example(tokens[:-1])) if model]
        own = self.own_step(tokens, column)
        scalar = next((s for model in nearby if (s := model.kind_step(block=True))), own)
        nested = next((s for model in nearby if (s := model.kind_step(block=False))), own)
        return Manner(None, column, newline, (scalar, nested), below=below)

    def own_step(self, tokens: Tokens, column: int) -> int:
        """How much deeper than its parent a nested mapping stands: the best guess for its text."""
        parent = self.lookup.editable(tokens[:-2]) if len(tokens) > 1 else None
        if not isinstance(parent, Mapping):
            return DEFAULT_STEP
        return column - locate.key_column(self.text, parent)

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
