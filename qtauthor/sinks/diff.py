"""A change set as a unified diff that ``git apply`` takes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from qtauthor.changes.change import Change, Create, Delete, Move, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import Read

_NULL = "/dev/null"
_QUOTED = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def unified(
    changes: ChangeSet, read: Read, *, prefix: str = "", context: int = 3
) -> Iterator[bytes]:
    """The lines of the diff, each with its line feed; ``prefix`` goes before every path."""
    for change in changes.changes:
        yield from _file(change, read, prefix, context)


def git_prefix(root: Path) -> str:
    """The folder ``root`` as git calls it: below the top of its working tree, with ``/`` behind.

    ``git apply`` takes the paths of a diff from there. Nothing for a folder outside of git.
    """
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return f"{root.relative_to(folder).as_posix()}/" if folder != root else ""
    return ""


def _file(change: Change, read: Read, prefix: str, context: int) -> Iterator[bytes]:
    old, new = _contents(change, read)
    to = change.to if isinstance(change, Move) else change.path
    before, after = _name(f"a/{prefix}{change.path}"), _name(f"b/{prefix}{to}")
    yield b"diff --git %b %b\n" % (before, after)
    if isinstance(change, Create):
        yield b"new file mode 100644\n"
        before = _name(_NULL)
    elif isinstance(change, Delete):
        yield b"deleted file mode 100644\n"
        after = _name(_NULL)
    elif isinstance(change, Move):
        yield b"rename from %b\n" % _name(prefix + change.path)
        yield b"rename to %b\n" % _name(prefix + to)
    for line in difflib.diff_bytes(
        difflib.unified_diff, _lines(old), _lines(new), before, after, n=context
    ):
        yield line if line.endswith(b"\n") else line + b"\n"
        if not line.endswith(b"\n"):
            yield b"\\ No newline at end of file\n"


def _contents(change: Change, read: Read) -> tuple[bytes, bytes]:
    if isinstance(change, Create):
        return b"", change.content
    if isinstance(change, Delete):
        return change.content, b""
    old = read(change.path)
    return old, apply(old, change.edits)


def _lines(data: bytes) -> list[bytes]:
    """Lines that end at a line feed only, as git sees them."""
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _name(path: str) -> bytes:
    """A path as git writes it: in quotes where it has characters that would mislead."""
    if any(character in _QUOTED or not character.isprintable() for character in path):
        path = '"' + "".join(map(_escaped, path)) + '"'
    return path.encode("utf-8", "surrogateescape")


def _escaped(character: str) -> str:
    if character in _QUOTED:
        return _QUOTED[character]
    if character.isprintable():
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
