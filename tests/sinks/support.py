"""What the tests of the disk share."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.changes.change import Edit, Modify, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import QtauthorError
from qtauthor.sinks import loose_files
from qtauthor.sinks.transaction.stage import WriteOrder
from qtauthor.sinks.transaction.transaction import commit_all

ARTICLE = b"---\nid: %d\ntitle: a\n---\n"


def modify(path: str, old: bytes, new: bytes) -> Modify:
    """The change of the whole content, as one edit."""
    return Modify(path, digest(old), digest(new), (Edit(0, old, new),), ("",))


def tree(root: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file's bytes, mode and inode, and every folder."""
    found = {}
    for path in sorted(root.rglob("*")):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(root))] = (data, status.st_mode, status.st_ino)
    return found


def write(changes: ChangeSet, root: Path) -> None:
    """Write without lock and history, in a site or not."""
    commit_all([WriteOrder(root, changes, is_site=False)])


def refused(changes: ChangeSet, root: Path) -> QtauthorError:
    """The error with which both a check and the writing refuse; nothing changes."""
    before = tree(root)
    errors = []
    for attempt in (loose_files.check, write):
        with pytest.raises(QtauthorError) as caught:
            attempt(changes, root)
        errors.append(caught.value)
    assert str(errors[0]) == str(errors[1])
    assert tree(root) == before
    return errors[0]
