"""Bring the files of a journal to one side: all as they were to be, or all as they were.

It needs only the journal: each record gives both contents. So it does not matter how far anyone
came before, and it can itself be interrupted and begun again. A file that is on neither side was
written by someone else since: it stays as it is, and is named.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from qtauthor.changes.change import Modify, Move, apply, digest, invert
from qtauthor.files.name_forms import folded
from qtauthor.sinks import syscalls
from qtauthor.sinks.real_paths import Places
from qtauthor.sinks.transaction import file_names, folders
from qtauthor.sinks.transaction.journal import Journal, JournalRecord

_NO_FILE = frozenset({errno.ELOOP, errno.EMLINK, errno.EINVAL, errno.ENXIO, errno.EISDIR})
"""What a link, a folder or a device answers to who would read it as a file."""


class _Side(NamedTuple):
    """A file's digests before and after a change; ``None`` where there is no file."""

    before: str | None
    after: str | None


def settle(journal: Journal, places: Places, *, back: bool) -> list[str]:
    """Make all files old if ``back``, else new. Gives those that were left alone.

    Raises ``OSError``; ``SiteError`` with ``damaged-journal``, before anything is done.
    """
    return _Settling(journal, places, back=back).run()


def progress(journal: Journal, places: Places) -> tuple[int, int]:
    """How many of the journal's files are on the new side, and how many there are.

    Raises as ``settle`` does.
    """
    return _Settling(journal, places, back=False).progress()


def sides(record: JournalRecord) -> Iterator[tuple[str, _Side]]:
    """The files that a change touches, by their real places below the root."""
    at = os.fsdecode(record.at)
    if record.kind == "create":
        yield at, _Side(None, digest(record.content))
    elif record.kind == "delete":
        yield at, _Side(digest(record.content), None)
    elif record.kind == "modify":
        yield at, _Side(record.before, record.after)
    else:
        yield at, _Side(record.before, None)
        yield os.fsdecode(record.to_at), _Side(None, record.after)


class _Settling:
    def __init__(self, journal: Journal, places: Places, *, back: bool) -> None:
        self.journal = journal
        self.places = places
        self.back = back
        self.slots: dict[str, _Side] = {}
        self.shared: set[str] = set()
        self.twins: set[str] = set()
        self.todo: dict[str, str | None] = {}
        self.ready: list[tuple[str, str]] = []

    def run(self) -> list[str]:
        self._read_slots()
        left = [at for at, side in self.slots.items() if not self._is_ours(at, side)]
        synced = len(self.todo) <= file_names.FEW or not syscalls.SYNCS_AT_ONCE
        for record in self.journal.records():
            self._stage(record.number, record, synced=synced)
        if not synced:
            syscalls.sync()
        for at, wanted in self.todo.items():
            if wanted is None:
                syscalls.unlink(self.places.absolute(at))
        for fresh, target in self.ready:
            syscalls.rename(fresh, target)
        folders.sync({os.path.dirname(self.places.absolute(at)) for at in self.todo})  # noqa: PTH120  paths are text here
        return left

    def progress(self) -> tuple[int, int]:
        self._read_slots()
        done = total = 0
        for record in self.journal.records():
            total += 1
            done += all(self._state(at) == self.slots[at].after for at, _ in sides(record))
        return done, total

    def _read_slots(self) -> None:
        """Several changes may touch one name: one file leaves it, another gets it."""
        for record in self.journal.records():
            for at, side in sides(record):
                known = self.slots.get(at)
                if known:
                    self.shared.add(at)
                known = known or _Side(None, None)
                self.slots[at] = _Side(side.before or known.before, side.after or known.after)
        alike: dict[str, str] = {}
        for at in self.slots:
            other = alike.setdefault(folded(at), at)
            if other != at:
                self.twins |= {at, other}

    def _is_ours(self, at: str, side: _Side) -> bool:
        """Whether the file is on one of both sides, or on its way; what is to be done is noted."""
        wanted, other = (side.before, side.after) if self.back else (side.after, side.before)
        state = self._state(at)
        if state == wanted:
            return True
        # A name that one file leaves for another is free in between.
        if state == other or (state is None and at in self.shared):
            self.todo[at] = wanted
            return True
        return False

    def _state(self, at: str) -> str | None:
        target = self.places.absolute(at)
        # A system that ignores case finds a file by its twin's name, too.
        if at in self.twins and os.path.basename(target) not in _names_beside(target):  # noqa: PTH119  paths are text here
            return None
        return _digest_of(target)

    def _stage(self, number: int, record: JournalRecord, *, synced: bool) -> None:
        """Have the wanted contents ready beside their files."""
        for at, side in sides(record):
            wanted = side.before if self.back else side.after
            if wanted is None or at not in self.todo:
                continue
            target = self.places.absolute(at)
            fresh = self._temporary(number, target, "o" if self.back else "")
            if _digest_of(fresh) != wanted:
                fresh = self._write(number, record, target, synced=synced)
            self.ready.append((fresh, target))

    def _write(self, number: int, record: JournalRecord, target: str, *, synced: bool) -> str:
        folders.make(self.places.missing_folders(target))
        fresh = self._temporary(number, target, "r")
        with suppress(FileNotFoundError):
            syscalls.unlink(fresh)
        left = self.places.absolute(os.fsdecode(record.at))
        models = (target, self._temporary(number, left, "o"), left)
        like = next(filter(None, map(_model, models)), None)
        content = old_content(record) if self.back else record.content
        syscalls.write_new(fresh, content, synced=synced, like=like, mode=record.mode & 0o666)
        return fresh

    def _temporary(self, number: int, target: str, kind: str) -> str:
        folder = os.path.dirname(target)  # noqa: PTH120  paths are text here
        return file_names.temporary(folder, self.journal.header.id, number, kind)


def old_content(record: JournalRecord) -> bytes:
    """What the file held before the change."""
    change = record.change()
    if isinstance(change, Modify | Move):
        undone = invert(change)
        assert isinstance(undone, Modify | Move)
        return apply(record.content, undone.edits)
    return record.content


def _model(path: str) -> tuple[str, os.stat_result] | None:
    """A file whose rights a new one takes over; a link is none."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (path, status) if stat.S_ISREG(status.st_mode) else None


def _digest_of(path: str) -> str | None:
    """The digest of a file; ``None`` if there is none, nothing for a link or a folder."""
    try:
        return digest(syscalls.look(path, sys.maxsize, alone=False)[1])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno in _NO_FILE:
            return ""
        raise


def _names_beside(path: str) -> list[str]:
    try:
        return os.listdir(os.path.dirname(path))  # noqa: PTH120, PTH208  paths are text here
    except FileNotFoundError:
        return []
