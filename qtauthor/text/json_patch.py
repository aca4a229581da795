"""JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396), as values and as what they do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeAlias, TypeVar

import msgspec

from qtauthor.errors import Code, EditError, QtauthorError, RequestError
from qtauthor.text.js_yaml.key_names import labelled
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import Value, same


class AddOperation(msgspec.Struct, frozen=True, tag_field="op", tag="add"):
    """Set a key, or insert into a list before the index; ``-`` is its end."""

    path: str
    value: Any


class RemoveOperation(msgspec.Struct, frozen=True, tag_field="op", tag="remove"):
    """Take out what is there."""

    path: str


class ReplaceOperation(msgspec.Struct, frozen=True, tag_field="op", tag="replace"):
    """Another value for what is there."""

    path: str
    value: Any


class MoveOperation(msgspec.Struct, frozen=True, tag_field="op", tag="move"):
    """Take out at ``source`` and add at ``path``."""

    source: str = msgspec.field(name="from")
    path: str


class CopyOperation(msgspec.Struct, frozen=True, tag_field="op", tag="copy"):
    """Add at ``path`` what is at ``source``."""

    source: str = msgspec.field(name="from")
    path: str


class TestOperation(msgspec.Struct, frozen=True, tag_field="op", tag="test"):
    """Refuse the patch unless ``value`` stands at ``path``."""

    __test__ = False  # pytest collects by name

    path: str
    value: Any


Operation: TypeAlias = (
    AddOperation
    | RemoveOperation
    | ReplaceOperation
    | MoveOperation
    | CopyOperation
    | TestOperation
)


class Editable(Protocol):
    """What a patch needs of a document."""

    def get(self, pointer: str = "") -> Any:
        """The value at a pointer. Raises ``EditError`` if there is none."""

    def has(self, pointer: str) -> bool:
        """Whether there is a value at a pointer."""

    def set(self: D, pointer: str, value: Value) -> D:
        """With the value of a key or an item replaced, or a key added."""

    def insert(self: D, pointer: str, value: Value) -> D:
        """With an item inserted before the one at the pointer."""

    def remove(self: D, pointer: str) -> D:
        """Without what is at the pointer."""

    def move(self: D, source: str, pointer: str) -> D:
        """With what is at ``source`` moved to ``pointer``."""


D = TypeVar("D", bound=Editable)


def decode(data: str | bytes) -> list[Operation]:
    """A patch from its JSON text. Raises ``RequestError`` with ``bad-patch``."""
    try:
        return msgspec.json.decode(data, type=list[Operation])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _bad_patch(str(error)) from None


def decode_merge(data: str | bytes) -> dict[str, Any]:
    """A merge patch from its JSON text. Raises ``RequestError`` with ``bad-patch``."""
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _bad_patch(str(error)) from None


def operations(given: Iterable[Operation | dict[str, Any]]) -> list[Operation]:
    """A patch from its data. Raises ``RequestError`` with ``bad-patch``."""
    try:
        return [
            msgspec.convert(item, Operation) if isinstance(item, dict) else item for item in given
        ]
    except msgspec.ValidationError as error:
        raise _bad_patch(str(error)) from None


def encode(operations: Iterable[Operation]) -> str:
    """A patch as JSON, one operation a line. Dates become text, for JSON has none."""
    lines = ",\n  ".join(msgspec.json.encode(operation).decode() for operation in operations)
    return f"[\n  {lines}\n]" if lines else "[]"


def apply(document: D, operations: Iterable[Operation]) -> D:
    """``document`` after all operations, in order; if one fails, its number (from 0) is named.

    Raises ``EditError``.
    """
    for index, operation in enumerate(operations):
        try:
            document = _apply_one(document, operation)
        except QtauthorError as error:
            kind = operation.__struct_config__.tag
            what = f"operation {index} ({kind} {operation.path or 'the whole document'})"
            raise error.explained(what) from error
    return document


def _apply_one(document: D, operation: Operation) -> D:
    match operation:
        case AddOperation(path, value):
            return _add(document, path, value)
        case RemoveOperation(path):
            return document.remove(path)
        case ReplaceOperation(path, value):
            document.get(path)
            return document.set(path, value)
        case MoveOperation(source, path):
            return document.move(source, path)
        case CopyOperation(source, path):
            return _add(document, path, document.get(source))
        case TestOperation(path, value):
            _test(document, path, value)
            return document


def _add(document: D, path: str, value: Value) -> D:
    tokens = pointer.parse(path)
    if tokens and isinstance(document.get(pointer.join(tokens[:-1])), list):
        return document.insert(path, value)
    return document.set(path, value)


def _test(document: Editable, path: str, value: Value) -> None:
    found = document.get(path)
    if not equal(found, value):
        raise EditError(
            Code.TEST_FAILED,
            f"{path or 'the document'} is {found!r:.80}, not {value!r:.80}",
            remedy="nothing was changed; make the patch anew from what is there",
        )


def equal(one: Any, other: Any) -> bool:
    """Equality as RFC 6902 (section 4.6) has it: numbers by their value, a date as its text."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, datetime.date) != isinstance(other, datetime.date):
        one, other = (v.isoformat() if isinstance(v, datetime.date) else v for v in (one, other))
    return type(one) is type(other) and bool(one == other)


def merge(document: D, change: Any, at: str = "") -> D:
    """``document`` after a merge patch: ``null`` takes a key out, a mapping goes inside.

    Raises ``RequestError`` with ``bad-patch``.
    """
    if not isinstance(change, dict):
        if not at:
            raise _bad_patch("a merge patch of a front matter is an object")
        return document.set(at, change)
    if not isinstance(document.get(at) if document.has(at) else None, dict):
        return document.set(at, _without_nulls(change))
    for key, value in change.items():
        inner = at + pointer.join([key])
        if value is not None:
            document = merge(document, value, inner)
        elif document.has(inner):
            document = document.remove(inner)
    return document


def _without_nulls(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: _without_nulls(item) for key, item in value.items() if item is not None}


KeyLabels: TypeAlias = Callable[[str], dict[Any, str]]
"""The keys of the mapping at a pointer, each with the reference token that names it."""


def difference(
    old: Any, new: Any, at: str = "", names: KeyLabels | None = None
) -> Iterator[Operation]:
    """The operations that make ``new`` of ``old``; none where both are equal in value and type.

    ``names`` tells how keys that are no text are written in the old document.
    """
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _dict_difference(old, new, at, names)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_difference(old, new, at, names)
    else:
        yield ReplaceOperation(at, new)


def _dict_difference(
    old: dict[Any, Any], new: dict[Any, Any], at: str, names: KeyLabels | None
) -> Iterator[Operation]:
    known = labelled(names(at)) if names else {}
    old, new = labelled(old), labelled(new)
    for key, value in new.items():
        inner = at + pointer.join([known.get(key, key)])
        if key in old:
            yield from difference(old[key], value, inner, names)
        else:
            yield AddOperation(inner, value)
    for key in old:
        if key not in new:
            yield RemoveOperation(at + pointer.join([known.get(key, key)]))


def _list_difference(
    old: list[Any], new: list[Any], at: str, names: KeyLabels | None
) -> Iterator[Operation]:
    """What is equal at both ends stays; between, items are replaced, added or removed."""
    limit = min(len(old), len(new))
    head = next((i for i in range(limit) if not same(old[i], new[i])), limit)
    rest = limit - head
    tail = next((i for i in range(rest) if not same(old[-1 - i], new[-1 - i])), rest)
    common = limit - head - tail
    for index in range(head, head + common):
        yield from difference(old[index], new[index], f"{at}/{index}", names)
    start = head + common
    for index in range(len(old) - tail - 1, start - 1, -1):
        yield RemoveOperation(f"{at}/{index}")
    for index in range(start, len(new) - tail):
        yield AddOperation(f"{at}/{index}", new[index])


def _bad_patch(why: str) -> RequestError:
    return RequestError(
        Code.BAD_PATCH,
        f"this is no patch: {why}",
        remedy='a JSON Patch is a list such as [{"op": "replace", "path": "/score", "value": 1.5}]',
    )
