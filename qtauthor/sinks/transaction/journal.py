"""The file that tells what a transaction does: its format, written and read in sequence.

    magic   frame…                       one file
    frame = length, crc32 (big-endian, 4 bytes each), then a kind (1 byte) and MessagePack

The first frame is the ``JournalHeader``; then, in any order, folders that hold temporary files,
folders that were made, and one ``JournalRecord`` per change; the last is the end mark. A journal's
records hold the whole new content of each file, an entry of the history only the edits.
"""

from __future__ import annotations

import datetime
import os
import struct
import zlib
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from qtauthor.changes.change import Change, Create, Delete, Edit, Modify, Move
from qtauthor.errors import Code, Place, SiteError
from qtauthor.files import private_folder
from qtauthor.sinks import record_names as names
from qtauthor.sinks import syscalls

VERSION = 1
_MAGIC = b"qtauthor journal 1\n"
_FRAME = struct.Struct(">II")
_CHUNK = 1 << 20
_MAX_FRAME = 1 << 30

_KINDS = frozenset(("create", "delete", "modify", "move"))

HEADER, FOLDER, MADE, RECORD, END = b"H", b"F", b"M", b"R", b"E"


class Filing(msgspec.Struct, frozen=True, array_like=True):
    """What becomes of the history's files when the transaction is done.

    ``number`` is the entry's; ``old`` is renamed ``new``, then ``dropped`` go.
    """

    number: int
    old: str
    new: str
    dropped: tuple[str, ...] = ()


class JournalHeader(msgspec.Struct, frozen=True, array_like=True):
    """What the transaction is; ``id`` is in the names of its temporary files.

    ``emptied`` are folders to remove if nothing is left in them, beside those that a file leaves;
    ``keep`` is the one that stays, empty or not. An entry of the history whose records take its
    change back is ``inverse``.
    """

    version: int
    id: str
    label: str
    time: datetime.datetime | None
    summary: str
    count: int
    emptied: tuple[str, ...] = ()
    keep: str = ""
    filing: Filing | None = None
    inverse: bool = False


class JournalRecord(msgspec.Struct, frozen=True, array_like=True):
    """One change. Names are as the system has them: they need not be Unicode.

    ``at`` and ``to_at`` are the real files behind ``path`` and ``to``, relative to the root.
    ``content`` is that of a file that is made or goes; else the new content, or nothing in the
    history. ``mode`` is that of the old file. ``number`` is in the names of the change's temporary
    files: records stand in any order.
    """

    kind: str
    path: bytes
    to: bytes
    at: bytes
    to_at: bytes
    before: str
    after: str
    edits: tuple[Edit, ...]
    content: bytes
    mode: int
    number: int = -1

    def change(self) -> Change:
        """The change, without what its proof needed."""
        path = os.fsdecode(self.path)
        if self.kind == "create":
            return Create(path, self.content)
        if self.kind == "delete":
            return Delete(path, self.content)
        if self.kind == "modify":
            return Modify(path, self.before, self.after, self.edits)
        return Move(path, os.fsdecode(self.to), self.before, self.after, self.edits)


_encoder = msgspec.msgpack.Encoder()
_headers = msgspec.msgpack.Decoder(JournalHeader)
_records = msgspec.msgpack.Decoder(JournalRecord)


class Writer:
    """Writes one such file; what was added may wait in memory until ``flush``.

    Whole frames are added at its end at once, so all processes that inherited it may do that.
    """

    def __init__(self, path: str, header: JournalHeader) -> None:
        self._path = path
        self._handle = syscalls.create(path, 0o600)
        self._waiting = [_MAGIC]
        self._size = 0
        self._add(HEADER, _encoder.encode(header))

    def folder(self, kind: bytes, relative: str) -> None:
        """Note a folder. It has to be synced before anything is done there."""
        self._add(kind, os.fsencode(relative))

    def record(self, payload: bytes) -> None:
        """Add a record, as ``encoded`` gives it."""
        self._add(RECORD, payload)

    def finish(self) -> None:
        """Mark the end, and let all of it reach the disk."""
        self._add(END, b"")
        self.flush()
        syscalls.fsync(self._handle)
        self.close()

    def flush(self) -> None:
        """Give what waits to the system."""
        waiting, self._waiting, self._size = b"".join(self._waiting), [], 0
        if waiting:
            syscalls.append(self._handle, waiting)

    def sync(self) -> None:
        """Let what was added so far, and the file's name, reach the disk."""
        self.flush()
        syscalls.fsync(self._handle)
        syscalls.sync_folder(os.path.dirname(self._path))  # noqa: PTH120  paths are text here

    def close(self) -> None:
        """Let go of the file, whatever is in it."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def _add(self, kind: bytes, payload: bytes) -> None:
        check = zlib.crc32(payload, zlib.crc32(kind))
        self._waiting += (_FRAME.pack(len(payload) + 1, check), kind, payload)
        self._size += len(payload)
        if self._size > _CHUNK:
            self.flush()


def encoded(record: JournalRecord) -> bytes:
    """A record as it stands in such a file."""
    return _encoder.encode(record)


class Journal:
    """Reads such a file as often as is asked."""

    def __init__(self, path: str) -> None:
        """Raises ``SiteError`` with ``damaged-journal`` if not even the header can be read."""
        self.path = path
        kind, payload = next(self._frames(), (b"", b""))
        if kind != HEADER:
            raise damaged(path)
        try:
            self.header = _headers.decode(payload)
        except msgspec.MsgspecError:
            raise damaged(path) from None
        if not _is_header(self.header):
            raise damaged(path)

    def records(self) -> Iterator[JournalRecord]:
        """Every change. Raises ``SiteError`` with ``damaged-journal`` where the file is torn."""
        kind, count = b"", 0
        for kind, payload in self._frames():
            if kind == RECORD:
                try:
                    record = _records.decode(payload)
                except msgspec.MsgspecError:
                    raise damaged(self.path) from None
                if not _is_record(record):
                    raise damaged(self.path)
                # Without a number they stand in the order of their numbers.
                yield record if record.number >= 0 else replace(record, number=count)
                count += 1
        if kind != END:
            raise damaged(self.path)

    def folders(self, kind: bytes) -> list[str]:
        """The folders of this kind, as far as the file is whole.

        Raises ``SiteError`` with ``damaged-journal`` for one that cannot be below the root.
        """
        found = [os.fsdecode(payload) for known, payload in self._frames() if known == kind]
        if not all(map(_is_folder, found)):
            raise damaged(self.path)
        return found

    def _frames(self) -> Iterator[tuple[bytes, bytes]]:
        try:
            handle = private_folder.opened(self.path)
        except private_folder.UntrustedError:
            return
        with open(handle, "rb", buffering=_CHUNK) as file:  # noqa: PTH123  paths are text here
            if file.read(len(_MAGIC)) != _MAGIC:
                return
            while len(head := file.read(_FRAME.size)) == _FRAME.size:
                size, check = _FRAME.unpack(head)
                if not 0 < size < _MAX_FRAME:
                    return
                frame = file.read(size)
                if len(frame) != size or zlib.crc32(frame) != check:
                    return
                yield frame[:1], frame[1:]


def _is_header(header: JournalHeader) -> bool:
    """Whether a program of ours can have written it: what it names is where it has to be."""
    filing = header.filing
    return (
        names.is_id(header.id)
        and all(map(_is_folder, (*header.emptied, header.keep)))
        and (filing is None or names.is_filing((filing.old, filing.new, *filing.dropped)))
    )


def _is_record(record: JournalRecord) -> bool:
    if record.kind not in _KINDS or record.number < -1:
        return False
    real = [record.at, record.to_at] if record.kind == "move" else [record.at]
    return all(names.is_below(os.fsdecode(name)) for name in real)


def _is_folder(relative: str) -> bool:
    """The root itself has the empty path."""
    return not relative or names.is_below(relative)


def damaged(path: str) -> SiteError:
    """What is said of a file that cannot be read to its end."""
    return SiteError(
        Code.DAMAGED_JOURNAL,
        "this record of a change is damaged",
        where=Place(path),
        remedy="nothing was written; what it recorded cannot be undone any more",
    )


def text(value: str) -> str:
    """``value`` with what UTF-8 cannot hold shown instead."""
    return value.encode("utf-8", "backslashreplace").decode()


def record_of(
    change: Change, names: tuple[str, str], new: bytes | None, mode: int, number: int
) -> JournalRecord:
    """The record of ``change``; ``names`` are the real files behind its two paths."""
    path, at, to_at = map(os.fsencode, (change.path, *names))
    kind = change.kind
    if isinstance(change, Create | Delete):
        return JournalRecord(kind, path, b"", at, to_at, "", "", (), change.content, mode, number)
    to = os.fsencode(change.arrives or "")
    before, after, edits = change.before, change.after, change.edits
    return JournalRecord(kind, path, to, at, to_at, before, after, edits, new or b"", mode, number)
