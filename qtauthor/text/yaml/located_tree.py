"""A file's text together with the tree of its front matter."""

from __future__ import annotations

from functools import cached_property

from qtauthor.errors import Code, ParseError
from qtauthor.text.source import encoding, front_matter, lines, merge_conflicts
from qtauthor.text.source.front_matter import FrontMatter
from qtauthor.text.source.lines import LineIndex
from qtauthor.text.yaml import regular
from qtauthor.text.yaml.lookup import Lookup
from qtauthor.text.yaml.nodes import Mapping, Tree
from qtauthor.text.yaml.regular import Outline
from qtauthor.text.yaml.tree_builder import parsed
from qtauthor.text.yaml.values import ValueReader
from qtauthor.text.yaml.weights import Weights


class Located:
    """Immutable. Offsets in ``front`` and ``tree`` are code points of ``text``.

    The tree of a regular text (``outline``) is made when it is asked for.
    """

    def __init__(self, text: str, front: FrontMatter) -> None:
        self.text = text
        self.front = front

    @classmethod
    def decode(cls, data: bytes) -> Located:
        """Read a file's bytes. Raises ``ParseError``."""
        return _LATEST.read(data) if len(data) < _SMALL else cls.read(encoding.decode(data))

    @classmethod
    def read(cls, text: str) -> Located:
        """Read a file's text. Raises ``ParseError``."""
        try:
            return cls._read(text)
        except ParseError as error:
            raise merge_conflicts.explained(error, text) from None

    @classmethod
    def _read(cls, text: str) -> Located:
        front = front_matter.split(text)
        source = cls(text, front)
        root = None if source.outline else source.tree.root
        if not isinstance(root, Mapping | None):
            raise ParseError(
                Code.NOT_A_MAPPING,
                "the front matter is no mapping of keys to values",
                where=lines.place(text, root.start),
                excerpt=lines.excerpt(text, root.start),
                remedy="write each field as “key: value”",
            )
        return source

    @cached_property
    def outline(self) -> Outline | None:
        """The entries of a regular text."""
        return regular.outline(self.text, self.front.start, self.front.end)

    @cached_property
    def tree(self) -> Tree:
        """What stands where."""
        if self.outline is not None:
            return self.outline.tree()
        return parsed(self.text, self.front.start, self.front.end)

    @property
    def gap_start(self) -> int:
        """Where the empty lines before the closing fence begin."""
        start = self.front.end
        while start > self.front.start:
            above = lines.line_start(self.text, start - 1 - (self.text[start - 2] == "\r"))
            if above < self.front.start or not lines.blank(self.text[above:start]):
                break
            start = above
        return start

    @cached_property
    def places(self) -> LineIndex:
        """The lines of the text."""
        return LineIndex(self.text)

    @cached_property
    def lookup(self) -> Lookup:
        """Finds nodes by their pointers."""
        return Lookup(self.tree, self.text, self.places)

    @property
    def reader(self) -> ValueReader:
        """A reader of values; the lists and dicts that it gives belong to who asked."""
        return ValueReader(self.tree, self.places, self._weights)

    @cached_property
    def _weights(self) -> Weights:
        return Weights(self.tree)


_SMALL = 100_000
"""Bytes up to which a file is kept for a while."""

_KEPT = 250_000
"""Bytes of files after which the next generation of them begins; two are kept."""


class _Latest:
    """The files that were read last. An operation reads a file to edit it, to count what becomes of
    it, and to prove that, and between these come all its other files.

    What threads do at once costs another reading at most.
    """

    def __init__(self) -> None:
        self._young: dict[bytes, Located] = {}
        self._old: dict[bytes, Located] = {}
        self._size = 0

    def read(self, data: bytes) -> Located:
        """What these bytes say. Raises ``ParseError``."""
        found = self._young.get(data)
        if found is not None:
            return found
        found = self._old.get(data) or Located.read(encoding.decode(data))
        if self._size > _KEPT:
            self._old, self._young, self._size = self._young, {}, 0
        self._young[data] = found
        self._size += len(data)
        return found


_LATEST = _Latest()
