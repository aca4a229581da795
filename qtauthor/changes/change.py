"""One file's change. Paths are relative to the site's root, with ``/`` between their parts."""

from __future__ import annotations

import hashlib
from typing import TypeAlias

import msgspec

from qtauthor.changes import character_faults
from qtauthor.text.document import Document
from qtauthor.text.edit import splice


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """At byte ``start``, ``old`` gives way to ``new``."""

    start: int
    old: bytes
    new: bytes


class _Change(msgspec.Struct, frozen=True):
    """What every change knows of itself."""

    path: str

    @property
    def kind(self) -> str:
        """The tag of its kind: ``create``, ``modify``, ``delete`` or ``move``."""
        return str(self.__struct_config__.tag)

    @property
    def origin(self) -> str | None:
        """The name that the file has before; ``None`` of a new one."""
        return self.path

    @property
    def target(self) -> str | None:
        """The name that the file has after; ``None`` of one that goes."""
        return self.path

    @property
    def leaves(self) -> str | None:
        """The name that the file gives up, if it does not keep it."""
        return self.origin if self.origin != self.target else None

    @property
    def arrives(self) -> str | None:
        """The name that the file takes, if it did not have it before."""
        return self.target if self.origin != self.target else None


class Create(_Change, frozen=True, tag="create"):
    """A file that is not there yet."""

    content: bytes

    @property
    def origin(self) -> None:
        """There is none before."""
        return None

    def digests(self) -> tuple[None, str]:
        """Of the file before and after; there is none before."""
        return None, digest(self.content)

    def result(self, _data: bytes = b"") -> bytes:
        """What the file holds after."""
        return self.content


class Modify(_Change, frozen=True, tag="modify"):
    """Edits in a file, sorted by ``start``, over the bytes whose digest is ``before``.

    ``declared`` are the pointers that the operation meant to change, ``touched`` those that the
    document's edits did change.
    """

    before: str
    after: str
    edits: tuple[Edit, ...]
    declared: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()

    def digests(self) -> tuple[str, str]:
        """Of the file before and after."""
        return self.before, self.after

    def result(self, data: bytes) -> bytes:
        """What the file holds after, where it held ``data``. Raises ``ValueError`` as `apply`."""
        return apply(data, self.edits)


class Delete(_Change, frozen=True, tag="delete"):
    """A file that goes; ``content`` is what it held."""

    content: bytes

    @property
    def target(self) -> None:
        """There is none after."""
        return None

    def digests(self) -> tuple[str, None]:
        """Of the file before and after; there is none after."""
        return digest(self.content), None

    def result(self, _data: bytes) -> None:
        """What the file holds after: it is gone."""


class Move(_Change, frozen=True, tag="move"):
    """A file that gets the name ``to``, with edits in it, of which there may be none.

    The other fields are those of ``Modify``.
    """

    to: str
    before: str
    after: str
    edits: tuple[Edit, ...] = ()
    declared: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """The name ``to``."""
        return self.to

    def digests(self) -> tuple[str, str]:
        """Of the file before and after."""
        return self.before, self.after

    def result(self, data: bytes) -> bytes:
        """What the file holds after, where it held ``data``. Raises ``ValueError`` as `apply`."""
        return apply(data, self.edits)


Change: TypeAlias = Create | Modify | Delete | Move


def digest(data: bytes) -> str:
    """The digest by which a file is known to be what it was.

    It is the first half of a SHA-256, which most processors have in hardware.
    """
    return hashlib.sha256(data, usedforsecurity=False).hexdigest()[:32]


def modify(path: str, document: Document, declared: tuple[str, ...]) -> Modify:
    """The change that makes of a document's original what it is now.

    Raises ``EditError`` with ``control-character`` if that brings in one that no file may hold.
    """
    original = document.original
    character_faults.refuse_new(document)
    edits = tuple(
        Edit(start, original[start:end], new.encode()) for start, end, new in document.edits
    )
    after = digest(document.to_bytes())
    return Modify(path, digest(original), after, edits, declared, document.touched)


def move(path: str, to: str, document: Document, declared: tuple[str, ...]) -> Move:
    """The change that makes of a document's original what it is now, under another name."""
    edited = modify(path, document, declared)
    return Move(path, to, edited.before, edited.after, edited.edits, declared, edited.touched)


def rewrite(path: str, old: bytes, new: bytes) -> Modify:
    """The change of a file as a whole: from where its bytes differ first to where last."""
    start = splice.common(old, new)
    end = splice.common(old[start:][::-1], new[start:][::-1])
    edit = Edit(start, old[start : len(old) - end], new[start : len(new) - end])
    return Modify(path, digest(old), digest(new), (edit,) if old != new else (), ("",))


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
    if isinstance(change, Move):
        change = msgspec.structs.replace(change, path=change.to, to=change.path)
    return msgspec.structs.replace(
        change, before=change.after, after=change.before, edits=tuple(edits)
    )
