"""A change set as a unified diff that ``git apply`` takes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from qtauthor.changes.change import Change, Create, Delete, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import Read

_NULL = "/dev/null"
_QUOTED = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def unified(changes: ChangeSet, read: Read, context: int = 3) -> Iterator[str]:
    """The lines of the diff, each with its line feed."""
    for change in changes.changes:
        yield from _file(change, read, context)


def _file(change: Change, read: Read, context: int) -> Iterator[str]:
    old, new = _contents(change, read)
    before, after = _name("a/" + change.path), _name("b/" + change.path)
    yield f"diff --git {before} {after}\n"
    if isinstance(change, Create):
        yield "new file mode 100644\n"
        before = _NULL
    elif isinstance(change, Delete):
        yield "deleted file mode 100644\n"
        after = _NULL
    lines = difflib.unified_diff(_lines(old), _lines(new), before, after, n=context)
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _contents(change: Change, read: Read) -> tuple[bytes, bytes]:
    if isinstance(change, Create):
        return b"", change.content
    if isinstance(change, Delete):
        return change.content, b""
    old = read(change.path)
    return old, apply(old, change.edits)


def _lines(data: bytes) -> list[str]:
    """Lines that end at a line feed only, as git sees them."""
    parts = data.decode("utf-8").split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _name(path: str) -> str:
    """A path as git writes it: in quotes where it has characters that would mislead."""
    if path.isprintable() and not any(character in path for character in _QUOTED):
        return path
    return '"' + "".join(_QUOTED.get(character, character) for character in path) + '"'
