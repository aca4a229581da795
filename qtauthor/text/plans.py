"""From a request to the splices that fulfil it, and what has to be true of the result.

Nothing is changed here. A :class:`Plan` names the run of the tree's shape that it replaces; the
proof (``verify``) holds the text that was read again against it.
"""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.errors import Code, EditError
from qtauthor.text import block, flow, inline, lines, locate, plainly, pointer, render
from qtauthor.text.located import Located
from qtauthor.text.lookup import Found, Tokens
from qtauthor.text.model import Model
from qtauthor.text.nodes import Alias, Mapping, Node, Scalar, Sequence, Shape
from qtauthor.text.order import predecessor
from qtauthor.text.render import Manner
from qtauthor.text.scalars import STYLES, Style, style_of
from qtauthor.text.span import Splice
from qtauthor.text.surroundings import Surroundings
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
    shape: list[Shape] | None = None

    def touches(self) -> list[Tokens]:
        """The places that the edit changes; for the first key, not the whole document."""
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

    def existing(self, tokens: Tokens) -> Found:
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
        return self.lookup.collection(tokens[:-1])

    # Replacing

    def set(self, tokens: Tokens, value: Value, style: Style | None = None) -> Plan:
        """A value for a member, which is added if it is not there."""
        there = self.lookup.found(self.parent(tokens), tokens[-1])
        return self.replace(tokens, value, style) if there else self.add(tokens, value, style)

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
        self, found: Found, value: Value, style: Style | None, *, keep_tag: bool
    ) -> list[Splice]:
        node = found.node
        with self.lookup.placed(node.start):
            written = inline.value(value, Model(self.text, 0, node), style)
        start = locate.content_start(self.text, node) if keep_tag else node.start
        if isinstance(found.collection, Sequence):
            return flow.replace_item(node, start, written)
        return flow.replace_value(self.text, found.entry, start, written)

    def replaced_in_block(
        self, found: Found, tokens: Tokens, value: Value, style: Style | None, *, keep_tag: bool
    ) -> list[Splice]:
        node = found.node
        column = lines.column(self.text, found.start)
        model: Model | None = Model(self.text, column, node)
        if isinstance(value, dict | list) and not self.is_like(node, value):
            model = self.around.relative(found.collection, tokens, node)
        manner = self.around.manner(found, tokens, column)._replace(
            model=model, style=style, keeps=node.end < self.source.front.end
        )
        after = found.start + 1 if found.key is None else self.lookup.colon(found) + 1
        with self.lookup.placed(node.start):
            written = self.written(found, value, manner)
        slot = locate.Slot(after, column, node)
        return block.replace_value(self.text, slot, written, keep_tag=keep_tag)

    def written(self, found: Found, value: Value, manner: Manner) -> render.Rendered:
        """A value for the slot of ``found``; behind a dash a collection begins on its line."""
        if found.key is not None:
            return render.render(value, manner)
        return render.compact(value, manner, Model(self.text, 0, found.collection).gap)

    def is_like(self, node: Node, value: Value) -> bool:
        """Whether a collection stands there after which a new one of its kind can be written."""
        kind = Sequence if isinstance(value, list) else Mapping
        return isinstance(node, kind) and bool(locate.children(node))

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

    # Adding

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
        collection = self.parent(tokens)
        if collection is None or not locate.children(collection):
            return self.first(tokens, value, style, collection)
        tokens, index = self.position(collection, tokens, before, after)
        count = len(locate.children(collection))
        above = index == 0 or before is not None or isinstance(collection, Sequence)
        beside = self.lookup.nth(collection, index if above and index < count else index - 1)
        at = beside.first if index == beside.number else beside.node.last
        if collection.flow:
            written = self.inline_member(collection, tokens, value, style)
            splices = flow.insert(self.text, collection, index, written, beside.floor)
        else:
            splices = self.block_member(tokens, value, style, beside, index)
        return Plan(tokens, splices, at, at, value)

    def block_member(
        self, tokens: Tokens, value: Value, style: Style | None, beside: Found, index: int
    ) -> list[Splice]:
        """The lines of a new member, above ``beside`` unless that stands before ``index``."""
        above = index == beside.number
        column = lines.column(self.text, self.lookup.nth(beside.collection, 0).start)
        model = self.around.relative(beside.collection, tokens)
        manner = self.around.manner(beside, tokens, column)._replace(model=model, style=style)
        manner = manner._replace(below=0) if above else manner
        with self.lookup.placed(beside.start):
            if isinstance(beside.collection, Sequence):
                gap = Model(self.text, 0, beside.collection).gap
                written = render.item(value, manner, gap)
            else:
                written = render.entry(tokens[-1], value, manner)
        if above:
            return block.insert_before(self.text, beside, written)
        return block.insert_after(self.text, beside.node, written)

    def inline_member(
        self, collection: Mapping | Sequence, tokens: Tokens, value: Value, style: Style | None
    ) -> str:
        """A new member of a collection in brackets."""
        if flow.is_pair(self.text, collection):
            raise self.lookup.refusal(
                Code.CANNOT_EDIT_FLOW,
                "this pair stands in a list without braces of its own",
                collection.start,
                "put braces around it by hand first",
            )
        model = self.around.relative(collection, tokens)
        with self.lookup.placed(collection.start):
            if isinstance(collection, Sequence):
                return inline.value(value, model, style)
            return inline.entry(tokens[-1], value, model, style)

    def position(
        self, collection: Mapping | Sequence, tokens: Tokens, before: str | None, after: str | None
    ) -> tuple[Tokens, int]:
        """The number that a new member gets, and its own tokens."""
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
            return self.replace(tokens[:-1], {tokens[-1]: value})
        model = self.around.relative(collection, tokens)
        manner = self.around.manner(None, tokens, 0)._replace(model=model, style=style)
        with self.lookup.placed(self.source.front.start):
            written = render.entry(tokens[0], value, manner)
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
        """``[]`` stays in brackets for a scalar; for a collection it becomes a block."""
        if tokens[-1] not in ("-", "0"):
            raise self.lookup.missing(collection, tokens)
        tokens = (*tokens[:-1], "0")
        owner = self.lookup.found(self.parent(tokens[:-1]), tokens[-2])
        in_flow = owner is not None and owner.collection.flow
        if isinstance(value, dict | list) and value and not in_flow:
            return self.replace(tokens[:-1], [value])
        written = self.inline_member(collection, tokens, value, style)
        splices = flow.insert(self.text, collection, 0, written, 0)
        return Plan(tokens, splices, collection.first + 1, collection.first + 1, value)

    # Removing and renaming

    def remove(self, tokens: Tokens) -> Plan:
        """A member, its value and its comments out of the text."""
        found = self.existing(tokens)
        if found.collection.flow:
            splices = self.removed_in_flow(found)
        elif found.only:
            splices = self.emptied(found, tokens[:-1])
        else:
            splices = [block.remove(self.text, found)]
        return Plan(tokens, splices, found.first, found.node.last, gone=True)

    def removed_in_flow(self, found: Found) -> list[Splice]:
        collection = found.collection
        if flow.is_pair(self.text, collection):
            return [Splice(collection.start, collection.end, "{}")]
        return flow.remove(self.text, collection, found.number, found.floor)

    def emptied(self, found: Found, tokens: Tokens) -> list[Splice]:
        """The only member of a block collection goes, and leaves ``{}`` or ``[]``."""
        brackets = "{}" if isinstance(found.collection, Mapping) else "[]"
        if not tokens:
            newline = lines.line_break(self.text, found.start)
            return [block.remove(self.text, found)._replace(new=brackets + newline)]
        owner = self.existing(tokens)
        after = owner.start + 1 if owner.key is None else self.lookup.colon(owner) + 1
        slot = locate.Slot(after, 0, found.collection)
        return block.replace_value(self.text, slot, render.Rendered(brackets))

    def refuse_inside_itself(self, source: Tokens, target: Tokens) -> None:
        """Raise ``EditError`` for a move into what is moved (RFC 6902, section 4.4)."""
        if target[: len(source)] == source and len(target) > len(source):
            raise self.lookup.refusal(
                Code.CANNOT_EDIT_KEY,
                f"{pointer.join(source)} cannot be moved into itself",
                self.existing(source).start,
                "choose a place outside of it",
            )

    def move(
        self, source: Tokens, target: Tokens, before: str | None, after: str | None
    ) -> Plan | None:
        """A member's lines to another place among its siblings, or another name for a key.

        ``None`` where neither will do, so that the value has to be written anew.
        """
        found = self.existing(source)
        if source[:-1] != target[:-1]:
            return None
        if isinstance(found.collection, Sequence):
            return self.reordered(found, target, self.lookup.found(found.collection, target[-1]))
        beside = before if before is not None else after
        if beside is None:
            free = self.lookup.found(found.collection, target[-1]) is None
            return self.rename(source, target[-1]) if free else None
        sibling = self.lookup.found(found.collection, beside)
        if sibling is None:
            raise self.lookup.missing(found.collection, (*source[:-1], beside))
        same_name = source[-1] == target[-1]
        return self.reordered(found, target, sibling, after is None) if same_name else None

    def reordered(
        self, found: Found, target: Tokens, sibling: Found | None, above: bool | None = None
    ) -> Plan | None:
        """The lines of ``found`` above or below a sibling; an item takes that item's number."""
        if sibling is None or found.collection.flow or sibling.number == found.number:
            return None
        if above is None:
            above = sibling.number < found.number
        members = [self.lookup.nth(found.collection, n) for n in (found.number, sibling.number)]
        if not all(locate.begins_line(self.text, member.start) for member in members):
            return None
        cut = block.remove(self.text, found)
        taken = self.text[cut.start : cut.end]
        if above:
            paste = block.insert_before(self.text, sibling, taken)
        else:
            paste = block.insert_after(self.text, sibling.node, taken)
        place = sibling.first if above else sibling.node.last
        shape = self.source.tree.shape
        run = shape[found.first : found.node.last]
        rest = [*shape[: found.first], *shape[found.node.last :]]
        at = place - len(run) * (place > found.first)
        expected = [*rest[:at], *run, *rest[at:]]
        return Plan(target, [cut, *paste], found.first, found.node.last, shape=expected)

    def arrival(
        self,
        tokens: Tokens,
        value: Value,
        style: Style | None,
        before: str | None,
        after: str | None,
    ) -> Plan:
        """A value that comes from elsewhere, in its old style where that can hold it here."""
        collection = self.parent(tokens)
        there = self.lookup.found(collection, tokens[-1])
        try:
            if there is not None and isinstance(collection, Mapping):
                return self.replace(tokens, value, style)
            return self.add(tokens, value, style, before=before, after=after)
        except EditError as error:
            if error.code is not Code.CANNOT_HOLD_VALUE or style is None:
                raise
        return self.arrival(tokens, value, None, before, after)

    def is_adjustable(self, tokens: Tokens, value: Value) -> bool:
        """Whether a collection of the same kind stands there, to be changed member by member."""
        if not isinstance(value, dict | list):
            return False
        if not tokens:
            return isinstance(value, dict)
        found = self.lookup.found(self.parent(tokens), tokens[-1])
        return bool(value) and found is not None and self.is_like(found.node, value)

    def rename(self, tokens: Tokens, name: str) -> Plan:
        """Another name for a key that is there."""
        found = self.existing(tokens)
        collection, key = found.collection, found.key
        taken = isinstance(collection, Mapping) and self.lookup.index(collection, name) is not None
        if taken or not isinstance(key, Scalar) or key.tag or key.anchor or key.style in ("|", ">"):
            raise self.lookup.refusal(
                Code.KEY_EXISTS if taken else Code.CANNOT_EDIT_KEY,
                f"{pointer.join(tokens)} cannot be renamed to {name!r}",
                found.start,
                "choose a name that is free, for a key that is plain or quoted",
            )
        with self.lookup.placed(key.start):
            written = plainly.key(name, self.text[key.start : key.end], flow=collection.flow)
        splices = [Splice(key.start, key.end, written)]
        return Plan((*tokens[:-1], name), splices, key.first, key.last, name, renamed=tokens)

    def restyle(self, tokens: Tokens, style: Style) -> Plan | None:
        """The same text in another style; ``None`` if it is in that style."""
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
