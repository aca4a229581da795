"""What stands around a place, after which something new is written there."""

from __future__ import annotations

from functools import cache

from qtauthor.text.render.block_values import NodeKind, Steps, ValueLayout
from qtauthor.text.render.sibling_style import DEFAULT_STEP, Model
from qtauthor.text.source import lines
from qtauthor.text.yaml import extents
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.lookup import FoundNode, Tokens
from qtauthor.text.yaml.nodes import Mapping, Node, Sequence
from qtauthor.text.yaml.values import Value


class Surroundings:
    """Models for what is new in ``source``, with ``like`` for what the text itself leaves open."""

    def __init__(self, source: Located, like: Located | None) -> None:
        self.source = source
        self.like = like

    def manner(self, beside: FoundNode | None, tokens: Tokens, column: int) -> ValueLayout:
        """Indentation and line breaks as they are beside a member of the same collection."""
        text, front = self.source.text, self.source.front
        newline = lines.line_break(text, beside.start if beside else front.start - 2)
        if newline == "\r":  # no line of its own for gray-matter, which seeks the fence
            newline = lines.line_break(text, front.start - 2)
        end = extents.end_line(text, beside.node) if beside else front.end
        below = extents.reach_below(text, end, front.end)
        steps = self.steps(beside and beside.collection, tokens, column)
        return ValueLayout(None, column, newline, steps, below=below)

    def steps(self, collection: Mapping | Sequence | None, tokens: Tokens, column: int) -> Steps:
        """Steps as the siblings have them, else the example, else as deep as the siblings stand."""

        @cache
        def own() -> int:
            return self.own_step(collection, tokens, column)

        def found(kind: NodeKind) -> int:
            nearby = (self.around(collection), self.example(tokens[:-1]))
            models = (
                m for m in nearby if m and (kind is not Sequence or isinstance(m.node, Mapping))
            )
            steps = (model.kind_step(kind) for model in models)
            step = next((step for step in steps if step is not None), None)
            if step is None:
                step = self.list_step(tokens[:-2], own()) if kind is Sequence else own()
            return step

        return Steps(found)

    def own_step(self, collection: Mapping | Sequence | None, tokens: Tokens, column: int) -> int:
        """How much deeper than its parent a nested collection stands: the best guess for others."""
        if isinstance(collection, Sequence):
            return Model(self.source.text, 0, collection).gap
        parent = self.source.lookup.editable(tokens[:-2]) if len(tokens) > 1 else None
        if not isinstance(parent, Mapping) or parent.flow:
            return DEFAULT_STEP
        return max(1, column - extents.key_column(self.source.text, parent))

    def list_step(self, tokens: Tokens, default: int) -> int:
        """How lists stand in the mappings around, from the nearest outwards."""
        for depth in range(len(tokens), -1, -1):
            node = self.source.lookup.editable(tokens[:depth])
            model = self.around(node) if isinstance(node, Mapping) else None
            found = model.kind_step(Sequence) if model else None
            if found is not None:
                return found
        return default

    def around(self, collection: Mapping | Sequence | None) -> Model | None:
        """The collection itself, as where siblings are found."""
        return None if collection is None else Model(self.source.text, 0, collection)

    def bracketed(
        self, collection: Mapping | Sequence, value: Value, but: Node | None = None
    ) -> Model | None:
        """A member of the same kind as ``value``, if all of them stand in brackets.

        An empty one has no other form, and says nothing; nor does ``but``, which gives way.
        """
        if not isinstance(value, dict | list):
            return None
        kind = Mapping if isinstance(value, dict) else Sequence
        found = [
            node
            for node in extents.children(collection)
            if isinstance(node, kind) and node is not but and extents.children(node)
        ]
        alike = bool(found) and all(node.flow for node in found)
        return Model(self.source.text, 0, found[0]) if alike else None

    def relative(
        self, collection: Mapping | Sequence | None, tokens: Tokens, but: Node | None = None
    ) -> Model | None:
        """The model of a new member: a relative in the file, else in the example."""
        near = self.around(collection)
        if near is not None and isinstance(collection, Sequence):
            found = near.item(int(tokens[-1]))
            found = None if found is not None and found.node is but else found
        else:
            found = near.child(tokens[-1], but) if near else None
        return found or self.example(tokens)

    def example(self, tokens: Tokens) -> Model | None:
        """What stands at this place in the example document."""
        if self.like is None or self.like.tree.root is None:
            return None
        model: Model | None = Model(self.like.text, 0, self.like.tree.root)
        for token in tokens:
            if model is not None and isinstance(model.node, Sequence):
                model = model.item(0)
            else:
                model = model.child(token) if model else None
        return model

    def canonical(self, tokens: Tokens) -> list[str]:
        """The order of keys at this place in the example document."""
        model = self.example(tokens)
        entries = model.node.entries if model and isinstance(model.node, Mapping) else ()
        return [entry.name for entry in entries if entry.name is not None]
