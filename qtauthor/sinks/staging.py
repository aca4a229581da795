"""Make a change set ready beside its files: checked, proven, recorded, nothing put in place."""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from qtauthor.changes.change import Change, Modify, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.sinks import failures, folders, history, home, recovery, system
from qtauthor.sinks.home import Home
from qtauthor.sinks.journal import (
    FOLDER,
    MADE,
    VERSION,
    Filing,
    Header,
    Writer,
    record_of,
    text,
)
from qtauthor.sinks.places import Places
from qtauthor.sinks.survey import Found, survey

Tick = Callable[[], None]
"""Called twice for a file: when it is ready, and when it is in place."""


class Order(NamedTuple):
    """A change set for one folder, of which the lock is held if it is a site.

    ``label`` is the command in words, ``keep`` the folder that stays when it is emptied. ``filing``
    is what becomes of the history, ``emptied`` are further folders to remove when nothing is left
    in them. Without ``readable`` a new article need not be one. An ``inverse`` order takes back the
    change that its entry in the history is about.
    """

    root: Path
    changes: ChangeSet
    label: str = ""
    time: datetime.datetime | None = None
    keep: str = ""
    is_site: bool = True
    filing: Filing | None = None
    emptied: tuple[str, ...] = ()
    readable: bool = True
    inverse: bool = False


class Mark(NamedTuple):
    """What differs when a file was written."""

    inode: int
    modified: int
    size: int


class Leaving(NamedTuple):
    """A file that leaves its name, and where it is set aside until all is done."""

    path: str
    target: str
    mark: Mark
    aside: str


class Replaced(NamedTuple):
    """A file whose place ``fresh`` takes."""

    path: str
    target: str
    mark: Mark
    fresh: str


class Arriving(NamedTuple):
    """A name that no file has, or none when all has left that leaves."""

    path: str
    target: str
    fresh: str


class Staging:
    """What is ready. ``path`` is the file that is worked on, for errors."""

    def __init__(self, order: Order, tick: Tick) -> None:
        self.order = order
        self.tick = tick
        self.places = Places(order.root)
        self.id = secrets.token_hex(4)
        site = order.is_site
        self.home = home.of_site(order.root) if site else home.of_folder(order.root, self.id)
        recovery.recover(order.root, self.home)
        self.header = _header(order, self.id, self.home)
        self.synced = len(order.changes.changes) <= home.FEW or not system.SYNCS_AT_ONCE
        self.path = order.changes.changes[0].path
        self.folders: set[str] = set()
        self.leaving: list[Leaving] = []
        self.replaced: list[Replaced] = []
        self.arriving: list[Arriving] = []
        self._journal: Writer | None = None
        self._entry: Writer | None = None

    def prepare(self) -> None:
        """Check, prove, and have everything ready on the disk."""
        try:
            self._begin()
            changes, readable = self.order.changes, self.order.readable
            for number, found in enumerate(survey(changes, self.places, readable=readable)):
                self.path = found.change.path
                self._stage(number, found)
                self.tick()
            for writer in self._writers():
                writer.finish()
            if not self.synced:
                system.sync()
        except OSError as error:
            raise failures.cannot_write(self.path, error) from error

    def close(self) -> None:
        """Let go of the files that are being written."""
        for writer in self._writers():
            writer.close()

    def _begin(self) -> None:
        self._journal = Writer(self.home.part, self.header)
        filing, folder = self.header.filing, self.home.history
        if filing and folder and filing.old.endswith(history.NEW):
            if not os.path.isdir(folder):  # noqa: PTH112
                folders.make([folder])
            self._entry = Writer(os.path.join(folder, filing.old), self.header)  # noqa: PTH118

    def _writers(self) -> list[Writer]:
        return [writer for writer in (self._journal, self._entry) if writer]

    def _stage(self, number: int, found: Found) -> None:
        change, at, to, status, new = found
        target = to or at
        self._enter(target, is_new=status is None or to != "")
        if to:
            self._enter(at, is_new=False)
        self._record(change, at, to, status, new)
        fresh = self._temporary(target, number)
        if new is not None:
            like = (at, status) if status else None
            system.write_new(fresh, new, synced=self.synced, like=like)
        if status is None:
            self.arriving.append(Arriving(change.path, at, fresh))
            return
        mark = Mark(status.st_ino, status.st_mtime_ns, status.st_size)
        if isinstance(change, Modify):
            self.replaced.append(Replaced(change.path, at, mark, fresh))
            return
        self.leaving.append(Leaving(change.path, at, mark, self._temporary(at, number, "o")))
        if isinstance(change, Move):
            self.arriving.append(Arriving(change.to, to, fresh))

    def _record(
        self, change: Change, at: str, to: str, status: os.stat_result | None, new: bytes | None
    ) -> None:
        names = self.places.relative(at), self.places.relative(to) if to else ""
        record = record_of(change, names, new, status.st_mode if status else 0)
        assert self._journal is not None
        self._journal.record(record)
        if self._entry:
            self._entry.record(history.without_image(record))

    def _enter(self, target: str, *, is_new: bool) -> None:
        """Note the folder of a file, and make it: noted first, so that no crash hides it."""
        folder = os.path.dirname(target)  # noqa: PTH120
        if folder in self.folders:
            return
        missing = self.places.missing_folders(target) if is_new else []
        for writer in self._writers():
            writer.folder(FOLDER, self.places.relative(folder))
            for path in missing:
                writer.folder(MADE, self.places.relative(path))
        self.folders.add(folder)
        folders.make(missing)

    def _temporary(self, target: str, number: int, kind: str = "") -> str:
        return home.temporary(os.path.dirname(target), self.id, number, kind)  # noqa: PTH120


def _header(order: Order, id_: str, where: Home) -> Header:
    filing = order.filing
    if filing is None and where.history:
        filing = history.next_filing(where.history)
    return Header(
        VERSION,
        id_,
        text(order.label),
        order.time,
        (order.changes.invert() if order.inverse else order.changes).summary(),
        len(order.changes.changes),
        order.emptied,
        order.keep,
        filing,
        order.inverse,
    )
