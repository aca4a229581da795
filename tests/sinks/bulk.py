"""Change all articles of a site, one number to the next; for a test that kills it somewhere.

python -m tests.sinks.bulk ROOT FILES OLD NEW
"""

from __future__ import annotations

import sys
from pathlib import Path

from qtauthor.changes.changeset import ChangeSet
from qtauthor.sinks.locks import site_lock
from qtauthor.sinks.transaction import transaction
from tests.sinks.scenes import KEEP, TIME, body, modify


def name(number: int) -> str:
    return f"{KEEP}/s{number % 7}/article-{number}.md"


def build(root: Path, count: int) -> None:
    for number in range(count):
        path = root / name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body(0))


def changes(count: int, old: int, new: int) -> ChangeSet:
    return ChangeSet(tuple(modify(name(n), body(old), body(new)) for n in range(count)))


def change(root: Path, count: int, old: int, new: int) -> None:
    with site_lock.locked(root):
        told = changes(count, old, new)
        sys.stdout.write("go\n")
        sys.stdout.flush()
        transaction.commit(root, told, label=f"{old} to {new}", time=TIME, keep=KEEP)


if __name__ == "__main__":
    change(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
