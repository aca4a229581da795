"""Make one change after the other ready beside its file: checked, proven, recorded, not in place.

Several processes can do that for one transaction at once: they append to one journal, which they
inherited open, whole frames each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeAlias

import msgspec

from qtauthor.changes.change import Create, Modify, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import SiteError
from qtauthor.sinks import syscalls, write_errors
from qtauthor.sinks.history import stored_entries
from qtauthor.sinks.real_paths import Places
from qtauthor.sinks.transaction import file_names, folders
from qtauthor.sinks.transaction.journal import FOLDER, MADE, Writer, encoded, record_of
from qtauthor.sinks.transaction.preflight import (
    CheckedChange,
    ReadFile,
    look,
    meet,
    meet_new,
    survey,
)

FileMark: TypeAlias = tuple[int, int, int, int]
"""What differs when a file was written: its inode, its times of change (ns) of the content and of
anything, its size. The second time cannot be set back; Windows has that of creation there."""


def mark(status: os.stat_result) -> FileMark:
    """The mark of a file."""
    return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size


class Leaving(msgspec.Struct, frozen=True, gc=False):
    """A file that leaves its name, and where it is set aside until all is done."""

    path: str
    target: str
    mark: FileMark
    aside: str


class Replaced(msgspec.Struct, frozen=True, gc=False):
    """A file whose place ``fresh`` takes."""

    path: str
    target: str
    mark: FileMark
    fresh: str


class Arriving(msgspec.Struct, frozen=True, gc=False):
    """A name that no file has, or none when all has left that leaves."""

    path: str
    target: str
    fresh: str


class Ready(msgspec.Struct, frozen=True, gc=False):
    """A change that only has to be put in place; ``record`` is what the history keeps of it.

    ``made`` are the folders that were made for it.
    """

    kind: str
    items: tuple[Leaving | Replaced | Arriving, ...]
    record: bytes
    made: tuple[str, ...] = ()


class Preparer:
    """Makes the changes of the transaction ``id_`` ready."""

    def __init__(self, places: Places, id_: str, journal: Writer) -> None:
        self.places = places
        self._id = id_
        self._journal = journal
        self._entered: set[str] = set()

    def look(self, path: str) -> ReadFile | None:
        """What is in a file that may be edited, if that is easily said."""
        return look(path, self.places)

    def modify(self, number: int, change: Modify, known: ReadFile | None) -> Ready:
        """Make an edit ready that was made on what is ``known``.

        ``number`` is the change's own in the transaction. Raises what ``survey`` raises, and
        ``SiteError`` with ``cannot-write``.
        """
        return self.stage(number, meet(change, self.places, known))

    def create(self, number: int, change: Create) -> Ready:
        """Make a new article ready. Raises as ``modify`` does."""
        return self.stage(number, meet_new(change, self.places))

    def staged(self, changes: ChangeSet, first: int) -> Iterator[Ready]:
        """Make changes ready whose own numbers begin with ``first``. Raises as ``modify`` does."""
        for number, found in enumerate(survey(changes, self.places), first):
            yield self.stage(number, found)

    def stage(self, number: int, found: CheckedChange) -> Ready:
        """Make a change ready. Raises ``SiteError`` with ``cannot-write``."""
        try:
            return self._stage(number, found)
        except OSError as error:
            raise write_errors.cannot_write(found.change.path, error) from error

    def flush(self) -> None:
        """Let the journal have all records so far. Raises ``OSError``."""
        self._journal.flush()

    def expect(self, paths: Iterable[str]) -> None:
        """Note the folders of files that may be changed, all at once; those that are to be made are
        noted when they are. Raises ``OSError``."""
        for path in {path.rpartition("/")[0]: path for path in paths}.values():
            with suppress(SiteError):  # an edit in it is refused
                target = self.places.new(path)
                if not self.places.missing_folders(target):
                    folder = _folder(target)
                    self._entered.add(folder)
                    self._journal.folder(FOLDER, self.places.relative(folder))
        self._journal.sync()

    def expect_new(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Make the folders for new files, all at once, before several processes write there.

        Gives those that were not there. Raises ``SiteError``, ``OSError``.
        """
        made: list[str] = []
        for path in {path.rpartition("/")[0]: path for path in paths}.values():
            target = self.places.new(path)
            missing = list(self._made_for(target))
            self._enter(_folder(target), missing)
            made += missing
        return tuple(made)

    def _enter(self, folder: str, missing: list[str]) -> None:
        """Note a folder in which something is written, and make it: noted first, so that neither a
        crash nor a power cut hides it."""
        if folder in self._entered:
            return
        self._entered.add(folder)
        self._journal.folder(FOLDER, self.places.relative(folder))
        for path in missing:
            self._journal.folder(MADE, self.places.relative(path))
        self._journal.sync()
        folders.make(missing)

    def _stage(self, number: int, found: CheckedChange) -> Ready:
        change, at, to, status, new = found
        target = to or at
        made = self._made_for(target) if status is None or to else ()
        folder = _folder(target)
        self._enter(folder, list(made))
        if to:
            self._enter(_folder(at), [])
        names = self.places.relative(at), self.places.relative(to) if to else ""
        record = record_of(change, names, new, status.st_mode if status else 0, number)
        whole = encoded(record)
        self._journal.record(whole)
        fresh = file_names.temporary(folder, self._id, number)
        if new is not None:
            like = (at, status) if status else None
            syscalls.write_new(fresh, new, synced=False, like=like)
        slim = stored_entries.without_image(record)
        kept = whole if slim is record else encoded(slim)
        return Ready(record.kind, self._items(number, found, fresh), kept, made)

    def _items(
        self, number: int, found: CheckedChange, fresh: str
    ) -> tuple[Leaving | Replaced | Arriving, ...]:
        change, at, to, status, _ = found
        if status is None:
            return (Arriving(change.path, at, fresh),)
        known = mark(status)
        if isinstance(change, Modify):
            return (Replaced(change.path, at, known, fresh),)
        aside = file_names.temporary(_folder(at), self._id, number, "o")
        leaving = Leaving(change.path, at, known, aside)
        return (leaving, Arriving(change.to, to, fresh)) if isinstance(change, Move) else (leaving,)

    def _made_for(self, target: str) -> tuple[str, ...]:
        if _folder(target) in self._entered:
            return ()
        return tuple(self.places.missing_folders(target))


def _folder(target: str) -> str:
    return target.rpartition(os.sep)[0]
