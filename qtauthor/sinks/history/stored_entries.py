"""What was done in a site, as files that can be undone: ``history/000012`` in the site's state.

An entry that was undone is called ``000012.undone``; one that is not done yet ``000012.new``.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from qtauthor.changes.changeset import ChangeSet
from qtauthor.files import state_folder
from qtauthor.sinks import syscalls
from qtauthor.sinks.transaction import file_names
from qtauthor.sinks.transaction.journal import MADE, Filing, Journal, JournalHeader, JournalRecord

NEW = ".new"
UNDONE = ".undone"

KEEP_ENTRIES = 500
KEEP_BYTES = 256 << 20
"""So much of the history is kept; the oldest entries go first, the newest never."""


class HistoryEntry(NamedTuple):
    """One change that was made; ``undone`` if it was taken back and can be made again."""

    number: int
    undone: bool
    path: str

    @property
    def name(self) -> str:
        """The name of its file, which is its number."""
        return os.path.basename(self.path)  # noqa: PTH119  paths are text here

    @property
    def header(self) -> JournalHeader:
        """When, by what command, how many files. Raises ``SiteError`` ``damaged-journal``."""
        return Journal(self.path).header

    def changes(self) -> ChangeSet:
        """What it changed. Raises ``SiteError`` ``damaged-journal``."""
        journal = Journal(self.path)
        found = ChangeSet(tuple(record.change() for record in journal.records()))
        return found.invert() if journal.header.inverse else found

    def made(self) -> tuple[str, ...]:
        """The folders that it made."""
        journal = Journal(self.path)
        return () if journal.header.inverse else tuple(journal.folders(MADE))


def entries(root: Path) -> list[HistoryEntry]:
    """All that is kept, the oldest first. Those that were undone are the last."""
    own = state_folder.found(root)
    folder = own and own.below(file_names.HISTORY)
    return _entries(folder.path) if folder and folder.is_usable else []


def _entries(folder: str) -> list[HistoryEntry]:
    found: list[HistoryEntry] = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for name in os.listdir(folder):  # noqa: PTH208  paths are text here
            number = name.removesuffix(UNDONE)
            if number.isascii() and number.isdigit():
                path = os.path.join(folder, name)  # noqa: PTH118  paths are text here
                found.append(HistoryEntry(int(number), name.endswith(UNDONE), path))
    return sorted(found)


def next_filing(folder: str) -> Filing:
    """The filing of a new change: what was undone cannot be made again after it."""
    known = _entries(folder)
    number = known[-1].number + 1 if known else 1
    dropped = tuple(entry.name for entry in known if entry.undone)
    return Filing(number, f"{number:06d}{NEW}", f"{number:06d}", dropped)


def filing_of(entry: HistoryEntry, *, whole: bool) -> Filing:
    """The filing of an undo or redo: the entry changes sides.

    Unless ``whole``, a new entry of only those files that did takes its place.
    """
    name = f"{entry.number:06d}"
    other = name if entry.undone else name + UNDONE
    if whole:
        return Filing(entry.number, entry.name, other)
    return Filing(entry.number, name + NEW, other, (entry.name,))


def without_image(record: JournalRecord) -> JournalRecord:
    """A record as the history keeps it: the edits say enough."""
    if record.kind in ("create", "delete"):
        return record
    return msgspec.structs.replace(record, content=b"")


def prune(folder: str) -> None:
    """Let the oldest entries go, as many as are too much."""
    kept = size = 0
    for entry in reversed(_entries(folder)):
        with suppress(FileNotFoundError):
            size += os.path.getsize(entry.path)  # noqa: PTH202  paths are text here
            kept += 1
            if kept > 1 and (kept > KEEP_ENTRIES or size > KEEP_BYTES):
                syscalls.unlink(entry.path)
