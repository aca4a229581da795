"""The proof of a change set, before any sink: what is written is what was declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from qtauthor.changes import character_faults
from qtauthor.changes.bystanders import disturbed
from qtauthor.changes.change import Change, Delete, Modify, Move, apply, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, EditError, Place, QtauthorError, SiteError
from qtauthor.text.yaml.located_tree import Located

Read = Callable[[str], bytes]
"""A file's bytes by its path."""


def prove(changes: ChangeSet, read: Read) -> None:
    """Raise unless every change holds.

    Each file is changed once, and no two get one name. A modified file is still what the edits were
    made on, the edits give the digest that they promise, and every key that they touched was
    declared. An article that results can be read, and what was not declared reads as before. Of
    another file, such as a list of redirects, no more is known than its bytes. Raises ``EditError``
    with ``unproven-edit``, ``SiteError`` with ``changed-since``.
    """
    prove_names(changes)
    for change in changes.changes:
        proven(change, read(change.origin) if change.origin else b"")


def prove_names(changes: ChangeSet) -> None:
    """The part of the proof that reads no file: each is changed once, and no two get one name."""
    _refuse_twice(changes.paths, "it is changed twice at once")
    _refuse_twice(changes.arrivals, "two files would get this name")
    _refuse_overwriting(changes)


def proven(change: Change, data: bytes, *, readable: bool = True) -> bytes | None:
    """The content that the file gets, if the change holds for ``data``; ``None`` if it goes.

    Without ``readable`` the bytes alone are proven: for what brings back a file as it was.

    Raises as `prove`.
    """
    if isinstance(change, Modify | Move):
        written = _prove_edits(change, data)
        if readable and change.edits and _is_article(change):
            _prove_reading(change, data, written)
        return written
    if isinstance(change, Delete):
        if data != change.content:
            raise changed_since(change.path)
        return None
    if readable and _is_article(change):
        try:
            character_faults.refuse_any(change.content)
        except QtauthorError as error:
            raise error.at(change.path) from None
    return change.content


def _is_article(change: Change) -> bool:
    return (change.target or "").endswith(".md")


def _prove_reading(change: Modify | Move, data: bytes, written: bytes) -> None:
    """Read again what is about to be written. What could not be read before has no bystanders."""
    try:
        new = Located.decode(written)
    except QtauthorError as error:
        raise unproven(change.path, f"the result could not be read: {error.message}") from None
    try:
        old = Located.decode(data)
    except QtauthorError:
        return
    found = disturbed(old, new, change.declared)
    if found is not None:
        raise unproven(change.path, f"{found} would read differently, and was not asked to")


def _refuse_twice(paths: tuple[str, ...], why: str) -> None:
    if len(set(paths)) != len(paths):
        raise unproven(next(path for path, count in Counter(paths).items() if count > 1), why)


def _refuse_overwriting(changes: ChangeSet) -> None:
    """A name that is taken by a file which stays, though changed, cannot be given to another."""
    staying = {change.path for change in changes.changes if isinstance(change, Modify)}
    taken = next((path for path in changes.arrivals if path in staying), None)
    if taken is not None:
        raise unproven(taken, "another file would get its name")


def _prove_edits(change: Modify | Move, data: bytes) -> bytes:
    if digest(data) != change.before:
        raise changed_since(change.path)
    try:
        written = apply(data, change.edits)
    except ValueError:
        written = None
    if written is None or digest(written) != change.after:
        raise unproven(change.path, "the edits do not give what they promise")
    for pointer in change.touched:
        if not any(pointer == at or pointer.startswith(at + "/") for at in change.declared):
            raise unproven(change.path, f"{pointer} would change, and was not asked to")
    return written


def changed_since(path: str) -> SiteError:
    """The conflict with someone who wrote the file in the meantime."""
    return SiteError(
        Code.CHANGED_SINCE,
        "the file changed while it was worked on",
        where=Place(path),
        remedy="run the command again",
    )


def unproven(path: str, why: str) -> EditError:
    """What the proof says of a change that does not hold."""
    return EditError(
        Code.UNPROVEN_EDIT,
        f"the change is refused: {why}",
        where=Place(path),
        remedy="please report this",
    )
