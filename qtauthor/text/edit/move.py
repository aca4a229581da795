"""From a request to move a member to the splices that take it there."""

from __future__ import annotations

from qtauthor.errors import Code, EditError
from qtauthor.text.edit import block_style
from qtauthor.text.edit import flow_style as flow
from qtauthor.text.edit.add import Adder
from qtauthor.text.edit.plans import Plan
from qtauthor.text.edit.splice import Splice
from qtauthor.text.render.scalars import Style
from qtauthor.text.source import lines
from qtauthor.text.yaml import extents, pointer
from qtauthor.text.yaml.lookup import FoundNode, Tokens
from qtauthor.text.yaml.nodes import Mapping, Sequence
from qtauthor.text.yaml.values import Value


class Mover(Adder):
    """Plans what goes elsewhere, too."""

    def refuse_inside_itself(self, source: Tokens, target: Tokens) -> None:
        """Raise ``EditError`` for a move into what is moved (RFC 6902, section 4.4).

        The whole document can neither move nor give way to a part of it.
        """
        for tokens in (source, target):
            self.parent(tokens)
        if target[: len(source)] == source and len(target) > len(source):
            raise self.lookup.refusal(
                Code.CANNOT_EDIT_KEY,
                f"{pointer.join(source)} cannot be moved into itself",
                self.existing(source).start,
                "choose a place outside of it",
            )

    def landing(self, source: Tokens, target: Tokens) -> Tokens:
        """``target``, with the number of the last item for ``-`` in the list of ``source``."""
        collection = self.existing(source).collection
        if target[-1:] != ("-",) or source[:-1] != target[:-1]:
            return target
        if not isinstance(collection, Sequence):
            return target
        return (*target[:-1], str(len(collection.items) - 1))

    def move(
        self, source: Tokens, target: Tokens, before: str | None, after: str | None
    ) -> Plan | None:
        """A member to another place among its siblings, or another name for a key.

        ``None`` where neither will do, so that the value has to be written anew.

        Raises ``EditError``.
        """
        found = self.existing(source)
        if source[:-1] != target[:-1]:
            return None
        if isinstance(found.collection, Sequence):
            sibling = self.lookup.found(found.collection, target[-1])
            return self.reordered(found, target, sibling.number) if sibling else None
        beside = before if before is not None else after
        if beside is None:
            free = self.lookup.found(found.collection, target[-1]) is None
            return self.rename(source, target[-1]) if free else None
        sibling = self.lookup.found(found.collection, beside)
        if sibling is None:
            raise self.lookup.missing(found.collection, (*source[:-1], beside))
        if source[-1] != target[-1] or beside == source[-1]:
            return None
        number = sibling.number + (before is None) - (sibling.number > found.number)
        return self.reordered(found, target, number)

    def reordered(self, found: FoundNode, target: Tokens, number: int) -> Plan | None:
        """A member with its comments to the place ``number`` among its siblings."""
        if number == found.number:
            return Plan(target, [], found.first, found.node.last)
        sibling = self.lookup.nth(found.collection, number)
        flow_style = found.collection.flow
        splices = (
            self.moved_in_flow(found, number) if flow_style else self.moved_lines(found, sibling)
        )
        if splices is None:
            return None
        place = sibling.first if number < found.number else sibling.node.last
        order = list(range(len(self.source.tree.shape)))
        run = order[found.first : found.node.last]
        del order[found.first : found.node.last]
        place -= len(run) * (place > found.first)
        order[place:place] = run
        return Plan(target, splices, found.first, found.node.last, order=order)

    def moved_in_flow(self, found: FoundNode, number: int) -> list[Splice] | None:
        """The splices that bring a member to another place; ``None`` where a comment forbids it."""
        collection = found.collection
        count = len(extents.children(collection))
        floors = [self.lookup.nth(collection, n).floor for n in range(count)]
        return flow.move(self.text, collection, found.number, number, floors)

    def moved_lines(self, found: FoundNode, sibling: FoundNode) -> list[Splice]:
        """The lines of a member above or below a sibling."""
        cut = block_style.cut(self.text, found)
        taken = block_style.taken(self.text, found, cut)
        if sibling.number < found.number:
            return [cut, *block_style.insert_before(self.text, sibling, taken)]
        column = lines.column(self.text, sibling.start)
        below = extents.room_below(self.text, sibling.node, column, last=sibling.last)
        if extents.keeps_breaks(self.text, found.node):  # blank lines there would be its own
            below = extents.blanks_end(self.text, below)
        return [cut, Splice(below, below, taken)]

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
