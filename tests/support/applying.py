"""Change sets put into a folder by the simplest means, without the program's own sink."""

from __future__ import annotations

import os
from pathlib import Path

from qtauthor.changes.change import Create, Delete, Move, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove


def write(changes: ChangeSet, root: Path) -> None:
    """Prove a change set and write it; nothing may be in the way of a new file."""
    prove(changes, lambda path: (root / path).read_bytes())
    contents: dict[str, bytes] = {}
    leaving: list[str] = []
    for change in changes.changes:
        if isinstance(change, Create):
            contents[change.path] = change.content
            continue
        old = (root / change.path).read_bytes()
        if isinstance(change, Delete | Move):
            leaving.append(change.path)
        if not isinstance(change, Delete):
            to = change.to if isinstance(change, Move) else change.path
            contents[to] = apply(old, change.edits)
    for path in leaving:
        (root / path).unlink()
    for path in changes.arrivals:
        assert not (root / path).exists(), path
    for path, data in contents.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".fresh")  # a new inode: the index sees that it changed
        fresh.write_bytes(data)
        os.replace(fresh, target)  # noqa: PTH105  over a file that is there, on every platform
