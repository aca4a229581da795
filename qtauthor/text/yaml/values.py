"""What a node means: YAML 1.2 as ruamel.yaml reads it, as plain Python values.

A mapping is a ``dict``, a list a ``list``, a scalar ``str``, ``int``, ``float``, ``bool``,
``None``, ``datetime.date`` or ``datetime.datetime``. Aliased values are the same object wherever
they are aliased.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from typing import Any, TypeAlias, cast

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import implicit_resolvers
from ruamel.yaml.tag import Tag

from qtauthor.errors import Code, ReadError
from qtauthor.text.js_yaml import key_names
from qtauthor.text.source.lines import LineIndex
from qtauthor.text.yaml.nodes import Alias, Mapping, MappingEntry, Node, Scalar, Sequence, Tree
from qtauthor.text.yaml.parser import MAX_DEPTH
from qtauthor.text.yaml.weights import Weights

Value: TypeAlias = (
    "str | int | float | bool | datetime.date | datetime.datetime"
    " | list[Value] | dict[Any, Value] | None"
)

MAX_NODES = 1_000_000
"""A value that aliases blow up beyond this many nodes is refused (“billion laughs”)."""

_CORE = "tag:yaml.org,2002:"
_INT = _CORE + "int"
_DIGITS = 1000
"""Digits of a whole number, in whatever base; no reader holds a tenth of them."""

_SIMPLE_INT = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_SIMPLE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_SIMPLE_FLOAT = re.compile(r"-?[0-9]+\.[0-9]+\Z")
_MERGE = _CORE + "merge"
_TAGGED: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float,),
    "bool": (bool,),
    "null": (type(None),),
    "timestamp": (datetime.date, datetime.datetime),
    "seq": (list,),
    "map": (dict,),
}
_TYPES = frozenset({"bool", "float", "int", "null", "timestamp"})


def _resolvers() -> dict[str, list[tuple[str, Any]]]:
    """ruamel's table of implicit types for YAML 1.2, by the first character."""
    table: dict[str, list[tuple[str, Any]]] = {}
    for versions, tag, pattern, firsts in implicit_resolvers:
        if (1, 2) in versions:
            for first in firsts:
                table.setdefault(first, []).append((str(tag), pattern))
    return table


_RESOLVERS = _resolvers()


def plain_tag(text: str) -> str:
    """The tag of an untagged plain scalar."""
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return tag
    return _CORE + "str"


def is_merge(key: Node) -> bool:
    """Whether a key is the merge key ``<<``."""
    if not isinstance(key, Scalar) or key.style or key.text != "<<":
        return False
    return key.tag in (None, _MERGE)


def is_core(tag: str) -> bool:
    """Whether YAML itself defines a tag. Readers do not agree on what ``!`` does."""
    return tag == "!" or tag.startswith(_CORE)


def fits(tag: str, node: Node, value: Value) -> bool:
    """Whether ``value`` may stand behind the tag that ``node`` has.

    A custom tag says nothing of types; it stays before a value of the same kind.
    """
    if not is_core(tag):
        kinds = (Scalar, Sequence, Mapping)
        kind = kinds[isinstance(value, list) + 2 * isinstance(value, dict)]
        return isinstance(node, kind)
    return type(value) in _TAGGED.get(tag.removeprefix(_CORE), ())


@functools.cache
def _constructor() -> Any:
    """ruamel's constructor of YAML 1.2 scalars, for all but the commonest spellings."""
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).constructor


def _constructed(tag: str, text: str) -> Value:
    """What ruamel makes of a scalar. Raises what it raises, ``ValueError`` for a number beyond all.

    Python itself refuses to write a number of more than 4,300 digits.
    """
    if tag == _INT and len(text) > _DIGITS:
        raise ValueError("too many digits")
    maker = _constructor()
    try:
        return cast("Value", maker.construct_object(ScalarNode(Tag(suffix=tag), text)))
    finally:
        maker.constructed_objects.clear()  # it would keep all that it ever made


class ValueReader:
    """Reads values out of one tree; ``places`` are those of the whole file, for errors.

    ``weights`` are those of the tree.
    """

    def __init__(self, tree: Tree, places: LineIndex, weights: Weights) -> None:
        self.tree = tree
        self.places = places
        self.weights = weights
        self.known: dict[int, Value] = {}

    def value(self, node: Node | None) -> Value:
        """The value of ``node``. Raises ``ReadError``."""
        if node is not None and self.tree.targets:
            self.check_size(node)
        return self.read(node)

    def read(self, node: Node | None) -> Value:
        """The value of a node; ``None`` of no node. Raises ``ReadError``."""
        if node is None:
            return None
        if isinstance(node, Scalar):
            return self.scalar(node)
        if isinstance(node, Alias):
            return self.read(self.tree.targets[node.first])
        found = self.known.get(node.first)
        if found is None:
            found = self.collection(node)
            if node.anchor:
                self.known[node.first] = found
        return found

    def collection(self, node: Sequence | Mapping) -> Value:
        """A list or a dict. Raises ``ReadError`` with ``unknown-tag``."""
        if node.tag not in (None, _CORE + "map", _CORE + "seq"):
            raise self.error(Code.UNKNOWN_TAG, f"{node.tag} stands for no plain value", node)
        if isinstance(node, Sequence):
            return [self.read(item) for item in node.items]
        return self.mapping(node)

    def mapping(self, node: Mapping) -> dict[Any, Value]:
        """What a mapping says. Keys are the same if they are so for the site's reader."""
        words = [key_names.word(entry.key) for entry in node.entries]
        if None not in words and len(set(words)) == len(words):
            return {
                word: self.read(entry.value)
                for word, entry in zip(words, node.entries, strict=True)
            }
        return self.unusual(node)

    def unusual(self, node: Mapping) -> dict[Any, Value]:
        """As ``mapping``, for keys that are not all words, or not all different."""
        entries = [entry for entry in node.entries if not is_merge(entry.key)]
        keys = self.keys(entries)
        own = {key: self.read(entry.value) for key, entry in zip(keys, entries, strict=True)}
        if len(entries) == len(node.entries):
            return own
        merged: dict[Any, Value] = {}
        for entry in node.entries:
            if is_merge(entry.key):
                self.merge(merged, entry.value)
        hidden = {*self.names(entries), *map(key_names.label, own)}
        shown = {key: merged[key] for key in merged if key_names.label(key) not in hidden}
        return {**shown, **own}

    def keys(self, entries: list[MappingEntry]) -> list[Any]:
        """The keys as values; those that Python or JSON could not tell apart by their names.

        Raises ``ReadError``.
        """
        keys = [self.key(entry.key) for entry in entries]
        return key_names.told_apart(keys, self.names(entries))

    def names(self, entries: list[MappingEntry]) -> list[str]:
        """By what name the site knows each entry. Raises ``ReadError`` if two have the same."""
        names = [key_names.site_name(entry.key, self.tree.targets) for entry in entries]
        if len(set(names)) < len(names):
            first: dict[str, MappingEntry] = {}
            for entry, name in zip(entries, names, strict=True):
                if first.setdefault(name, entry) is not entry:
                    raise self.repeated(first[name].key, entry.key, name)
        return names

    def repeated(self, first: Node, second: Node, name: str) -> ReadError:
        """The refusal of two keys of one name."""
        spelled = [self.places.text[key.start : key.end] for key in (first, second)]
        message = f"the key {name!r} stands here for the second time"
        if spelled[0] != spelled[1]:
            message = f"the site takes {spelled[1]} and {spelled[0]} above for one key, {name!r}"
        return self.error(Code.DUPLICATE_KEY, message, second, "remove or rename one of the two")

    def merge(self, into: dict[Any, Value], node: Node) -> None:
        """Put what a merge key names into a mapping: of several, the first wins.

        Raises ``ReadError`` for anything but mappings.
        """
        value = self.read(node)
        for part in reversed(value) if isinstance(value, list) else (value,):
            if not isinstance(part, dict):
                raise self.error(Code.BAD_SCALAR, "<< merges mappings, and this is none", node)
            into.update(part)

    def key(self, node: Node) -> Any:
        """The value of a key. Raises ``ReadError`` for one that cannot be hashed."""
        if isinstance(node, Alias):
            node = self.tree.targets[node.first]
        if not isinstance(node, Scalar):
            raise self.error(Code.BAD_SCALAR, "a list or mapping stands as a key", node)
        return self.scalar(node)

    def scalar(self, node: Scalar) -> Value:
        """The value of a scalar by its tag, else by the core schema (YAML 1.2, section 10.3)."""
        if node.tag is None:
            if node.style:
                return node.text
            tag = plain_tag(node.text)
            if tag == "tag:yaml.org,2002:str":
                return node.text
        else:
            tag = node.tag
            if tag == _CORE + "str":
                return node.text
        return self.typed(node, tag)

    def typed(self, node: Scalar, tag: str) -> Value:
        """The value of a scalar that has this tag. Raises ``ReadError`` if it does not fit."""
        text = node.text
        if tag == _INT and len(text) <= _DIGITS and _SIMPLE_INT.match(text):
            return int(text)
        if tag == _CORE + "float" and _SIMPLE_FLOAT.match(text):
            return float(text)
        kind = tag.removeprefix(_CORE)
        if kind == "null" and kind != tag:
            return None
        if kind not in _TYPES or kind == tag:
            raise self.error(Code.UNKNOWN_TAG, f"{tag} stands for no plain value", node)
        try:
            if kind == "timestamp" and _SIMPLE_DATE.match(text):
                return datetime.date.fromisoformat(text)
            return _constructed(tag, text)
        except (YAMLError, ValueError, LookupError, OverflowError):
            raise self.error(
                Code.BAD_SCALAR,
                f"{text!r} is no {kind}",
                node,
                "write a possible value, or quote it to make it text",
            ) from None

    def check_size(self, node: Node) -> None:
        """Raise ``ReadError`` where aliases would make too many values, or too deep ones."""
        size, depth = self.weights.of(node)
        if size > MAX_NODES:
            told = f"aliases make more than {MAX_NODES:,} values of this"
        elif depth > MAX_DEPTH:
            told = f"by aliases, collections stand in each other more than {MAX_DEPTH} deep"
        else:
            return
        raise self.error(Code.ALIAS_BOMB, told, node, "write the values out")

    def error(self, code: Code, message: str, node: Node, remedy: str = "") -> ReadError:
        """The error of a node, at its place in the file."""
        return ReadError(
            code,
            message,
            where=self.places.place(node.start),
            excerpt=self.places.excerpt(node.start),
            remedy=remedy or "read or change a value beside it instead",
        )


def same(one: object, other: object) -> bool:
    """Equality of values *and types*; ``1`` is not ``1.0`` or ``True``, and NaN is NaN.

    The order of a mapping's keys is no part of its value, and keys are the same if the site's
    reader has one name for them.
    """
    if type(one) is not type(other):
        return False
    if type(one) is str:
        return one == other
    if isinstance(one, dict) and isinstance(other, dict):
        if not all(map(_is_text, (*one, *other))):
            one, other = key_names.labelled(one), key_names.labelled(other)
        return len(one) == len(other) and all(
            key in other and same(value, other[key]) for key, value in one.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        if math.isnan(one) or math.isnan(other):
            return math.isnan(one) and math.isnan(other)
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    return one == other


def _is_text(key: object) -> bool:
    return type(key) is str
