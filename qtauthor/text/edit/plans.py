"""From a request to the splices that fulfil it, and what has to be true of the result.

Nothing is changed here. A :class:`Plan` names the run of the tree's shape that it replaces; the
proof (``prove``) holds the text that was read again against it.
"""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.errors import Code, EditError
from qtauthor.text.edit import block_style, flow_style
from qtauthor.text.edit.splice import Splice
from qtauthor.text.render import block_values, flow_values, plain_scalars
from qtauthor.text.render.block_values import ValueLayout
from qtauthor.text.render.new_key_layout import Surroundings
from qtauthor.text.render.scalars import STYLES, Style, style_of
from qtauthor.text.render.sibling_style import Model
from qtauthor.text.source import lines
from qtauthor.text.yaml import extents, pointer
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.lookup import FoundNode, Tokens
from qtauthor.text.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence
from qtauthor.text.yaml.values import Value, fits, is_core, is_merge


class Plan(NamedTuple):
    """``shape[start:stop]`` gives way to what ``splices`` write.

    Afterwards ``value`` stands at ``tokens``, or nothing if ``gone``. ``renamed`` is the key that
    had the place before, ``inner`` the first member that an empty collection gets by being
    written anew. ``order`` has for each place of the new shape its place in the old one, if
    nothing changes but the order.
    """

    tokens: Tokens
    splices: list[Splice]
    start: int
    stop: int
    value: Value = None
    gone: bool = False
    renamed: Tokens | None = None
    order: list[int] | None = None
    inner: Tokens | None = None

    def touches(self) -> list[Tokens]:
        """The places that the edit changes; for the first key, not the whole document."""
        if self.inner is not None:
            return [self.inner]
        if not self.tokens and self.order is not None:
            return []
        if not self.tokens and isinstance(self.value, dict):
            return [(name,) for name in self.value]
        return [self.tokens] if self.renamed is None else [self.renamed, self.tokens]


class Planner:
    """Plans edits of one text, after the manner of ``like`` where the text itself tells nothing."""

    def __init__(self, source: Located, like: Located | None) -> None:
        self.source = source
        self.text = source.text
        self.lookup = source.lookup
        self.around = Surroundings(source, like)

    def existing(self, tokens: Tokens) -> FoundNode:
        """The member at ``tokens``. Raises ``EditError``, ``ReadError``."""
        collection = self.parent(tokens)
        found = self.lookup.found(collection, tokens[-1])
        if found is None:
            raise self.lookup.missing(collection, tokens)
        return found

    def parent(self, tokens: Tokens) -> Mapping | Sequence | None:
        """The collection that holds ``tokens``. Raises ``EditError``, ``ReadError``."""
        if not tokens:
            raise self.lookup.refusal(
                Code.CANNOT_EDIT_KEY,
                "the front matter as a whole is no key",
                self.source.front.start,
                "name a key, as in /title",
            )
        return self.lookup.collection(tokens[:-1], tokens[-1])

    # Replacing

    def replace(self, tokens: Tokens, value: Value, style: Style | None = None) -> Plan:
        """Another value for a member that is there."""
        found = self.existing(tokens)
        keep_tag = self.keeps_tag(found.node, value)
        if found.collection.flow:
            splices = self.replaced_in_flow(found, value, style, keep_tag=keep_tag)
        else:
            splices = self.replaced_in_block(found, tokens, value, style, keep_tag=keep_tag)
        return Plan(tokens, splices, found.node.first, found.node.last, value)

    def replaced_in_flow(
        self, found: FoundNode, value: Value, style: Style | None, *, keep_tag: bool
    ) -> list[Splice]:
        """The splices that write another value between brackets."""
        node = found.node
        with self.lookup.placed(node.start):
            written = flow_values.value(value, Model(self.text, 0, node), style)
        written = self.anchored(node, written, keep_tag=keep_tag)
        start = extents.content_start(self.text, node) if keep_tag else node.start
        if isinstance(found.collection, Sequence):
            return flow_style.replace_item(self.text, node, start, written)
        padded = self.is_before_padded_bracket(start + 1)
        return flow_style.replace_value(self.text, found.entry, start, written, padded=padded)

    def is_before_padded_bracket(self, offset: int) -> bool:
        """Whether the last bracket of a collection with blanks inside stands at ``offset``."""
        if not self.text.startswith(("}", "]"), offset):
            return False
        around = extents.collections(self.source.tree.root)
        ending = (node for node in around if node.flow and node.end == offset + 1)
        return any(flow_style.is_padded(self.text, node) for node in ending)

    def replaced_in_block(
        self, found: FoundNode, tokens: Tokens, value: Value, style: Style | None, *, keep_tag: bool
    ) -> list[Splice]:
        """The splices that write another value in block style. Raises ``EditError``."""
        node = found.node
        column = lines.column(self.text, found.start)
        manner = self.manner(found, tokens)._replace(style=style)
        if isinstance(value, dict | list) and not self.is_like(node, value):
            model = self.around.relative(found.collection, tokens, node)
            manner = manner._replace(model=model)
        manner = manner._replace(bracketed=self.around.bracketed(found.collection, value, node))
        if found.key is not None and extents.colon(self.text, found.entry) is None:
            with self.lookup.placed(found.start):
                return block_style.add_colon(
                    self.text, found, block_values.render(value, manner), manner
                )
        after = found.start + 1 if found.key is None else self.lookup.colon(found) + 1
        with self.lookup.placed(node.start):
            written = self.written(found, value, manner, keep_tag=keep_tag)
        written = written._replace(head=self.anchored(node, written.head, keep_tag=keep_tag))
        slot = extents.ValueSlot(after, column, node)
        return block_style.replace_value(self.text, slot, written, keep_tag=keep_tag)

    def manner(self, found: FoundNode, tokens: Tokens) -> ValueLayout:
        """How to write what takes the place of a member of a block, after what stands there."""
        column = lines.column(self.text, found.start)
        return self.around.manner(found, tokens, column)._replace(
            model=Model(self.text, column, found.node),
            keeps=found.node.end < self.source.front.end,
        )

    def written(
        self, found: FoundNode, value: Value, manner: ValueLayout, *, keep_tag: bool
    ) -> block_values.Rendered:
        """A value for the slot of ``found``; behind a dash a collection begins on its line."""
        node = found.node
        if found.key is not None:
            return block_values.render(value, manner)
        gap = Model(self.text, 0, found.collection).gap
        if not isinstance(node, Alias) and (node.anchor or (node.tag and keep_tag)):  # on its line
            return block_values.render(
                value, manner._replace(steps=block_values.Steps(lambda _kind: gap))
            )
        content = extents.content_start(self.text, node) if keep_tag else node.start
        empty = content == node.end
        below = content >= lines.next_line(self.text, found.start)
        if empty or (below and extents.is_block_collection(node)):
            written = block_values.compact(value, manner, gap)
            return written._replace(head=" " * (gap - 2) + written.head if written.head else "")
        return block_values.compact(value, manner, lines.column(self.text, content) - manner.column)

    def anchored(self, node: Node, head: str, *, keep_tag: bool) -> str:
        """What stands in the place of ``node``, whose anchor stays though its tag goes."""
        if keep_tag or isinstance(node, Alias) or not node.anchor:
            return head
        return f"&{node.anchor} {head}".rstrip(" ")

    def is_like(self, node: Node, value: Value) -> bool:
        """Whether a collection stands there after which a new one of its kind can be written."""
        kind = Sequence if isinstance(value, list) else Mapping
        return isinstance(node, kind) and bool(extents.children(node))

    def keeps_tag(self, node: Node, value: Value) -> bool:
        """Whether the tag of ``node`` stays before ``value``. A core tag can go with its scalar.

        Raises ``EditError`` for a tag that would lose its meaning.
        """
        if isinstance(node, Alias) or node.tag is None:
            return True
        scalar, core = isinstance(node, Scalar), is_core(node.tag)
        below = lines.next_line(self.text, node.start) <= extents.content_start(self.text, node)
        # js-yaml passes over a custom tag on a line above a block, and refuses it elsewhere
        if fits(node.tag, node, value) and (core or not (scalar and below)):
            return True
        if core and not extents.is_block_collection(node):
            return False
        raise self.lookup.refusal(
            Code.CANNOT_EDIT_TAG,
            f"{node.tag} stands before this value and would lose its meaning",
            node.start,
            "take it out by hand first, or change the values inside",
        )

    # Removing and renaming

    def remove(self, tokens: Tokens) -> Plan:
        """A member, its value and its comments out of the text."""
        found = self.existing(tokens)
        self.refuse_uncovering(found, tokens)
        if found.collection.flow:
            splices = self.removed_in_flow(found)
        elif found.only and len(tokens) > 1:
            splices = self.emptied(found, tokens[:-1])
        elif found.only:
            return self.emptied_front_matter(found, tokens)
        else:
            splices = [block_style.remove(self.text, found)]
        return Plan(tokens, splices, found.first, found.node.last, gone=True)

    def refuse_uncovering(self, found: FoundNode, tokens: Tokens) -> None:
        """Raise ``EditError`` for a key without which a merge key would show its own value."""
        if isinstance(found.collection, Mapping) and self.lookup.hides(
            found.collection, tokens[-1]
        ):
            raise self.lookup.refusal(
                Code.CANNOT_EDIT_ALIAS,
                f"without {pointer.join(tokens)} the value that << brings in would show",
                found.start,
                "set it to another value, or take out the merge by hand",
            )

    def removed_in_flow(self, found: FoundNode) -> list[Splice]:
        """The splices that take a member out of its brackets."""
        collection = found.collection
        if flow_style.is_pair(self.text, collection):
            return [Splice(collection.start, collection.end, "{}")]
        return flow_style.remove(self.text, collection, found.number, found.floor)

    def emptied(self, found: FoundNode, tokens: Tokens) -> list[Splice]:
        """The only member of a block collection goes, and leaves ``{}`` or ``[]``."""
        brackets = "{}" if isinstance(found.collection, Mapping) else "[]"
        owner = self.existing(tokens)
        after = owner.start + 1 if owner.key is None else self.lookup.colon(owner) + 1
        slot = extents.ValueSlot(after, 0, found.collection)
        end = extents.end_line(self.text, found.node)
        foot = extents.foot_end(self.text, end, lines.column(self.text, found.start), last=True)
        written = block_style.replace_value(self.text, slot, block_values.Rendered(brackets))
        return [*written, Splice(end, foot, "")] if foot > end else written

    def emptied_front_matter(self, found: FoundNode, tokens: Tokens) -> Plan:
        """The only key goes, and leaves nothing but the comments above it, which may have been
        there before it.

        A mark of the front matter as a whole needs something to stand before: ``{}``.
        """
        root = found.collection
        gone = block_style.remove(self.text, found)
        gone = gone._replace(start=lines.line_start(self.text, found.start))
        if root.tag or root.anchor:
            newline = lines.line_break(self.text, found.start)
            splices = [gone._replace(new="{}" + newline)]
            return Plan(tokens, splices, found.first, found.node.last, gone=True)
        return Plan(tokens, [gone], root.first, root.last, gone=True)

    def is_adjustable(self, tokens: Tokens, value: Value) -> bool:
        """Whether a collection of the same kind stands there, to be changed member by member."""
        if not isinstance(value, dict | list):
            return False
        if not tokens:
            return isinstance(value, dict)
        found = self.lookup.found(self.parent(tokens), tokens[-1])
        return bool(value) and found is not None and self.is_like(found.node, value)

    def unequal(self, tokens: Tokens) -> EditError:
        """The refusal of a collection that does not become equal to another by its members."""
        return self.lookup.refusal(
            Code.UNPROVEN_EDIT,
            f"{pointer.join(tokens) or 'the document'} cannot be made equal member by member",
            self.existing(tokens).start if tokens else self.source.front.start,
            "set its members one by one",
        )

    def rename(self, tokens: Tokens, name: str) -> Plan:
        """Another name for a key that is there.

        Raises ``EditError`` with ``key-exists`` or ``cannot-edit-key``.
        """
        found = self.existing(tokens)
        self.refuse_uncovering(found, tokens)
        collection, key = found.collection, found.key
        there = self.lookup.found(collection, name) if isinstance(collection, Mapping) else None
        taken = there is not None and there.number != found.number
        if taken or not is_renamable(key):
            raise self.lookup.refusal(
                Code.KEY_EXISTS if taken else Code.CANNOT_EDIT_KEY,
                f"{pointer.join(tokens)} cannot be renamed to {name!r}",
                found.start,
                "choose a name that is free, for a key that is plain or quoted",
            )
        assert isinstance(key, Scalar)
        with self.lookup.placed(key.start):
            written = plain_scalars.key(name, self.text[key.start : key.end], flow=collection.flow)
        splices = [Splice(key.start, key.end, written)]
        return Plan((*tokens[:-1], name), splices, key.first, key.last, name, renamed=tokens)

    def respell(self, tokens: Tokens, like: str) -> Plan | None:
        """The same boolean with its letters as ``like`` has them; ``None`` if they are so."""
        node = self.existing(tokens).node
        value = self.source.reader.value(node)
        if not isinstance(value, bool) or not isinstance(node, Scalar) or node.style:
            return None
        written = plain_scalars.typed(value, like)
        start = extents.content_start(self.text, node)
        splices = [Splice(start, node.end, written)]
        return Plan(tokens, splices, node.first, node.last, value) if written != node.text else None

    def gap(self, count: int) -> Plan:
        """Another number of empty lines before the closing fence; all reads as it did."""
        front, size = self.source.front, len(self.source.tree.shape)
        newline = lines.line_break(self.text, front.start - 2)
        splices = [Splice(self.source.gap_start, front.end, newline * count)]
        return Plan((), splices, size, size, order=list(range(size)))

    def restyle(self, tokens: Tokens, style: Style) -> Plan | None:
        """The same text in another style; ``None`` if it is in that style.

        Raises ``EditError`` with ``cannot-hold-value``.
        """
        found = self.existing(tokens)
        node = found.node
        value = self.source.reader.value(node)
        if not isinstance(value, str) or not isinstance(node, Scalar) or style not in STYLES:
            raise self.lookup.refusal(
                Code.CANNOT_HOLD_VALUE,
                f"{pointer.join(tokens)} cannot be written in {style} style",
                found.start,
                f"only text has a style, one of: {', '.join(STYLES)}",
            )
        return None if style_of(node.style) == style else self.replace(tokens, value, style)


def is_renamable(key: Node | None) -> bool:
    """Whether another name can take the place of a key: of text, and not of a mark or of ``<<``."""
    if not isinstance(key, Scalar) or key.tag or key.anchor:
        return False
    return key.style not in ("|", ">") and not is_merge(key)
