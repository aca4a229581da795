"""From a pointer to the node that it names, for reading and for editing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias

from qtauthor.errors import Code, EditError, ReadError
from qtauthor.text import lines, pointer
from qtauthor.text.locate import begins_line, colon, entry_start
from qtauthor.text.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, Tree
from qtauthor.text.values import Reader, is_merge

Tokens: TypeAlias = tuple[str, ...]


class Found(NamedTuple):
    """An entry of a block mapping, and where it begins."""

    mapping: Mapping
    number: int
    start: int

    @property
    def entry(self) -> Entry:
        return self.mapping.entries[self.number]

    @property
    def floor(self) -> int:
        """Where what stands before the entry ends, so that it is none of its comments."""
        return self.mapping.entries[self.number - 1].value.end if self.number else 0


class Lookup:
    """Finds nodes in one tree; ``text`` is the whole file."""

    def __init__(self, tree: Tree, text: str) -> None:
        self.tree = tree
        self.text = text

    def node(self, tokens: Tokens) -> Node | None:
        """The node to read, through aliases and merge keys.

        ``None`` is the root of an empty front matter. Raises ``ReadError``.
        """
        node = self.tree.root
        for depth, token in enumerate(tokens):
            child = None if node is None else self.child(self.target(node), token)
            if child is None:
                raise self.missing(node, tokens[: depth + 1])
            node = child
        return node

    def target(self, node: Node) -> Node:
        return self.tree.targets[node.first] if isinstance(node, Alias) else node

    def child(self, node: Node, token: str) -> Node | None:
        if isinstance(node, Sequence):
            number = int(token) if token.isascii() and token.isdigit() else len(node.items)
            there = str(number) == token and number < len(node.items)
            return node.items[number] if there else None
        if not isinstance(node, Mapping):
            return None
        index = self.index(node, token)
        if index is not None:
            return node.entries[index].value
        for source in self.merged(node):
            found = self.child(source, token)
            if found is not None:
                return found
        return None

    def merged(self, mapping: Mapping) -> Iterator[Mapping]:
        """The mappings that ``<<`` brings in, first come first served."""
        for entry in mapping.entries:
            if is_merge(entry.key):
                value = self.target(entry.value)
                sources = value.items if isinstance(value, Sequence) else (value,)
                for source in map(self.target, sources):
                    if isinstance(source, Mapping):
                        yield source

    def index(self, mapping: Mapping, name: str) -> int | None:
        """The number of the entry called ``name``. Raises ``ReadError`` if there are two."""
        hits = [i for i, entry in enumerate(mapping.entries) if entry.name == name]
        if len(hits) > 1:
            key = mapping.entries[hits[1]].key
            raise ReadError(
                Code.DUPLICATE_KEY,
                f"the key {name!r} stands here for the second time",
                where=lines.place(self.text, key.start),
                excerpt=lines.excerpt(self.text, key.start),
                remedy="remove or rename one of the two by hand",
            )
        return hits[0] if hits else None

    def editable(self, tokens: Tokens) -> Node | None:
        """The node to edit in: reached through collections of this place only.

        Raises ``EditError`` at an alias, ``ReadError`` where there is nothing.
        """
        node = self.tree.root
        for depth, token in enumerate(tokens):
            self.refuse_alias(node)
            child = self.own_child(node, token)
            if child is None:
                raise self.missing(node, tokens[: depth + 1])
            node = child
        self.refuse_alias(node)
        return node

    def own_child(self, node: Node | None, token: str) -> Node | None:
        if isinstance(node, Mapping):
            index = self.index(node, token)
            return None if index is None else node.entries[index].value
        return None if node is None else self.child(node, token)

    def refuse_alias(self, node: Node | None) -> None:
        if isinstance(node, Alias):
            raise self.refusal(
                Code.CANNOT_EDIT_ALIAS,
                f"this value is *{node.name}, which belongs to another place",
                node.start,
                f"edit the value that is marked &{node.name}, or write this one out first",
            )

    def mapping(self, tokens: Tokens) -> Mapping | None:
        """The block mapping at ``tokens``, to edit its entries.

        ``None`` is the root of an empty front matter. Raises ``EditError`` for what is no block
        mapping, ``ReadError`` where there is nothing.
        """
        node = self.editable(tokens)
        if node is None:
            return None
        if isinstance(node, Sequence):
            raise self.refusal(
                Code.CANNOT_EDIT_SEQUENCE,
                "entries of a list cannot be edited yet",
                node.start,
                "set the whole list",
            )
        if not isinstance(node, Mapping):
            raise self.missing(node, (*tokens, "…"))
        if node.flow and node.entries:
            raise self.refusal(
                Code.CANNOT_EDIT_FLOW,
                "entries of a mapping in braces cannot be edited yet",
                node.start,
                "set the whole mapping",
            )
        return node

    def names(self, tokens: Tokens) -> dict[Any, str]:
        """The keys of the mapping at ``tokens`` as values, each with the token that names it."""
        node = self.editable(tokens)
        reader = Reader(self.tree, self.text)
        entries = node.entries if isinstance(node, Mapping) else ()
        return {reader.key(e.key): e.name for e in entries if e.name is not None}

    def found(self, mapping: Mapping | None, name: str) -> Found | None:
        """The entry of ``mapping`` called ``name``, if it is there."""
        index = None if mapping is None else self.index(mapping, name)
        return None if mapping is None or index is None else self.nth(mapping, index)

    def nth(self, mapping: Mapping, index: int) -> Found:
        """The entry of ``mapping`` with this number."""
        return Found(mapping, index, entry_start(self.text, mapping, index))

    def whole_lines(self, found: Found) -> Found:
        """``found``, if its lines are its own. Raises ``EditError``."""
        if begins_line(self.text, found.start):
            return found
        raise self.refusal(
            Code.CANNOT_EDIT_KEY,
            "this key does not begin a line of its own",
            found.start,
            "write it on a line of its own by hand first",
        )

    def colon(self, found: Found) -> int:
        """The offset of an entry's colon. Raises ``EditError`` for a ``?`` key without one."""
        offset = colon(self.text, found.entry)
        if offset is None:
            raise self.refusal(
                Code.CANNOT_EDIT_KEY,
                "this key has no colon behind it",
                found.start,
                "write it as “key: value” by hand first",
            )
        return offset

    def refuse_shared(self, start: int, stop: int) -> None:
        """Refuse an edit of ``shape[start:stop]`` that an alias outside of it would see."""
        for first, target in self.tree.targets.items():
            if start <= first < stop:
                continue
            if start == stop:
                seen = target.first < start < target.last
            else:
                seen = target.first < stop and start < target.last
            if seen:
                name = self.tree.shape[first][1]
                raise self.refusal(
                    Code.CANNOT_EDIT_ANCHOR,
                    f"*{name} stands for this value elsewhere and would change with it",
                    target.start,
                    "write the value out where the alias stands first",
                )

    def missing(self, node: Node | None, tokens: Tokens) -> ReadError:
        name = tokens[-1]
        offset = 0 if node is None else node.start
        if isinstance(node, Scalar):
            message, remedy = f"{pointer.join(tokens[:-1])} holds no keys", "name a value inside it"
        else:
            message, remedy = f"there is no {pointer.join(tokens)}", self._nearest(node, name)
        return ReadError(
            Code.NO_SUCH_KEY,
            message,
            where=lines.place(self.text, offset),
            excerpt=lines.excerpt(self.text, offset),
            remedy=remedy,
        )

    def _nearest(self, node: Node | None, name: str) -> str:
        from difflib import get_close_matches

        names = [e.name for e in node.entries if e.name] if isinstance(node, Mapping) else []
        near = get_close_matches(name, names, 1)
        if near:
            return f"did you mean {near[0]}?"
        return f"there are: {', '.join(names)}" if names else "there is nothing here"

    @contextmanager
    def placed(self, offset: int) -> Iterator[None]:
        """Give a refusal without a place the one at ``offset``."""
        try:
            yield
        except EditError as error:
            raise self.refusal(error.code, error.message, offset, error.remedy) from None

    def refusal(self, code: Code, message: str, offset: int, remedy: str) -> EditError:
        return EditError(
            code,
            message,
            where=lines.place(self.text, offset),
            excerpt=lines.excerpt(self.text, offset),
            remedy=remedy,
        )
