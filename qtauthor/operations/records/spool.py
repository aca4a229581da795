"""The records of a batch in a temporary file, and the little that is asked of each in a ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from qtauthor.content.records.batch import RawRecord, Record, Row
from qtauthor.errors import QtauthorError
from qtauthor.operations.records.placed_record import Spooled
from qtauthor.operations.records.placement_table import PlacementTable


class _Kept(msgspec.Struct, array_like=True):
    record: Record | None
    source: RawRecord | None


class Spool:
    """Records, written one after the other into ``file``; with ``sources`` as given, too.

    ``count`` is the number of all records, ``problems`` what is wrong with those that are none,
    the ``faulty`` ones, each with its number.
    """

    def __init__(self, file: BinaryIO, *, sources: bool = False) -> None:
        self.file = file
        self.sources = sources
        self.ledger = PlacementTable()
        self.problems: list[tuple[int, QtauthorError]] = []
        self.faulty: set[int] = set()
        self._bad: dict[int, tuple[int, int]] = {}
        self.count = 0
        self.subjects: Counter[str] = Counter()
        self._end = 0
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(_Kept)

    def fill(self, rows: Iterable[Row]) -> Spool:
        """Take all records of a batch."""
        for row in rows:
            self.count += 1
            if row.record is None:
                self.faulty.add(row.number)
                self.problems += ((row.number, problem) for problem in row.problems)
                if self.sources:
                    self._bad[row.number] = self._write(_Kept(None, row.source))
            else:
                self._add(row, row.record)
        return self

    @property
    def records(self) -> Iterator[Spooled]:
        """All records that are some, in their order."""
        return self.ledger.items()

    def record(self, item: Spooled) -> Record:
        """The whole of a record."""
        found = self._read(item.start, item.size).record
        assert found is not None
        return found

    def source(self, number: int) -> RawRecord:
        """A record as it was given, also one that is none."""
        if number in self._bad:
            found = self._read(*self._bad[number]).source
        else:
            item = self.ledger.item(number)
            found = self._read(item.start, item.size).source
        assert found is not None
        return found

    def _read(self, start: int, size: int) -> _Kept:
        self.file.seek(start)
        return self._decoder.decode(self.file.read(size))

    def _write(self, kept: _Kept) -> tuple[int, int]:
        """Write something behind all that is there; gives where it begins, and its size."""
        data = self._encoder.encode(kept)
        self.file.write(data)
        start, self._end = self._end, self._end + len(data)
        return start, len(data)

    def _add(self, row: Row, record: Record) -> None:
        start, size = self._write(_Kept(record, row.source if self.sources else None))
        question, subject = record.question.strip(), record.subject.strip()
        title = record.fields.get("title", question)
        self.subjects[subject] += 1
        self.ledger.add(
            Spooled(
                row.number,
                row.line,
                start,
                size,
                question,
                title if isinstance(title, str) and title != question else question,
                subject,
                record.slug,
                record.path,
                record.id,
                bool(record.related),
                record.file is not None,
                "subject" in record.fields,
            )
        )
