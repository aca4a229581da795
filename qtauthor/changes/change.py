"""One file's change. Paths are relative to the site's root, with ``/`` between their parts."""

from __future__ import annotations

import hashlib
from typing import TypeAlias

import msgspec

from qtauthor.text.document import Document


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """At byte ``start``, ``old`` gives way to ``new``."""

    start: int
    old: bytes
    new: bytes


class Create(msgspec.Struct, frozen=True, tag="create"):
    """A file that is not there yet."""

    path: str
    content: bytes


class Modify(msgspec.Struct, frozen=True, tag="modify"):
    """Edits in a file, sorted by ``start``, over the bytes whose digest is ``before``.

    ``declared`` are the pointers that the operation meant to change, ``touched`` those that the
    document's edits did change.
    """

    path: str
    before: str
    after: str
    edits: tuple[Edit, ...]
    declared: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()


class Delete(msgspec.Struct, frozen=True, tag="delete"):
    """A file that goes; ``content`` is what it held."""

    path: str
    content: bytes


Change: TypeAlias = Create | Modify | Delete


def digest(data: bytes) -> str:
    """The digest by which a file is known to be what it was."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def modify(path: str, document: Document, declared: tuple[str, ...]) -> Modify:
    """The change that makes of a document's original what it is now."""
    original = document.original
    edits = tuple(
        Edit(start, original[start:end], new.encode()) for start, end, new in document.edits
    )
    after = digest(document.to_bytes())
    return Modify(path, digest(original), after, edits, declared, document.touched)


def apply(data: bytes, edits: tuple[Edit, ...]) -> bytes:
    """``data`` after ``edits``. Raises ``ValueError`` where ``old`` does not stand."""
    parts: list[bytes] = []
    position = 0
    for edit in edits:
        end = edit.start + len(edit.old)
        if edit.start < position or data[edit.start : end] != edit.old:
            raise ValueError(f"byte {edit.start} is not what was edited")
        parts += (data[position : edit.start], edit.new)
        position = end
    return b"".join((*parts, data[position:]))


def invert(change: Change) -> Change:
    """The change that takes ``change`` back."""
    if isinstance(change, Create):
        return Delete(change.path, change.content)
    if isinstance(change, Delete):
        return Create(change.path, change.content)
    shift = 0
    edits: list[Edit] = []
    for edit in change.edits:
        edits.append(Edit(edit.start + shift, edit.new, edit.old))
        shift += len(edit.new) - len(edit.old)
    return msgspec.structs.replace(
        change, before=change.after, after=change.before, edits=tuple(edits)
    )
