"""The indentation of an article as its template has it: blanks before lines, nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeGuard

from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document
from qtauthor.text.edit import splice
from qtauthor.text.edit.plans import Plan
from qtauthor.text.edit.prove import prove
from qtauthor.text.edit.splice import Splice
from qtauthor.text.render.sibling_style import Model
from qtauthor.text.source import lines
from qtauthor.text.yaml import extents
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Mapping, MappingEntry, Node, Scalar, Sequence

_LINE = re.compile(r"(?!\Z)( *)([^\r\n]*)(?:\r\n?|\n)?")
_INDICATOR = re.compile(r"[|>][-+]?([1-9])")

BlockCollection: TypeAlias = Mapping | Sequence


class Shift(NamedTuple):
    """A collection's keys or dashes go from column ``old`` to column ``new``."""

    old: int
    new: int

    def __call__(self, column: int) -> int:
        """The new column of what stands at ``column``."""
        return max(0, column + self.new - self.old)


class LineIndent(NamedTuple):
    """Where a line begins, how many blanks it begins with, and whether it has nothing else."""

    start: int
    column: int
    blank: bool


Levels: TypeAlias = tuple[Shift, ...]
"""The collections around a line, the outermost first."""


def indentation(document: Document, template: Document) -> Document:
    """Keys, dashes and blocks of text in the columns that the template has for their place.

    What the template lacks keeps its distance from its key. All in one step, or else key by key,
    so that a key for which the proof does not hold stays alone as it is.
    """
    source, house = Located.read(document.text), _read(template.text)
    try:
        return _relaid(document, source, _Layout(source, house).splices())
    except QtauthorError:
        for number in range(len(_entries(source))):
            document = _one_relaid(document, house, number)
        return document


def _one_relaid(document: Document, house: Located, number: int) -> Document:
    """The document with the lines of one of its top keys in the template's columns."""
    source = Located.read(document.text)
    starts = [*(entry.key.start for entry in _entries(source)), source.front.end]
    start, end = starts[number : number + 2]
    splices = [one for one in _Layout(source, house).splices() if start < one.start < end]
    try:
        return _relaid(document, source, splices)
    except QtauthorError:
        return document


def _entries(source: Located) -> tuple[MappingEntry, ...]:
    root = source.tree.root
    return root.entries if isinstance(root, Mapping) else ()


@lru_cache(maxsize=4)
def _read(text: str) -> Located:
    return Located.read(text)


def _relaid(document: Document, source: Located, splices: list[Splice]) -> Document:
    """The document after splices that change no more than white space, proven to read the same."""
    if not splices:
        return document
    result = Located.read(splice.apply(source.text, splices))
    size = len(source.tree.shape)
    prove(source, result, Plan((), splices, size, size, order=list(range(size))))
    original = document.original
    earlier = [
        Splice(len(original[:start].decode()), len(original[:end].decode()), new)
        for start, end, new in document.edits
    ]
    return Document(
        result,
        like=document.like,
        origin=original.decode(),
        splices=splice.compose(earlier, splices),
        touched=document.touched,
    )


class _Layout:
    """Works out in which column each line of a front matter should begin."""

    def __init__(self, source: Located, house: Located) -> None:
        self.text, self.front = source.text, source.front
        self.house = house.text
        # where all lines begin, for a search backwards in a large text takes its time
        self.lines = list(_lines(self.text, self.front.start, self.front.end))
        self.starts = [start for start, *_ in self.lines]
        self.columns: dict[int, int] = {}
        self.indicators: list[Splice] = []
        self.begins: list[tuple[int, Levels]] = []
        root, like = source.tree.root, house.tree.root
        if isinstance(root, Mapping) and isinstance(like, Mapping):
            self.collection(root, Shift(0, 0), like, ())

    def splices(self) -> list[Splice]:
        """What changes, in the order of the text."""
        found = self.indicators.copy()
        for start, column, blank in self.lines:
            wanted = self.columns.get(start)
            if wanted is None:
                wanted = column if blank else self.between(start, column)
            if wanted != column:
                found.append(Splice(start, start + column, " " * wanted))
        return sorted(found)

    def between(self, start: int, column: int) -> int:
        """The column of a comment, or of another line that begins no member and no text."""
        at = bisect_right(self.begins, start, key=lambda begin: begin[0])
        above = self.begins[at - 1][1] if at else ()
        below = self.begins[at][1] if at < len(self.begins) else ()
        if below and below[-1].old == column:
            return below[-1].new
        around = [level for level in (*below, *above) if level.old <= column]
        innermost = max(reversed(around), key=lambda level: level.old, default=Shift(0, 0))
        return innermost(column)

    def collection(
        self, node: BlockCollection, owner: Shift, like: Node | None, around: Levels
    ) -> None:
        """The members of a block collection, in the columns of ``like`` if that is of its kind."""
        if node.flow or not extents.children(node):
            self.rigid(node, owner)
            return
        first = extents.member_start(self.text, node, 0)
        line, begins = self.line(first)
        old = first - line
        house = like if begins and _is_open(like) and type(like) is type(node) else None
        new = _column(self.house, house) if house else owner(old)
        levels = (*around, Shift(old, new))
        for number, child in enumerate(extents.children(node)):
            self.begin(extents.member_start(self.text, node, number), levels)
            name = node.entries[number].name if isinstance(node, Mapping) else None
            self.member(child, levels, house, name)

    def line(self, offset: int) -> tuple[int, bool]:
        """Where the line around ``offset`` begins, and whether only blanks stand between."""
        start = self.starts[bisect_right(self.starts, offset) - 1]
        return start, not self.text[start:offset].strip(" ")

    def begin(self, offset: int, levels: Levels) -> None:
        line, begins = self.line(offset)
        if begins:
            self.columns[line] = levels[-1].new
            self.begins.append((line, levels))

    def member(self, node: Node, levels: Levels, house: Node | None, name: str | None) -> None:
        """A value below or behind its key, or behind its dash."""
        model = Model(self.house, _column(self.house, house), house) if _is_open(house) else None
        twin = model.child(name) if model and name else None
        if isinstance(node, Scalar) and extents.is_block_scalar(node):
            own = levels[-1].new - levels[-2].new if len(levels) > 1 else None
            self.block(node, levels[-1], _text_step(model, twin, own))
        elif isinstance(node, Mapping | Sequence):
            self.collection(node, levels[-1], twin and twin.node, levels)
        else:
            self.rigid(node, levels[-1])

    def block(self, node: Scalar, key: Shift, step: int | None) -> None:
        """A block of text, ``step`` deeper than its key."""
        old = extents.content_column(self.text, node)
        if old is None:
            return
        start = extents.content_start(self.text, node)
        new = key(old) if step is None else key.new + step
        indicator = _INDICATOR.match(self.text, start)
        if indicator is not None:
            new = new if new - key.new in range(1, 10) else key(old)
            self.indicators.append(Splice(*indicator.span(1), str(new - key.new)))
        for line, column, blank in self.below(start, node.end):
            inside = column > old or not blank
            self.columns[line] = column + new - old if inside else min(column, new)

    def rigid(self, node: Node, key: Shift) -> None:
        """The further lines of a value keep their distance from the key."""
        line, begins = self.line(node.start)
        for start, column, blank in self.below(line - begins, node.end):
            stays = blank or key.new == key.old
            self.columns.setdefault(start, column if stays else max(key.new + 1, key(column)))

    def below(self, offset: int, end: int) -> list[LineIndent]:
        """The lines that begin behind ``offset`` and before ``end``."""
        return self.lines[bisect_right(self.starts, offset) : bisect_left(self.starts, end)]


def _lines(text: str, start: int, end: int) -> Iterator[LineIndent]:
    for line in _LINE.finditer(text, start, end):
        yield LineIndent(line.start(), len(line[1]), lines.blank(line[2]))


def _is_open(node: Node | None) -> TypeGuard[BlockCollection]:
    """Whether a node is a block collection with members."""
    return isinstance(node, Mapping | Sequence) and not node.flow and bool(extents.children(node))


def _column(text: str, node: BlockCollection) -> int:
    return lines.column(text, extents.member_start(text, node, 0))


def _text_step(level: Model | None, twin: Model | None, own: int | None) -> int | None:
    """How much deeper than its key a block of text stands: as its twin, else as its siblings.

    Where the template has no text at a level, ``own``: as the keys there below theirs.
    """
    if level is None or not isinstance(level.node, Mapping):
        return None
    if twin is not None and isinstance(twin.node, Scalar) and twin.step is not None:
        return twin.step
    step = level.kind_step(Scalar)
    return own if step is None else step
