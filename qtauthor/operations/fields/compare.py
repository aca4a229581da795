"""What two articles differ in: their data, and the way in which equal data is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.operations.fields.patch import typed
from qtauthor.text import json_patch
from qtauthor.text.document import Document
from qtauthor.text.json_patch import AddOperation, Operation, ReplaceOperation
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import same


class ValueChange(NamedTuple):
    """One place whose value differs; ``old`` or ``new`` is ``None`` where nothing stands."""

    pointer: str
    old: tuple[Any] | None
    new: tuple[Any] | None


def changes(one: Document, other: Document) -> list[ValueChange]:
    """The places that differ in value, each once."""
    return list(_changes("", one.get(), other.get()))


def _changes(at: str, old: Any, new: Any) -> Iterator[ValueChange]:
    """Lists of one length are compared item by item, others as a whole."""
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            inner = at + pointer.join([str(key)])
            if key in old and key in new:
                yield from _changes(inner, old[key], new[key])
            else:
                gone, came = ((side[key],) if key in side else None for side in (old, new))
                yield ValueChange(inner, gone, came)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _changes(f"{at}/{index}", before, after)
    else:
        yield ValueChange(at, (old,), (new,))


def operations(one: Document, other: Document) -> list[Operation]:
    """The JSON Patch that gives ``one`` the data of ``other``, also once it went through JSON.

    Raises ``EditError`` with ``unsupported-value`` for a value that JSON would give back otherwise.
    """
    steps = one.difference(other)
    for step in steps:
        if isinstance(step, AddOperation | ReplaceOperation) and not _survives(
            step.path, step.value
        ):
            raise EditError(
                Code.UNSUPPORTED_VALUE,
                f"JSON cannot carry the value of {step.path or 'the document'}",
                excerpt=f"{step.value!r:.80}",
                remedy="see it with --format text, and set it by hand",
            )
    return steps


def _survives(at: str, value: Any) -> bool:
    """Whether a patch that went through JSON sets exactly ``value``."""
    carried = json.loads(json_patch.encode([ReplaceOperation(at, value)]))[0]["value"]
    try:
        return same(typed(at, carried), value)
    except QtauthorError:
        return False


def manner(one: Document, other: Document) -> list[str]:
    """What is written differently although it reads the same, in a line each."""
    found = list(_styles("", one, other))
    if sorted(one.gaps.comments) != sorted(other.gaps.comments):
        found.append("comments")
    if one.gaps.blank_lines != other.gaps.blank_lines:
        found.append("blank lines")
    equal = one.body == other.body and same(one.get(), other.get())
    if not found and equal and one.text != other.text:
        found.append("indentation, line breaks or spelling")
    return found


def _styles(at: str, one: Document, other: Document) -> Iterator[str]:
    """Styles of texts, and orders of keys, that differ at ``at`` and below."""
    order, others = one.keys(at), other.keys(at)
    shared = [key for key in order if key in others]
    if shared != [key for key in others if key in order]:
        yield f"order of keys{' in ' + at if at else ''}"
    for key in shared:
        inner = at + pointer.join([key])
        style, new = one.style(inner), other.style(inner)
        if style is None and new is None:
            yield from _styles(inner, one, other)
        elif style != new and same(one.get(inner), other.get(inner)):
            yield f"{inner}: {style} -> {new}"
