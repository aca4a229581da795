"""The proof of a change set, before any sink: what is written is what was declared."""

from __future__ import annotations

from collections.abc import Callable

from qtauthor.changes.change import Change, Create, Modify, apply, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, EditError, Place, QtauthorError, SiteError
from qtauthor.text.document import Document

Read = Callable[[str], bytes]
"""A file's bytes by its path."""


def prove(changes: ChangeSet, read: Read) -> None:
    """Raise unless every change holds.

    Each file is changed once. A modified file is still what the edits were made on, the edits give
    the digest that they promise, and every key that they touched was declared. A new file can be
    read. Raises ``EditError`` with ``unproven-edit``, ``SiteError`` with ``changed-since``.
    """
    paths = changes.paths
    if len(set(paths)) != len(paths):
        twice = next(path for path in paths if paths.count(path) > 1)
        raise _unproven(twice, "it is changed twice at once")
    for change in changes.changes:
        _prove_one(change, read)


def _prove_one(change: Change, read: Read) -> None:
    if isinstance(change, Modify):
        _prove_modify(change, read(change.path))
    elif isinstance(change, Create):
        try:
            Document.parse(change.content)
        except QtauthorError as error:
            raise error.at(change.path) from None


def _prove_modify(change: Modify, data: bytes) -> None:
    if digest(data) != change.before:
        raise changed_since(change.path)
    try:
        written = digest(apply(data, change.edits))
    except ValueError:
        written = ""
    if written != change.after:
        raise _unproven(change.path, "the edits do not give what they promise")
    for pointer in change.touched:
        if not any(pointer == at or pointer.startswith(at + "/") for at in change.declared):
            raise _unproven(change.path, f"{pointer} would change, and was not asked to")


def changed_since(path: str) -> SiteError:
    """The conflict with someone who wrote the file in the meantime."""
    return SiteError(
        Code.CHANGED_SINCE,
        "the file changed while it was worked on",
        where=Place(path),
        remedy="nothing was written; run the command again",
    )


def _unproven(path: str, why: str) -> EditError:
    return EditError(
        Code.UNPROVEN_EDIT,
        f"the change is refused: {why}",
        where=Place(path),
        remedy="nothing was written; please report this",
    )
