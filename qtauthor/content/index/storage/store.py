"""The database that holds the index: its file, or memory where no file can be had."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from qtauthor.content.index.storage import file_mark, tables
from qtauthor.content.index.storage.file_mark import APPLICATION, NAME
from qtauthor.errors import SiteError
from qtauthor.files import presence
from qtauthor.files.private_folder import Folder, UntrustedError

PATIENCE = 30.0
"""Seconds to wait for another process that writes."""

_FILES = ("", "-wal", "-shm", "-journal")
_CACHE = -16_000  # KiB
_USELESS = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    )
)
"""Errors of a file that is whole but cannot be used; all others mean that it is damaged."""


class ForeignError(OSError):
    """The file is a database of another program."""


class _Connection(sqlite3.Connection):
    """One that closes itself where all that holds it is let go of in a circle: in which order the
    members of a circle end is not said, and the store may not be the first."""

    def __del__(self) -> None:
        with contextlib.suppress(sqlite3.ProgrammingError):  # it was never opened
            self.close()


class Store:
    """An open database with the tables of the index. ``path`` is ``None`` for one in memory.

    ``identity`` says what the index was made from, beside the files: one of another identity is
    emptied. Raises ``sqlite3.DatabaseError``, ``OSError``.
    """

    def __init__(self, path: Path | None, identity: str) -> None:
        self.path = path
        self._seen = 0
        self.identity = f"{tables.VERSION}\n{tables.LINKS}\n{identity}"
        self.connection = sqlite3.connect(
            path or ":memory:",
            timeout=PATIENCE,
            isolation_level=None,
            cached_statements=256,
            check_same_thread=False,  # one asks at a time; another may be the last to let go of it
            factory=_Connection,
        )
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        run = self.connection.execute
        run("PRAGMA trusted_schema = OFF")
        run(f"PRAGMA cache_size = {_CACHE}")
        run("PRAGMA temp_store = MEMORY")
        run("PRAGMA journal_size_limit = 1000000")
        if not self._is_current():
            with self.writing():
                if not self._is_current():
                    self.empty()
        self.share()
        self.settle()

    def is_ours(self) -> bool:
        """Whether it was made from what this connection would make it from."""
        return self._is_current()

    def is_usable(self) -> bool:
        """Whether it is ours, and nobody is about to fill it."""
        return self.is_ours() and bool(self.meta("filled"))

    def settle(self) -> None:
        """What others wrote until now is known."""
        self._seen = self.version()

    def stands(self) -> bool:
        """Whether no other connection has written since ``settle``."""
        return self.path is None or self.version() == self._seen

    def _is_current(self) -> bool:
        """Whether it has the tables of this version, nothing beside them, and the identity.

        Raises ``ForeignError`` for another program's.
        """
        run = self.connection.execute
        schema = run("SELECT type, name, sql FROM sqlite_master").fetchall()
        if run("PRAGMA application_id").fetchone()[0] != APPLICATION:
            if schema:
                raise ForeignError(errno.EEXIST, "another program's database", str(self.path))
            return False
        return tables.are_ours(schema) and self.meta("identity") == self.identity

    def empty(self) -> None:
        """In a transaction: take out what is there, of whatever version, and make the tables.

        Numbers go on, for those who remember some.
        """
        run = self.connection.execute
        following = self._following()
        run(f"PRAGMA application_id = {APPLICATION}")
        for kind in ("trigger", "view"):
            for (name,) in run("SELECT name FROM sqlite_master WHERE type = ?", (kind,)).fetchall():
                run(f"DROP {kind} IF EXISTS {_quoted(name)}")
        # A virtual table takes its shadow tables along, and must do so itself.
        found = run(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC"
        ).fetchall()
        for (name,) in found:
            run(f"DROP TABLE IF EXISTS {_quoted(name)}")
        for statement in (tables.META, *tables.create("main")):
            run(statement)
        self.set_meta("identity", self.identity)
        self.set_meta("next", following)

    def _following(self) -> int:
        there = self.connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'"
        )
        found = self.meta("next") if there.fetchone() else None
        return found if type(found) is int and 0 < found < 2**62 else 1

    def share(self) -> None:
        """Let readers go on while another process writes, once there is something to read.

        The first filling is faster without. If it is lost with the system, it is made again.
        """
        run = self.connection.execute
        if self.path is None or not self.meta("filled"):
            run("PRAGMA synchronous = OFF")
            return
        run("PRAGMA synchronous = NORMAL")
        if run("PRAGMA journal_mode").fetchone()[0] != "wal":
            run("PRAGMA busy_timeout = 0")
            with contextlib.suppress(sqlite3.OperationalError):  # a reader is there: another time
                run("PRAGMA journal_mode = WAL")
            run(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")

    def close(self) -> None:
        """Close the database; the file stays."""
        self.connection.close()

    def __del__(self) -> None:
        connection = getattr(self, "connection", None)
        if connection is not None:
            connection.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the only right to write, and do all of it or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def version(self) -> int:
        """Another number once another connection has written, and only then."""
        found: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    def meta(self, name: str) -> object:
        """A value of the index as a whole; ``None`` if there is none."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: str | int) -> None:
        """Keep a fact about the index itself, under its name."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def filled(self) -> None:
        """Note, in a transaction, that the tables are full, and index them if they are not."""
        if not self.meta("filled"):
            for statement in tables.INDEXES:
                self.connection.execute(statement)
            self.set_meta("filled", 1)

    def clock(self, device: int | None) -> int | None:
        """Now, in nanoseconds, by the clock of the file system ``device``.

        It is asked by touching the index: no other clock tells what times files are given. ``None``
        for an index in memory or on another device, which may have another clock, or if its file
        was taken away.
        """
        if self.path is None:
            return None
        try:
            os.utime(self.path)
            status = self.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns if status.st_dev == device else None


def open_store(folder: Folder | None, identity: str) -> Store:
    """The index's database in ``folder``: as it is, made anew if it is damaged, else in memory.

    What lies there and is not believed, or is another program's, stays as it is.
    """
    if folder is None:
        return Store(None, identity)
    for _ in range(2):
        try:
            return Store(_place(folder), identity)
        except OSError:
            break
        except sqlite3.DatabaseError as error:
            if is_useless(error) or not discard(folder):
                break
    return Store(None, identity)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def is_useless(error: sqlite3.DatabaseError) -> bool:
    """Whether the database cannot be used although it is whole."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _USELESS


def discard(folder: Folder) -> bool:
    """Remove the index's files; gives whether they are gone.

    What is no database any more is set aside; another program's stays.
    """
    try:
        place = _place(folder)
        if presence.is_there(place) and file_mark.is_foreign(place):
            return False
        if presence.is_there(place) and not file_mark.is_ours(place):
            place.replace(f"{place}.damaged")
        for suffix in _FILES:
            Path(f"{place}{suffix}").unlink(missing_ok=True)
    except (OSError, SiteError):
        return False
    return True


def _place(folder: Folder) -> Path:
    """The database's file, which SQLite would open even where it is a link. Raises ``OSError``."""
    folder.make()
    for suffix in _FILES:
        why = folder.problem(f"{NAME}{suffix}")
        if why:
            raise UntrustedError(errno.EPERM, why, folder.entry(f"{NAME}{suffix}"))
    return Path(folder.entry(NAME))
