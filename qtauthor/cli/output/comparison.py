"""The difference of two articles as lines for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from qtauthor.cli.output import json_values
from qtauthor.operations.fields.compare import ValueChange

_AROUND = 20
_LONGEST = 40
"""Characters around what differs, and characters of it that are shown."""


def lines(changes: Sequence[ValueChange], manner: Sequence[str]) -> Iterator[str]:
    """A line for each change; then, behind a heading, what is only written differently."""
    for change in changes:
        yield _line(change)
    if manner:
        yield "written differently:"
        yield from (f"  {line}" for line in manner)


def as_json(changes: Sequence[ValueChange], manner: Sequence[str], bodies_differ: bool) -> str:
    """The same as JSON; a value that is not there has no member."""
    found: list[dict[str, Any]] = []
    for change in changes:
        sides = {"old": change.old, "new": change.new}
        there = {name: side[0] for name, side in sides.items() if side is not None}
        found.append({"pointer": change.pointer, **there})
    return json_values.versioned(
        changes=found, written_differently=list(manner), bodies_differ=bodies_differ
    )


def _line(change: ValueChange) -> str:
    name = change.pointer.removeprefix("/").replace("/", ".") or "front matter"
    if change.old is None and change.new is not None:
        return f"{name}: added {_shown(change.new[0])}"
    if change.new is None and change.old is not None:
        return f"{name}: removed {_shown(change.old[0])}"
    assert change.old is not None
    assert change.new is not None
    old, new = change.old[0], change.new[0]
    if isinstance(old, str) and isinstance(new, str):
        old, new = _around_difference(old, new)
        return f"{name}: {old} -> {new}"
    return f"{name}: {_shown(old)} -> {_shown(new)}"


def _shown(value: Any) -> str:
    """A value on one line; text in quotes, so that it differs from what is no text."""
    text = (
        json.dumps(value, ensure_ascii=False) if isinstance(value, str) else json_values.line(value)
    )
    if isinstance(value, dict | list):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    limit = 2 * _AROUND + _LONGEST
    return text if len(text) <= limit else text[:limit] + "…"


def _around_difference(old: str, new: str) -> tuple[str, str]:
    """Both texts in quotes, without what they share far from where they differ."""
    shortest = min(len(old), len(new))
    head = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    rest = shortest - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return _window(old, head, tail), _window(new, head, tail)


def _window(text: str, head: int, tail: int) -> str:
    if len(text) <= 2 * _AROUND + _LONGEST:
        return json.dumps(text, ensure_ascii=False)
    start, stop = max(0, head - _AROUND), min(len(text), len(text) - tail + _AROUND)
    middle = text[start:stop]
    if len(middle) > 2 * _AROUND + _LONGEST:
        middle = f"{middle[: _AROUND + _LONGEST]}…{middle[-_AROUND:]}"
    quoted = json.dumps(middle, ensure_ascii=False)
    return ("…" if start else "") + quoted + ("…" if stop < len(text) else "")
