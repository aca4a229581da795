"""What a JSON Patch operation makes of plain data, worked out without the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from tests.text.edits import name_of

Tokens: TypeAlias = tuple[str, ...]
Operation: TypeAlias = dict[str, Any]


class ImpossibleError(Exception):
    """RFC 6902 has no result for the operation."""


def plain(data: Any) -> Any:
    """A copy in which nothing is shared, as aliases share it."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    return [plain(item) for item in data] if isinstance(data, list) else data


def places(data: Any, at: Tokens = ()) -> Iterator[tuple[Tokens, Any]]:
    """Every place below the root, and what stands there."""
    for token, value in members(data):
        yield (*at, token), value
        yield from places(value, (*at, token))


def members(data: Any) -> Iterator[tuple[str, Any]]:
    """The members of a collection, each with the token that names it."""
    if isinstance(data, dict):
        yield from ((name_of(key), value) for key, value in data.items())
    elif isinstance(data, list):
        yield from ((str(number), value) for number, value in enumerate(data))


def found(data: Any, tokens: Tokens) -> Any:
    """What stands at a place. Raises ``ImpossibleError``."""
    for token in tokens:
        inner = [value for name, value in members(data) if name == token]
        if not inner:
            raise ImpossibleError
        data = inner[0]
    return data


def add(data: Any, tokens: Tokens, value: Any) -> Any:
    """``data`` after the addition of a value, which replaces a key's and precedes an item."""
    if not tokens:
        return plain(value)
    data, last = plain(data), tokens[-1]
    parent = found(data, tokens[:-1])
    if isinstance(parent, dict):
        parent[_key(parent, last)] = plain(value)
    elif isinstance(parent, list) and last in ("-", *map(str, range(len(parent) + 1))):
        parent.insert(len(parent) if last == "-" else int(last), plain(value))
    else:
        raise ImpossibleError
    return data


def remove(data: Any, tokens: Tokens) -> Any:
    data = plain(data)
    found(data, tokens)
    parent = found(data, tokens[:-1])
    del parent[_key(parent, tokens[-1]) if isinstance(parent, dict) else int(tokens[-1])]
    return data


def replace(data: Any, tokens: Tokens, value: Any) -> Any:
    found(data, tokens)
    if not tokens:
        return plain(value)
    data = plain(data)
    parent = found(data, tokens[:-1])
    parent[_key(parent, tokens[-1]) if isinstance(parent, dict) else int(tokens[-1])] = plain(value)
    return data


def move(data: Any, source: Tokens, target: Tokens) -> Any:
    if len(target) > len(source) and target[: len(source)] == source:
        raise ImpossibleError
    if source == target:
        found(data, source)
        return data
    return add(remove(data, source), target, found(data, source))


def _key(parent: dict[Any, Any], token: str) -> Any:
    return next((key for key in parent if name_of(key) == token), token)
