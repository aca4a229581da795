"""A change set as a unified diff that ``git apply`` takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qtauthor.changes.change import Change, Create, Delete, Edit, Move, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.line_hunks import LineHunk, edited, lines
from qtauthor.changes.proof import Read

_NULL = "/dev/null"
_QUOTED = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def unified(
    changes: ChangeSet, read: Read, *, prefix: str = "", context: int = 3
) -> Iterator[bytes]:
    """The lines of the diff, each with its line feed; ``prefix`` goes before every path."""
    for change in changes.changes:
        yield from _file(change, read, prefix, context)


def _file(change: Change, read: Read, prefix: str, context: int) -> Iterator[bytes]:
    old, edits = _contents(change, read)
    to = change.target or change.path
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
    groups = _grouped(edited(old, edits), 2 * context)
    if groups:
        yield b"--- %b\n" % before
        yield b"+++ %b\n" % after
    left, right = lines(old), lines(apply(old, edits))
    for group in groups:
        for line in _hunk(left, right, group, context):
            yield line if line.endswith(b"\n") else line + b"\n"
            if not line.endswith(b"\n"):
                yield b"\\ No newline at end of file\n"


def _contents(change: Change, read: Read) -> tuple[bytes, tuple[Edit, ...]]:
    """The file as it was, and what is done to it."""
    if isinstance(change, Create):
        return b"", (Edit(0, b"", change.content),)
    if isinstance(change, Delete):
        return change.content, (Edit(0, change.content, b""),)
    return read(change.path), change.edits


def _grouped(blocks: Iterable[LineHunk], apart: int) -> list[list[LineHunk]]:
    """Blocks with no more than ``apart`` lines between them."""
    groups: list[list[LineHunk]] = []
    for block in blocks:
        if groups and block.start - groups[-1][-1].end <= apart:
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _hunk(
    old: list[bytes], new: list[bytes], group: list[LineHunk], context: int
) -> Iterator[bytes]:
    first, last = group[0], group[-1]
    lead, tail = min(context, first.start), min(context, len(old) - last.end)
    at = first.start - lead
    yield b"@@ -%b +%b @@\n" % (
        _range(at, last.end + tail),
        _range(first.to_start - lead, last.to_end + tail),
    )
    for block in group:
        yield from (b" " + line for line in old[at : block.start])
        yield from (b"-" + line for line in old[block.start : block.end])
        yield from (b"+" + line for line in new[block.to_start : block.to_end])
        at = block.end
    yield from (b" " + line for line in old[at : at + tail])


def _range(start: int, end: int) -> bytes:
    """Lines as a hunk's head tells them: an empty range stands behind the line before it."""
    count = end - start
    if count == 1:
        return b"%d" % (start + 1)
    return b"%d,%d" % (start + (count > 0), count)


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
