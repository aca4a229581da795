"""All that a transaction makes ready before it puts anything in place."""

from __future__ import annotations

import datetime
import marshal
import os
import posixpath
import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import NamedTuple, TypeAlias

import msgspec

from qtauthor.changes import changeset
from qtauthor.changes.changeset import ChangeSet
from qtauthor.files import presence
from qtauthor.sinks import syscalls, write_errors
from qtauthor.sinks.history import stored_entries
from qtauthor.sinks.real_paths import Places
from qtauthor.sinks.transaction import file_names, folders, recovery
from qtauthor.sinks.transaction.file_names import Home
from qtauthor.sinks.transaction.journal import MADE, VERSION, Filing, JournalHeader, Writer, text
from qtauthor.sinks.transaction.preflight import survey
from qtauthor.sinks.transaction.prepare import (
    Arriving,
    FileMark,
    Leaving,
    Preparer,
    Ready,
    Replaced,
)

_IN_MEMORY = 1 << 20
"""Bytes of names up to which no file is made for them."""

Tick = Callable[[], None]
"""Called twice for a file: when it is ready, and when it is in place."""

Feed: TypeAlias = Callable[[Preparer], Generator[Ready, None, None]]
"""Gives changes that are made ready one by one, with the preparer that it is handed."""


class WriteOrder(NamedTuple):
    """A change set for one folder, of which the lock is held if it is a site.

    ``label`` is the command in words, ``keep`` the folder that stays when it is emptied. ``filing``
    is what becomes of the history, ``emptied`` are further folders to remove when nothing is left
    in them. Without ``readable`` a new article need not be one. An ``inverse`` order takes back the
    change that its entry in the history is about. What a ``feed`` gives, which are edits of files,
    takes the place of the change set. Files are put in place by so many processes as ``jobs`` says.
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
    feed: Feed | None = None
    jobs: int = 1


class Staging:
    """What is ready. ``path`` is the file that is worked on, for errors."""

    def __init__(self, order: WriteOrder, tick: Tick) -> None:
        self.order = order
        self.tick = tick
        self.places = Places(order.root)
        self.id = secrets.token_hex(4)
        site = order.is_site
        self.home = (
            file_names.of_site(order.root) if site else file_names.of_folder(order.root, self.id)
        )
        recovery.recover(order.root, self.home)
        self.home.check()
        self.header = _header(order, self.id, self.home)
        self.path = order.changes.paths[0] if order.changes else order.keep
        self.folders: set[str] = set()
        self.made: set[str] = set()
        self.leaving: list[Leaving] = []
        self.replaced: list[Replaced] = []
        self.arriving = Arrivals(Path(self.home.part).parent)
        self._kinds: Counter[str] = Counter()
        self._changed: dict[str | FileMark, str] = {}
        self._journal: Writer | None = None
        self._entry: Writer | None = None
        self._kept: _Kept | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be put in place."""
        return not self._kinds

    def prepare(self) -> None:
        """Check, prove, and have everything ready on the disk. Raises ``SiteError``."""
        try:
            journal = self._journal = Writer(self.home.part, self.header)
            preparer = Preparer(self.places, self.id, journal)
            if not self.order.feed:
                preparer.expect((*self.order.changes.paths, *self.order.changes.arrivals))
                self._open_entry(self.header)
            with closing((self.order.feed or self._feed)(preparer)) as ready:
                for one in ready:
                    self._take(one)
                    self.tick()
            if self.order.feed and self._kinds:
                self._open_entry(_counted(self.header, self._kinds))
            for writer in self._writers():
                writer.finish()
            self._sync()
        except OSError as error:
            raise write_errors.cannot_write(self.path, error) from error

    def _sync(self) -> None:
        """Let the new contents reach the disk, and the name of the history's entry."""
        if self._entry and self.home.history:
            syscalls.sync_folder(self.home.history)
        if len(self.replaced) + len(self.arriving) > file_names.FEW and syscalls.SYNCS_AT_ONCE:
            syscalls.sync()
            return
        fresh: Iterator[Replaced | Arriving] = chain(self.replaced, self.arriving)
        for item in fresh:
            self.path = item.path
            syscalls.sync_file(item.fresh)

    def close(self) -> None:
        """Let go of the files that are being written."""
        for writer in self._writers():
            writer.close()
        if self._kept:
            self._kept.close()
        self.arriving.close()

    def _writers(self) -> list[Writer]:
        return [writer for writer in (self._journal, self._entry) if writer]

    def _feed(self, preparer: Preparer) -> Generator[Ready, None, None]:
        changes, readable = self.order.changes, self.order.readable
        for number, found in enumerate(survey(changes, self.places, readable=readable)):
            self.path = found.change.path
            yield preparer.stage(number, found)

    def _take(self, ready: Ready) -> None:
        self._kinds[ready.kind] += 1
        self.made.update(ready.made)
        self._keep(ready)
        for item in ready.items:
            self.path = item.path
            self.folders.add(item.target.rpartition(os.sep)[0])
            if isinstance(item, Arriving):
                self.arriving.append(item)
                continue
            for file in (item.target, item.mark) if isinstance(item, Replaced) else (item.target,):
                if file in self._changed:
                    raise write_errors.two_names(item.path, self._changed[file])
                self._changed[file] = item.path
            if isinstance(item, Replaced):
                self.replaced.append(item)
            else:
                self.leaving.append(item)

    def _open_entry(self, header: JournalHeader) -> None:
        """Begin the entry in the history, when it is known what it is about."""
        filing, state = header.filing, self.home.folder
        if filing and state and filing.old.endswith(stored_entries.NEW):
            entries = state.below(file_names.HISTORY)
            if not presence.is_there(entries.path):
                folders.make([entries.path], 0o700)
            self._entry = Writer(entries.entry(filing.old), header)
            if self._kept:
                with closing(self._kept) as kept:
                    for made, record in kept:
                        self._enter(made, record)

    def _keep(self, ready: Ready) -> None:
        if self._entry:
            self._enter(ready.made, ready.record)
        elif self.home.history and self.order.feed:
            self._kept = self._kept or _Kept(os.path.dirname(self.home.part))  # noqa: PTH120  paths are text here
            self._kept.add(ready)

    def _enter(self, made: tuple[str, ...], record: bytes) -> None:
        """Write a change into the entry in the history."""
        assert self._entry is not None
        for folder in made:
            self._entry.folder(MADE, self.places.relative(folder))
        self._entry.record(record)


class Arrivals:
    """New names, of which an import has as many as records: many of them are in a nameless file."""

    def __init__(self, folder: Path) -> None:
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(  # noqa: SIM115  see close
            _IN_MEMORY, mode="w+b", dir=str(folder)
        )
        self._count = 0

    def append(self, item: Arriving) -> None:
        """Keep one more."""
        data = marshal.dumps(msgspec.structs.astuple(item))  # names may be no Unicode
        self._file.write(len(data).to_bytes(4) + data)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Arriving]:
        self._file.seek(0)
        while head := self._file.read(4):
            yield Arriving(*marshal.loads(self._file.read(int.from_bytes(head))))  # noqa: S302  ours

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


class _Kept:
    """What the history is to have of a feed, in a nameless file until all of it is known."""

    def __init__(self, folder: str) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  it is closed by close

    def add(self, ready: Ready) -> None:
        data = msgspec.msgpack.encode((ready.made, ready.record))
        self._file.write(len(data).to_bytes(4) + data)

    def __iter__(self) -> Iterator[tuple[tuple[str, ...], bytes]]:
        self._file.seek(0)
        while head := self._file.read(4):
            data = self._file.read(int.from_bytes(head))
            yield msgspec.msgpack.decode(data, type=tuple[tuple[str, ...], bytes])

    def close(self) -> None:
        self._file.close()


def _header(order: WriteOrder, id_: str, where: Home) -> JournalHeader:
    filing = order.filing
    if filing is None and where.history:
        filing = stored_entries.next_filing(where.history)
    kinds = (order.changes.invert() if order.inverse else order.changes).kinds
    header = JournalHeader(
        VERSION,
        id_,
        text(order.label),
        order.time,
        "",
        0,
        order.emptied,
        posixpath.normpath(order.keep) if order.keep else "",
        filing,
        order.inverse,
    )
    return _counted(header, kinds)


def _counted(header: JournalHeader, kinds: Counter[str]) -> JournalHeader:
    summary = changeset.summary(kinds)
    return msgspec.structs.replace(header, summary=summary, count=kinds.total())
