"""A Markdown file with YAML front matter that changes only where it is asked to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from qtauthor.errors import Code, EditError, ParseError, QtauthorError
from qtauthor.text import json_patch as patch
from qtauthor.text.document_view import DocumentView
from qtauthor.text.edit import batch
from qtauthor.text.edit import splice as span
from qtauthor.text.edit.move import Mover
from qtauthor.text.edit.one_key import window
from qtauthor.text.edit.plans import Plan
from qtauthor.text.edit.prove import prove, prove_all, unproven
from qtauthor.text.edit.splice import Splice
from qtauthor.text.json_patch import Operation
from qtauthor.text.render import plain_scalars
from qtauthor.text.render.scalars import BLOCK_STYLES, Style
from qtauthor.text.yaml import pointer as pointers
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.values import Value, same


class Document(DocumentView):
    """An immutable file: every edit gives a new one, proven to differ in nothing else.

    Places are JSON Pointers (RFC 6901). ``like`` is an example document: new keys that have no
    relative in this file take their order, indentation and style from it.

    >>> document = Document.parse(b"---\\ntitle: Old # why\\n---\\n")
    >>> document.set("/title", "a: b").to_bytes()
    b"---\\ntitle: 'a: b' # why\\n---\\n"
    """

    __slots__ = ("_like", "_origin", "_splices", "_touched")

    def __init__(
        self,
        source: Located,
        *,
        like: Document | None = None,
        origin: str | None = None,
        splices: Sequence[Splice] = (),
        touched: Sequence[str] = (),
    ) -> None:
        super().__init__(source)
        self._like = like
        self._origin = source.text if origin is None else origin
        self._splices = tuple(splices)
        self._touched = tuple(touched)

    @classmethod
    def parse(cls, data: bytes, *, like: Document | None = None) -> Document:
        """Read a file. Raises ``ParseError`` for what does not have an article's form."""
        return cls(Located.decode(data), like=like)

    def __repr__(self) -> str:
        return f"<Document: {len(self.keys())} keys, {len(self.text)} characters>"

    def to_bytes(self) -> bytes:
        """The file. Without an edit, the very bytes that were parsed."""
        return self.text.encode("utf-8")

    @property
    def original(self) -> bytes:
        """The bytes that were parsed."""
        return self._origin.encode("utf-8")

    @property
    def touched(self) -> tuple[str, ...]:
        """The pointers at which something was set, removed or renamed since ``parse``."""
        return self._touched

    @property
    def edits(self) -> tuple[Splice, ...]:
        """What was edited since ``parse``, as splices over the *bytes* that were parsed."""
        splices = span.normalised(self._origin, self._splices)
        if self._origin.isascii():
            return splices
        return tuple(
            Splice(len(self._origin[:start].encode()), len(self._origin[:end].encode()), new)
            for start, end, new in splices
        )

    @property
    def like(self) -> Document | None:
        """The example document."""
        return self._like

    def set(self, pointer: str, value: Value, *, style: Style | None = None) -> Document:
        """Put ``value`` at a pointer; a missing last key is added.

        A mapping over a mapping changes only the keys that differ. The style that stands there is
        kept if it can hold the value. Raises ``EditError``, ``ReadError``.
        """
        plain_scalars.refuse_deep(value)
        narrow = self._set_within(pointer, value) if style is None else None
        return narrow or self._set(pointer, value, style)

    def _set(self, pointer: str, value: Value, style: Style | None = None) -> Document:
        if self.holds(pointer, value):
            return self if style is None else self.restyle(pointer, style)
        planner = self._planner()
        tokens = pointers.parse(pointer)
        if planner.is_adjustable(tokens, value):
            return self._adjusted(pointer, value)
        return self._apply(planner.set(tokens, value, style))

    def _set_within(self, pointer: str, value: Value) -> Document | None:
        """Another scalar, set in the lines of its key alone; ``None`` if that is not enough."""
        tokens = pointers.parse(pointer)
        seen = window(self._source, tokens[0]) if tokens else None
        if seen is None or not isinstance(value, str | int | float | datetime.date | None):
            return None
        small = len(seen.text) + len(value if isinstance(value, str) else "") < _SMALL
        spelling = str(value) if isinstance(value, float) else ""
        edit = _edited if small else _edited.__wrapped__
        edited = edit(seen.text, pointer, value, type(value).__name__, spelling, self._like)
        if edited is None or not edited._splices:
            return edited and self
        splices = seen.shifted(edited._splices)
        result = seen.beyond(splices, edited._source)
        return None if result is None else self._after(result, splices, edited._touched)

    def update(self, values: Mapping[str, Value], remove: Iterable[str] = ()) -> Document:
        """All ``values`` at their pointers, and what stands at ``remove`` taken out.

        It is what ``set`` and ``remove`` one by one give, read again only once where it can be.
        """
        gone = [pointer for pointer in remove if self.has(pointer)]
        differing = {at: value for at, value in values.items() if not self.holds(at, value)}
        with suppress(EditError):  # one by one it may do, or says better why not
            edited = self.side_by_side(differing, gone)
            if edited is not None:
                return edited
        document = self
        for pointer, value in differing.items():
            document = document.set(pointer, value)
        for pointer in gone:
            document = document.remove(pointer)
        return document

    def side_by_side(
        self,
        values: Mapping[str, Value] = {},
        remove: Iterable[str] = (),
        styles: Mapping[str, Style] = {},
        names: Mapping[str, str] = {},
    ) -> Document | None:
        """All edits at once, each at a pointer of this document: values set, members taken out,
        texts restyled, keys renamed; ``None`` if they do not stand apart.

        Raises ``EditError``, ``ReadError``.
        """
        plans = batch.plans(self._planner(), values, remove, styles, names)
        return self._apply(*plans) if plans else None

    def insert(
        self,
        pointer: str,
        value: Value,
        *,
        before: str | None = None,
        after: str | None = None,
        style: Style | None = None,
    ) -> Document:
        """Add a key above the sibling called ``before`` or below the one called ``after``.

        Without either it goes where ``set`` would put it. Raises ``EditError`` with ``key-exists``
        if it is there, ``ReadError`` with ``no-such-key`` if the sibling is not.
        """
        plain_scalars.refuse_deep(value)
        planner = self._planner()
        tokens = pointers.parse(pointer)
        planner.refuse_existing(tokens)
        return self._apply(planner.add(tokens, value, style, before=before, after=after))

    def remove(self, pointer: str) -> Document:
        """Take a key out, with its value and the comments that belong to it.

        A mapping that is emptied by it becomes ``{}``. Raises ``EditError``, ``ReadError``.
        """
        return self._apply(self._planner().remove(pointers.parse(pointer)))

    def rename(self, pointer: str, new_key: str) -> Document:
        """Give a key another name; its value and place stay.

        Raises ``EditError``, ``ReadError``.
        """
        tokens = pointers.parse(pointer)
        if tokens and tokens[-1] == new_key and self.has(pointer):
            return self
        return self._apply(self._planner().rename(tokens, new_key))

    def move(
        self, source: str, pointer: str, *, before: str | None = None, after: str | None = None
    ) -> Document:
        """Take what is at ``source`` to ``pointer``, as RFC 6902 has it.

        In a mapping it can go above the key ``before`` or below the key ``after``. Among siblings
        it moves as it is written, comments and all; a new key in the same mapping renames. Else
        the value is written anew.
        """
        planner = self._planner()
        from_ = pointers.parse(source)
        planner.refuse_inside_itself(from_, pointers.parse(pointer))
        to = planner.landing(from_, pointers.parse(pointer))
        if from_ == to and before is None and after is None:
            return self
        moved = planner.move(from_, to, before, after)
        if moved is not None:
            return self._apply(moved) if moved.splices else self
        value, style = self.get(source), self.style(source)
        rest = self.remove(source)
        return rest._apply(rest._planner().arrival(to, value, style, before, after))

    def patch(self, operations: Iterable[Operation | dict[str, Any]]) -> Document:
        """All operations of a JSON Patch (RFC 6902), or none: an error names the failing one."""
        return patch.apply(self, patch.operations(operations))

    def merge(self, change: dict[str, Any]) -> Document:
        """A JSON Merge Patch (RFC 7396)."""
        return patch.merge(self, change)

    def difference(self, other: Document) -> list[Operation]:
        """The JSON Patch after which this document has the data of ``other``."""
        return list(patch.difference(self.get(), other.get(), "", self._known_names))

    def restyle(self, pointer: str, style: Style) -> Document:
        """Write the text at a pointer in another style; its value stays.

        Raises ``EditError`` with ``cannot-hold-value`` if that style cannot hold it.
        """
        plan = self._planner().restyle(pointers.parse(pointer), style)
        return self if plan is None else self._apply(plan)

    def respell(self, pointer: str, like: str) -> Document:
        """Write the boolean at a pointer with its letters as ``like`` has them, as in ``True``.

        Anything else stays as it is.
        """
        plan = self._planner().respell(pointers.parse(pointer), like)
        return self if plan is None else self._apply(plan)

    def with_gap(self, count: int) -> Document:
        """The document with ``count`` empty lines before its closing fence.

        Raises ``EditError`` with ``unproven-edit`` where they belong to a text.
        """
        return self if count == self.gaps.before_fence else self._apply(self._planner().gap(count))

    def _adjusted(self, pointer: str, value: Value) -> Document:
        """The collection there with only what differs from ``value`` changed, else written anew."""
        try:
            steps = patch.difference(self.get(pointer), value, pointer, self._names)
            document = patch.apply(self, list(steps))
            if same(document.get(pointer), value):
                return document
        except QtauthorError as error:
            failed = error
        else:
            failed = self._planner().unequal(pointers.parse(pointer))
        try:
            return self._apply(self._planner().set(pointers.parse(pointer), value))
        except QtauthorError as error:
            raise error if error.code is Code.UNSUPPORTED_VALUE else failed from None

    def _names(self, pointer: str) -> dict[Any, str]:
        return self._source.lookup.names(pointers.parse(pointer))

    def _known_names(self, pointer: str) -> dict[Any, str]:
        """As ``_names``; nothing where an alias stands, which no edit enters."""
        try:
            return self._names(pointer)
        except QtauthorError:
            return {}

    def _planner(self) -> Mover:
        return Mover(self._source, self._like._source if self._like else None)

    def _apply(self, *plans: Plan) -> Document:
        """Splice, read again, prove. Raises ``EditError``."""
        source = self._source
        for plan in plans:
            source.lookup.refuse_shared(plan.start, plan.stop)
        splices = span.ordered(splice for plan in plans for splice in plan.splices)
        try:
            result = Located.read(span.apply(source.text, splices))
        except ParseError as error:
            raise unproven(source, plans[0], error.message) from error
        if len(plans) == 1:
            prove(source, result, plans[0])
        else:
            prove_all(source, result, plans)
        places = (pointers.join(tokens) for plan in plans for tokens in plan.touches())
        return self._after(result, splices, places)

    def _after(
        self, result: Located, splices: tuple[Splice, ...], places: Iterable[str]
    ) -> Document:
        return Document(
            result,
            like=self._like,
            origin=self._origin,
            splices=span.compose(self._splices, splices),
            touched=tuple(dict.fromkeys((*self._touched, *places))),
        )


_SMALL = 20_000
"""Characters up to which an edit is worth remembering: often many articles get the same one."""


@lru_cache(maxsize=512)
def _edited(
    text: str,
    pointer: str,
    value: Value,
    _type: str,  # with the spelling, for what is equal but not the same: 1 and True, 0.0 and -0.0
    _spelling: str,
    like: Document | None,
) -> Document | None:
    """The lines of one key, in which ``value`` is set; ``None`` if they alone do not say how."""
    inside = Document(Located.read(text), like=like)
    if inside._source.outline is None or not inside.has(pointer) or inside.style(pointer) is None:
        return None
    try:
        edited = inside._set(pointer, value)
    except QtauthorError:  # whose place would be that in the part
        return None
    style = edited.style(pointer)
    return None if style in BLOCK_STYLES and style != inside.style(pointer) else edited
