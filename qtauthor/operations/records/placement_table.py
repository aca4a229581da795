"""The names and numbers of a batch's records, in a nameless database on the disk.

So it does not matter for the memory how many records there are. The database goes with its process,
and nobody else ever sees it.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias, overload

import msgspec

from qtauthor.errors import Code, SiteError
from qtauthor.operations.records.placed_record import PlacedRecord, Spooled

Became: TypeAlias = Literal["created", "updated", "skipped"]
"""What becomes of a record's article."""

_PAGE = 500
"""Rows that are in memory at a time."""


class PlacementTable:
    """All records, in the order of their numbers.

    Everything may raise ``SiteError`` with ``cannot-write``, in ``TakenPlaces``, too.
    """

    def __init__(self) -> None:
        self._new: list[tuple[object, ...]] = []
        try:
            self._database = sqlite3.connect("", isolation_level=None)
        except sqlite3.Error as error:
            raise _failed(error) from None
        weakref.finalize(self, self._database.close)
        for statement in _SETTINGS:
            self.run(statement)

    def add(self, item: Spooled) -> None:
        """Put a record down; its number is larger than those before it."""
        *cells, given, links, whole, spelled = msgspec.structs.astuple(item)
        number = None if given is None else str(given)  # there are larger ones than a database has
        self._new.append((*cells, number, links, whole, spelled))
        if len(self._new) >= _PAGE:
            self._flush()

    def items(self) -> Iterator[Spooled]:
        """Every record."""
        last = -1
        while rows := self.rows(f"{_ITEM} WHERE number > ? ORDER BY number LIMIT {_PAGE}", last):
            yield from map(_spooled, rows)
            last = rows[-1][0]

    def item(self, number: int) -> Spooled:
        """One record. Raises ``KeyError``."""
        for row in self.rows(f"{_ITEM} WHERE number = ?", number):
            return _spooled(row)
        raise KeyError(number)

    def places(self) -> TakenPlaces:
        """No places yet, for a new plan; those of the plan before are gone."""
        for statement in _PLACES:
            self.run(statement)
        return TakenPlaces(self)

    def rows(self, query: str, *values: object) -> list[Any]:
        """The answer to a query. Raises ``SiteError`` with ``cannot-write``."""
        if self._new:
            self._flush()
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _failed(error) from None

    def run(self, statement: str, *values: object) -> int:
        """Do what a statement says; gives how many rows it concerned.

        Raises ``SiteError`` with ``cannot-write``.
        """
        try:
            return self._database.execute(statement, values).rowcount
        except sqlite3.Error as error:
            raise _failed(error) from None

    def _flush(self) -> None:
        rows, self._new = self._new, []
        try:
            self._database.executemany(_ADD, rows)
        except sqlite3.Error as error:
            raise _failed(error) from None


class TakenPlaces:
    """Where the records of one plan go, and what becomes of them."""

    def __init__(self, ledger: PlacementTable) -> None:
        self._rows = ledger.rows
        self._run = ledger.run
        self._indexed: set[str] = set()
        self.turns = 0

    @property
    def wanted(self) -> Sequence[PlacedRecord]:
        """The records of which something is to be made, in their turns."""
        return Wanted(self)

    def first(self, path: str, number: int) -> int:
        """The first record that asked for a path: that is ``number`` if there was none."""
        if self._run("INSERT OR IGNORE INTO claim VALUES (?, ?)", path, number):
            return number
        [(first,)] = self._rows(_CLAIMED, path)
        return int(first)

    def id_of(self, question: str) -> int | None:
        """The id that a question was given first."""
        self._index("question")
        rows = self._rows("SELECT id FROM place WHERE question = ? ORDER BY number", question)
        return int(rows[0][0]) if rows else None

    def question_of(self, number: int) -> str | None:
        """The question that was given an id first."""
        self._index("id")
        query = "SELECT question FROM place WHERE id = ? ORDER BY number LIMIT 1"
        rows = self._rows(query, str(number))
        return str(rows[0][0]) if rows else None

    def add(
        self, item: PlacedRecord, page: str | None, became: Became | None, *, wanted: bool
    ) -> None:
        """Put down the place of a record; ``page`` is what it can be found by.

        If it is ``wanted``, something is to be made of it, in the order of these calls.
        """
        turn = self.turns if wanted else None
        self.turns += wanted
        cells = (item.number, item.subject, item.slug, item.path, str(item.id), item.exists)
        self._run(_PLACE, *cells, item.spooled.question, page, turn, became)

    def mark(self, item: PlacedRecord, became: Became) -> None:
        """Note what becomes of a record."""
        self._run("UPDATE place SET became = ? WHERE number = ?", became, item.number)

    def became(self, what: Became) -> Iterator[tuple[str, int]]:
        """The paths and ids of the records of which that became, in their order."""
        last = -1
        while rows := self._rows(f"{_BECAME} LIMIT {_PAGE}", what, last):
            yield from ((path, int(number)) for _, path, number in rows)
            last = rows[-1][0]

    def numbered(self, number: int) -> PlacedRecord | None:
        """The record with a number."""
        found = self._found("p.number = ?", number) if number < 2**63 else []
        return found[0] if found else None

    def at_path(self, path: str) -> PlacedRecord | None:
        """The record whose article derives to be there."""
        rows = self._rows(_CLAIMED, path)
        found = self.numbered(rows[0][0]) if rows else None
        return found if found and found.spooled.path is None else None

    def at_page(self, page: str) -> PlacedRecord | None:
        """The last record with a page."""
        self._index("page")
        found = self._found("p.page = ? ORDER BY p.number DESC LIMIT 1", page)
        return found[0] if found else None

    def with_id(self, number: int) -> list[PlacedRecord]:
        """The records with an id."""
        self._index("id")
        return self._found("p.id = ? ORDER BY p.number", str(number))

    def with_slug(self, slug: str) -> list[PlacedRecord]:
        """The records with a slug."""
        self._index("slug")
        return self._found("p.slug = ? ORDER BY p.number", slug)

    def between(self, start: int, stop: int) -> list[PlacedRecord]:
        """Those that are wanted, from one turn up to another."""
        self._index("turn")
        return self._found("p.turn >= ? AND p.turn < ? ORDER BY p.turn", start, stop)

    def _found(self, where: str, *values: object) -> list[PlacedRecord]:
        return [_placed(row) for row in self._rows(f"{_PLACED} WHERE {where}", *values)]

    def _index(self, column: str) -> None:
        """Make an index when it is first needed."""
        if column not in self._indexed:
            self._indexed.add(column)
            self._run(f"CREATE INDEX place_{column} ON place ({column})")


class Wanted(Sequence[PlacedRecord]):
    """The records of which something is to be made, read when they are asked for."""

    def __init__(self, places: TakenPlaces) -> None:
        self._places = places

    def __len__(self) -> int:
        return self._places.turns

    def __iter__(self) -> Iterator[PlacedRecord]:
        for start in range(0, len(self), _PAGE):
            yield from self._places.between(start, start + _PAGE)

    @overload
    def __getitem__(self, at: int) -> PlacedRecord: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PlacedRecord]: ...
    def __getitem__(self, at: int | slice) -> PlacedRecord | Sequence[PlacedRecord]:
        if isinstance(at, slice):
            start, stop, _ = at.indices(len(self))
            return self._places.between(start, stop)
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self._places.between(at, at + 1)[0]


_SETTINGS = (
    "PRAGMA journal_mode = OFF",  # it lives no longer than what is done with it
    "PRAGMA synchronous = OFF",
    """CREATE TABLE record (number INTEGER PRIMARY KEY, line INTEGER, start INTEGER, size INTEGER,
        question TEXT, title TEXT, subject TEXT, slug TEXT, path TEXT, id TEXT, links INTEGER,
        whole INTEGER, spelled INTEGER)""",
    "BEGIN",
)
_PLACES = (
    "DROP TABLE IF EXISTS place",
    "DROP TABLE IF EXISTS claim",
    """CREATE TABLE place (number INTEGER PRIMARY KEY, subject TEXT, slug TEXT, path TEXT, id TEXT,
        there INTEGER, question TEXT, page TEXT, turn INTEGER, became TEXT)""",
    "CREATE TABLE claim (path TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID",
)
_ADD = "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ITEM = "SELECT * FROM record"
_PLACE = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PLACED = """SELECT p.subject, p.slug, p.path, p.id, p.there, r.*
    FROM place AS p JOIN record AS r ON r.number = p.number"""
_CLAIMED = "SELECT number FROM claim WHERE path = ?"
_BECAME = "SELECT number, path, id FROM place WHERE became = ? AND number > ? ORDER BY number"


def _spooled(row: Sequence[Any]) -> Spooled:
    number, links, whole, spelled = row[9:]
    given = None if number is None else int(number)
    return Spooled(*(*row[:9], given, bool(links), bool(whole), bool(spelled)))


def _placed(row: Sequence[Any]) -> PlacedRecord:
    subject, slug, path, number, there, *rest = row
    return PlacedRecord(_spooled(rest), subject, slug, path, int(number), bool(there))


def _failed(error: sqlite3.Error) -> SiteError:
    """A failure of the database as one of the disk that it is on."""
    return SiteError(
        Code.CANNOT_WRITE,
        f"the names of the batch cannot be kept in a temporary file: {error}",
        remedy="see whether the disk of temporary files is full; TMPDIR names another folder",
    )
