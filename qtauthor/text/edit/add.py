"""From a request for something new to the splices that write it."""

from __future__ import annotations

from qtauthor.errors import Code
from qtauthor.text.edit import block_style, flow_style
from qtauthor.text.edit.key_placement import predecessor
from qtauthor.text.edit.plans import Plan, Planner
from qtauthor.text.edit.splice import Splice
from qtauthor.text.render import block_values, flow_values, plain_scalars
from qtauthor.text.render.scalars import Style
from qtauthor.text.render.sibling_style import Model
from qtauthor.text.source import lines
from qtauthor.text.yaml import extents, pointer
from qtauthor.text.yaml.lookup import FoundNode, Tokens
from qtauthor.text.yaml.nodes import Mapping, Scalar, Sequence
from qtauthor.text.yaml.values import Value


class Adder(Planner):
    """Plans what is added, too."""

    def set(self, tokens: Tokens, value: Value, style: Style | None = None) -> Plan:
        """A value for a member, which is added if it is not there."""
        if self.opens_list(tokens):
            return self.opened_list(tokens, value, style)
        there = self.lookup.found(self.parent(tokens), tokens[-1])
        return self.replace(tokens, value, style) if there else self.add(tokens, value, style)

    def opens_list(self, tokens: Tokens) -> bool:
        """Whether an item is appended where a key has no value, or null."""
        if tokens[-1:] != ("-",) or len(tokens) < 2:
            return False
        node = self.lookup.find(tokens[:-1])
        return isinstance(node, Scalar) and self.source.reader.value(node) is None

    def opened_list(self, tokens: Tokens, value: Value, style: Style | None) -> Plan:
        """A list with one item in the place of nothing."""
        plain_scalars.refuse_style([value], style)
        return self.replace(tokens[:-1], [value])._replace(inner=(*tokens[:-1], "0"))

    def add(
        self,
        tokens: Tokens,
        value: Value,
        style: Style | None = None,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> Plan:
        """A new member with its value."""
        if self.opens_list(tokens):
            return self.opened_list(tokens, value, style)
        collection = self.parent(tokens)
        if collection is None or not extents.children(collection):
            return self.first(tokens, value, style, collection)
        tokens, index = self.position(collection, tokens, before, after)
        count = len(extents.children(collection))
        above = index == 0 or before is not None or isinstance(collection, Sequence)
        beside = self.lookup.nth(collection, index if above and index < count else index - 1)
        at = beside.first if index == beside.number else beside.node.last
        if collection.flow:
            written = self.inline_member(collection, tokens, value, style)
            splices = flow_style.insert(self.text, collection, index, written, beside.floor)
        else:
            splices = self.block_member(tokens, value, style, beside, index)
        return Plan(tokens, splices, at, at, value)

    def block_member(
        self, tokens: Tokens, value: Value, style: Style | None, beside: FoundNode, index: int
    ) -> list[Splice]:
        """The lines of a new member, above ``beside`` unless that stands before ``index``."""
        above = index == beside.number
        column = lines.column(self.text, self.lookup.nth(beside.collection, 0).start)
        model = self.around.relative(beside.collection, tokens)
        manner = self.around.manner(beside, tokens, column)._replace(model=model, style=style)
        manner = manner._replace(bracketed=self.around.bracketed(beside.collection, value))
        manner = manner._replace(below=0) if above else manner
        with self.lookup.placed(beside.start):
            if isinstance(beside.collection, Sequence):
                gap = Model(self.text, 0, beside.collection).gap
                written = block_values.item(value, manner, gap)
            else:
                written = block_values.entry(tokens[-1], value, manner)
        if above:
            return block_style.insert_before(self.text, beside, written)
        return block_style.insert_after(self.text, beside, column, written)

    def inline_member(
        self, collection: Mapping | Sequence, tokens: Tokens, value: Value, style: Style | None
    ) -> str:
        """A new member of a collection in brackets."""
        model = self.around.relative(collection, tokens)
        with self.lookup.placed(collection.start):
            if isinstance(collection, Sequence):
                return flow_values.value(value, model, style)
            return flow_values.entry(tokens[-1], value, model, style)

    def position(
        self, collection: Mapping | Sequence, tokens: Tokens, before: str | None, after: str | None
    ) -> tuple[Tokens, int]:
        """The number that a new member gets, and its own tokens.

        Raises ``EditError`` if there is no such place.
        """
        if isinstance(collection, Sequence):
            if tokens[-1] in ("-", str(len(collection.items))):
                index = len(collection.items)
            else:
                found = self.lookup.found(collection, tokens[-1])
                if found is None:
                    raise self.lookup.missing(collection, tokens)
                index = found.number
            return (*tokens[:-1], str(index)), index
        named = after if after is not None else before
        if named is not None:
            number = self.lookup.index(collection, named)
            if number is None:
                raise self.lookup.missing(collection, (*tokens[:-1], named))
            return tokens, number + (after is not None)
        names = [entry.name or "" for entry in collection.entries]
        previous = predecessor(names, tokens[-1], self.around.canonical(tokens[:-1]))
        if previous is None:
            return tokens, len(names)
        return tokens, names.index(previous) + 1 if previous else 0

    def refuse_existing(self, tokens: Tokens) -> None:
        """Raise ``EditError`` with ``key-exists`` if a key is there; items make room."""
        if self.opens_list(tokens):
            return
        collection = self.parent(tokens)
        found = self.lookup.found(collection, tokens[-1])
        if found is not None and isinstance(collection, Mapping):
            raise self.lookup.refusal(
                Code.KEY_EXISTS,
                f"{pointer.join(tokens)} is there already",
                found.start,
                "set it instead, or remove it first",
            )

    def first(
        self,
        tokens: Tokens,
        value: Value,
        style: Style | None,
        collection: Mapping | Sequence | None,
    ) -> Plan:
        """The first key of an empty front matter, or the first member of ``{}`` or ``[]``."""
        if isinstance(collection, Sequence):
            return self.first_item(tokens, value, style, collection)
        if len(tokens) > 1:
            return self.replace(tokens[:-1], {tokens[-1]: value})._replace(inner=tokens)
        model = self.around.relative(collection, tokens)
        manner = self.around.manner(None, tokens, 0)._replace(model=model, style=style)
        with self.lookup.placed(self.source.front.start):
            written = block_values.entry(tokens[0], value, manner)
        root, end = self.source.tree.root, self.source.front.end
        if root is None:
            shape = self.source.tree.shape
            return Plan((), [Splice(end, end, written)], 0, len(shape), {tokens[0]: value})
        start = lines.line_start(self.text, root.start)
        splices = [Splice(start, lines.next_line(self.text, root.end), written)]
        return Plan((), splices, root.first, root.last, {tokens[0]: value})

    def first_item(
        self, tokens: Tokens, value: Value, style: Style | None, collection: Sequence
    ) -> Plan:
        """``[]`` stays in brackets for a scalar; for a collection it becomes a block.

        Raises ``EditError`` for a name where a number must stand.
        """
        if tokens[-1] not in ("-", "0"):
            raise self.lookup.missing(collection, tokens)
        tokens = (*tokens[:-1], "0")
        owner = self.lookup.found(self.parent(tokens[:-1]), tokens[-2])
        in_flow = owner is not None and owner.collection.flow
        if isinstance(value, dict | list) and value and not in_flow:
            return self.replace(tokens[:-1], [value])._replace(inner=tokens)
        written = self.inline_member(collection, tokens, value, style)
        splices = flow_style.insert(self.text, collection, 0, written, 0)
        return Plan(tokens, splices, collection.first + 1, collection.first + 1, value)
