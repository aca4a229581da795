"""The records of a batch in a temporary file, and the little of each that is kept in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from qtauthor.content.batch import Record, Row, Source
from qtauthor.errors import QtauthorError


class Spooled(msgspec.Struct, frozen=True, gc=False):
    """What is in memory of a record: its number and line, and where its ``size`` bytes are.

    ``title`` is that of the article, mostly the question itself.
    """

    number: int
    line: int
    start: int
    size: int
    question: str
    title: str
    subject: str
    slug: str | None
    path: str | None
    id: int | None
    links: bool
    whole: bool
    spelled: bool


class _Kept(msgspec.Struct, array_like=True):
    record: Record
    source: Source | None


class Spool:
    """Records, written one after the other into ``file``; with ``sources`` as given, too.

    ``count`` is the number of all records, ``problems`` what is wrong with those that are none,
    the ``faulty`` ones, each with its number.
    """

    def __init__(self, file: BinaryIO, *, sources: bool = False) -> None:
        self.file = file
        self.sources = sources
        self.records: list[Spooled] = []
        self.problems: list[tuple[int, QtauthorError]] = []
        self.faulty: set[int] = set()
        self.bad: list[Row] = []
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
                    self.bad.append(row)
            else:
                self._add(row, row.record)
        return self

    def record(self, item: Spooled) -> Record:
        """The whole of a record."""
        return self._read(item).record

    def source(self, item: Spooled) -> Source:
        """A record as it was given."""
        found = self._read(item).source
        assert found is not None
        return found

    def _read(self, item: Spooled) -> _Kept:
        self.file.seek(item.start)
        return self._decoder.decode(self.file.read(item.size))

    def _add(self, row: Row, record: Record) -> None:
        data = self._encoder.encode(_Kept(record, row.source if self.sources else None))
        self.file.write(data)
        question, subject = record.question.strip(), record.subject.strip()
        title = record.fields.get("title", question)
        self.subjects[subject] += 1
        self.records.append(
            Spooled(
                row.number,
                row.line,
                self._end,
                len(data),
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
        self._end += len(data)
