"""From a pointer to the node that it names, for reading and for editing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias

from qtauthor.errors import Code, EditError, ReadError
from qtauthor.text.js_yaml.key_names import site_name, word
from qtauthor.text.near_match import meant, near
from qtauthor.text.source.lines import LineIndex
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.extents import colon, count, member_start
from qtauthor.text.yaml.nodes import Alias, Mapping, MappingEntry, Node, Scalar, Sequence, Tree
from qtauthor.text.yaml.values import ValueReader, is_merge
from qtauthor.text.yaml.weights import Weights

Tokens: TypeAlias = tuple[str, ...]

_MOST_NAMES = 8
_MANY = 40
"""Entries of a mapping from which on their names are gathered once instead of looked through."""


class FoundNode(NamedTuple):
    """A member of a collection, and where it begins: its key, its dash, or its value in flow."""

    collection: Mapping | Sequence
    number: int
    start: int

    @property
    def node(self) -> Node:
        """The value."""
        if isinstance(self.collection, Sequence):
            return self.collection.items[self.number]
        return self.collection.entries[self.number].value

    @property
    def key(self) -> Node | None:
        """The key, if it is an entry."""
        if isinstance(self.collection, Sequence):
            return None
        return self.collection.entries[self.number].key

    @property
    def entry(self) -> MappingEntry:
        """The entry of a mapping."""
        assert isinstance(self.collection, Mapping)
        return self.collection.entries[self.number]

    @property
    def first(self) -> int:
        """Where it begins in the tree's shape."""
        return self.node.first if self.key is None else self.key.first

    @property
    def only(self) -> bool:
        """Whether it has no siblings."""
        return count(self.collection) == 1

    @property
    def last(self) -> bool:
        """Whether no sibling follows."""
        return self.number + 1 == count(self.collection)

    @property
    def floor(self) -> int:
        """Where what stands before it ends, so that it is none of its comments."""
        before = self._replace(number=self.number - 1)
        return before.node.end if self.number else 0


def item_number(sequence: Sequence, token: str) -> int | None:
    """The item that a reference token names (RFC 6901, section 4), if there is one."""
    number = int(token) if token.isascii() and token.isdigit() else len(sequence.items)
    return number if str(number) == token and number < len(sequence.items) else None


def _keys(mapping: Mapping) -> Iterator[Node]:
    return (entry.key for entry in mapping.entries)


class Lookup:
    """Finds nodes in one tree; ``text`` is the whole file, ``places`` are those in it."""

    def __init__(self, tree: Tree, text: str, places: LineIndex) -> None:
        self.tree = tree
        self.text = text
        self.places = places
        self._named: dict[int, dict[str, list[int]]] = {}

    def node(self, tokens: Tokens) -> Node | None:
        """The node to read, through aliases and merge keys.

        ``None`` is the root of an empty front matter. Raises ``ReadError``.
        """
        node = self.find(tokens)
        if node is None and tokens:
            depth = next(n for n in range(len(tokens)) if self.find(tokens[: n + 1]) is None)
            raise self.missing(self.find(tokens[:depth]), tokens[: depth + 1])
        return node

    def find(self, tokens: Tokens) -> Node | None:
        """As ``node``; ``None`` where there is nothing."""
        node = self.tree.root
        for token in tokens:
            node = None if node is None else self.child(self.target(node), token)
        return node

    def target(self, node: Node) -> Node:
        """The node that an alias stands for, else the node itself."""
        return self.tree.targets[node.first] if isinstance(node, Alias) else node

    def child(self, node: Node, token: str) -> Node | None:
        """The node below ``node`` with this key or index, also by a merge key; or ``None``."""
        if isinstance(node, Sequence):
            number = item_number(node, token)
            return None if number is None else node.items[number]
        if not isinstance(node, Mapping):
            return None
        seen: set[int] = set()  # what is merged twice, or by what is merged, is asked once
        waiting = [node]
        while waiting:
            mapping = waiting.pop()
            if mapping.first in seen:
                continue
            seen.add(mapping.first)
            index = self.index(mapping, token)
            if index is not None:
                return mapping.entries[index].value
            waiting += reversed([*self.merged(mapping)])
        return None

    def hides(self, mapping: Mapping, token: str) -> bool:
        """Whether a key stands before one of the same name that ``<<`` brings in."""
        return any(self.child(source, token) is not None for source in self.merged(mapping))

    def merged(self, mapping: Mapping) -> Iterator[Mapping]:
        """The mappings that ``<<`` brings in, first come first served."""
        if len(mapping.entries) >= _MANY and "<<" not in self.named(mapping):
            return
        for entry in mapping.entries:
            if is_merge(entry.key):
                value = self.target(entry.value)
                sources = value.items if isinstance(value, Sequence) else (value,)
                for source in map(self.target, sources):
                    if isinstance(source, Mapping):
                        yield source

    def index(self, mapping: Mapping, name: str) -> int | None:
        """The number of the entry called ``name``, by the site or by its own spelling.

        Raises ``ReadError`` if there are two.
        """
        hits = self.named(mapping).get(name, ())
        if len(hits) > 1:
            first, second = (mapping.entries[hit].key for hit in hits[:2])
            raise ValueReader(self.tree, self.places, Weights(self.tree)).repeated(
                first, second, name
            )
        return hits[0] if hits else None

    def named(self, mapping: Mapping) -> dict[str, list[int]]:
        """The numbers of the entries by name; a spelling counts where no other key has that name.

        ``<<`` names a merge key so.
        """
        known = self._named.get(mapping.first)
        if known is None:
            known = {}
            words = [word(key) for key in _keys(mapping)]
            names = words if None not in words else list(map(self.site_name, _keys(mapping)))
            for number, name in enumerate(names):
                if name is not None:
                    known.setdefault(name, []).append(number)
            for number, (entry, name) in enumerate(zip(mapping.entries, names, strict=True)):
                if entry.name not in (None, name):
                    known.setdefault(entry.name or "", known[name] if name else [number])
            self._named[mapping.first] = known
        return known

    def site_name(self, key: Node) -> str | None:
        """The name of a key; ``None`` for what brings in others and has none."""
        return None if is_merge(key) else site_name(key, self.tree.targets)

    def tokens(self, mapping: Mapping) -> list[str | None]:
        """For each entry the token that names it, which is its spelling if that does."""
        words = [word(key) for key in _keys(mapping)]
        if None not in words:
            return words
        known = self.named(mapping)
        tokens: list[str | None] = []
        for number, entry in enumerate(mapping.entries):
            token = entry.name
            if token is None or number not in known[token]:
                token = self.site_name(entry.key)
            tokens.append(token)
        return tokens

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
        """As `child`, but not through merge keys and aliases."""
        if isinstance(node, Mapping):
            index = self.index(node, token)
            return None if index is None else node.entries[index].value
        return None if node is None else self.child(node, token)

    def refuse_alias(self, node: Node | None) -> None:
        """Raise ``EditError`` with ``cannot-edit-alias`` if the node is an alias."""
        if isinstance(node, Alias):
            raise self.refusal(
                Code.CANNOT_EDIT_ALIAS,
                f"this value is *{node.name}, which belongs to another place",
                node.start,
                f"edit the value that is marked &{node.name}, or write this one out first",
            )

    def collection(self, tokens: Tokens, member: str = "…") -> Mapping | Sequence | None:
        """The mapping or list at ``tokens``, to edit its members, such as ``member``.

        ``None`` is the root of an empty front matter. Raises ``EditError`` at an alias,
        ``ReadError`` where there is no collection.
        """
        node = self.editable(tokens)
        if isinstance(node, Scalar):
            raise self.missing(node, (*tokens, member))
        assert not isinstance(node, Alias)  # editable refuses it
        return node

    def names(self, tokens: Tokens) -> dict[Any, str]:
        """The keys of the mapping at ``tokens`` as values, each with the token that names it."""
        node = self.editable(tokens)
        if not isinstance(node, Mapping):
            return {}
        reader = ValueReader(self.tree, self.places, Weights(self.tree))
        named = zip(node.entries, self.tokens(node), strict=True)
        own = [(e, token) for e, token in named if token is not None and not is_merge(e.key)]
        keys = reader.keys([entry for entry, _ in own])
        return {key: token or "" for key, (_, token) in zip(keys, own, strict=True)}

    def found(self, collection: Mapping | Sequence | None, token: str) -> FoundNode | None:
        """The member called ``token``, if it is there: a key, or the number of an item."""
        index: int | None = None
        if isinstance(collection, Mapping):
            index = self.index(collection, token)
        elif collection is not None:
            index = item_number(collection, token)
        return None if collection is None or index is None else self.nth(collection, index)

    def nth(self, collection: Mapping | Sequence, index: int) -> FoundNode:
        """The member with this number."""
        return FoundNode(collection, index, member_start(self.text, collection, index))

    def colon(self, found: FoundNode) -> int:
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
        """The answer to a pointer that names nothing; ``node`` is where the way ends."""
        name = tokens[-1]
        if isinstance(node, Scalar) and name == "-":
            message = f"{pointer.join(tokens[:-1])} is a single value, not a list"
            remedy = "set it to a list first; “-” is the place behind the last item of one"
        elif isinstance(node, Scalar):
            message, remedy = f"{pointer.join(tokens[:-1])} holds no keys", "name a value inside it"
        else:
            message, remedy = f"there is no {pointer.join(tokens)}", self._nearest(node, name)
        if node is None or node is self.tree.root:
            return ReadError(Code.NO_SUCH_KEY, message, remedy=remedy)
        return ReadError(
            Code.NO_SUCH_KEY,
            message,
            where=self.places.place(node.start),
            excerpt=self.places.excerpt(node.start),
            remedy=remedy,
        )

    def _nearest(self, node: Node | None, name: str) -> str:
        if isinstance(node, Sequence):
            return f"the list has {len(node.items)} items, numbered from 0"
        names = [e.name for e in node.entries if e.name] if isinstance(node, Mapping) else []
        listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
        there = f"there are: {listed}" if names else "there is nothing here"
        return meant(near(name, names), there)

    @contextmanager
    def placed(self, offset: int) -> Iterator[None]:
        """Give a refusal without a place the one at ``offset``. Raises what is raised inside."""
        try:
            yield
        except EditError as error:
            raise self.refusal(error.code, error.message, offset, error.remedy) from None

    def refusal(self, code: Code, message: str, offset: int, remedy: str) -> EditError:
        """The error of an edit that cannot be made at ``offset``."""
        return EditError(
            code,
            message,
            where=self.places.place(offset),
            excerpt=self.places.excerpt(offset),
            remedy=remedy,
        )
