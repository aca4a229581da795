"""How long a transaction takes, beside the same writing without any safety.

    python -m benchmarks.transaction [FILES] [FOLDER]

It makes a tree of FILES articles (36,000) of 4.6 kB in a new folder below FOLDER and changes one
line in each. The reference reads all files, writes them under temporary names and renames them, in
Python, without a sync; a transaction does that and proves, journals and syncs. Both work on the
same files, in turns.
"""

from __future__ import annotations

import datetime
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import show
from qtauthor.changes.change import Edit, Modify, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.files import state_folder
from qtauthor.sinks.history import stored_entries
from qtauthor.sinks.transaction import transaction
from tests.support.state import apart

SIZE = 4600
SUBJECTS = 60
ROUNDS = 3
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def article(number: int, score: int) -> bytes:
    head = b"---\nid: %06d\nscore: %d\nanswer: >-\n    " % (number, score)
    return head + (b"%06d " % number) * ((SIZE - len(head)) // 7) + b"\n---\n\n&nbsp;"


def make(root: Path, count: int) -> list[str]:
    """Write the tree. Gives the paths below ``root``."""
    paths = [
        f"content/learn/subject-{n % SUBJECTS:02}/a-question-with-a-number-{n}.md"
        for n in range(count)
    ]
    for number, path in enumerate(paths):
        if number < SUBJECTS:
            (root / path).parent.mkdir(parents=True)
        (root / path).write_bytes(article(number, 1))
    return paths


def change(paths: list[str], old: int, new: int) -> ChangeSet:
    """The score of every article."""
    edit = (Edit(len(b"---\nid: 000000\nscore: "), b"%d" % old, b"%d" % new),)
    return ChangeSet(
        tuple(
            Modify(path, digest(article(n, old)), digest(article(n, new)), edit)
            for n, path in enumerate(paths)
        )
    )


def plainly(root: Path, paths: list[str]) -> None:
    """Read, write beside, rename: all that is atomic for one file, and nothing for all."""
    for path in paths:
        name = f"{root}/{path}"
        with open(name, "rb") as file:  # noqa: PTH123
            data = file.read()
        with open(f"{name}.tmp", "wb") as file:  # noqa: PTH123
            file.write(data)
        os.rename(f"{name}.tmp", name)  # noqa: PTH104


def measure(root: Path, count: int) -> None:
    paths = make(root, count)
    state_folder.made(root)
    times: dict[str, list[float]] = {"plainly": [], "transaction": []}
    for turn in range(ROUNDS):
        os.sync()
        start = time.perf_counter()
        plainly(root, paths)
        times["plainly"].append(time.perf_counter() - start)
        changes = change(paths, turn + 1, turn + 2)
        os.sync()
        start = time.perf_counter()
        transaction.commit(root, changes, label="benchmark", time=NOW, keep="content/learn")
        times["transaction"].append(time.perf_counter() - start)
    reference = min(times["plainly"])
    rows = [
        (name, f"{min(found):.2f} s", f"{min(found) / reference:.2f}")
        for name, found in times.items()
    ]
    show(f"{count} articles, one line in each", ("way", "time", "ratio"), rows)
    kept = sum(os.path.getsize(entry.path) for entry in stored_entries.entries(root)) / ROUNDS  # noqa: PTH202
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nhistory: {kept / 1e6:.1f} MB an entry; peak memory of all: {peak} MB")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 36_000
    root = Path(tempfile.mkdtemp(dir=sys.argv[2] if len(sys.argv) > 2 else None))
    try:
        measure(root, count)
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    with apart():
        main()
