"""The records that cannot be imported, in a file to be mended and imported again."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeAlias

from qtauthor.content.records.batch import BatchFormat, RawRecord
from qtauthor.content.records.csv_records import PROBLEM, CsvLayout
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, QtauthorError, RequestError, SiteError
from qtauthor.files import presence
from qtauthor.operations.records.import_batch import Importing, ImportRequest
from qtauthor.operations.records.spool import Spool

_NUMBERED = re.compile("#([0-9]{1,18})")

Problems = list[tuple[int, QtauthorError]]

ReferenceNaming: TypeAlias = Callable[[int], str | None]
"""From the number of a record to how the new file refers to it; ``None`` for no record."""


def found(site: Site, spool: Spool, request: ImportRequest, jobs: int) -> tuple[set[int], Problems]:
    """The numbers of the records that have to stay out, and why.

    What is related to one that stays out stays out, too.
    """
    request = request._replace(one_by_one=True)
    planned = Importing(site, spool, request._replace(without=frozenset(spool.faulty)))
    with closing(planned.each(planned.making(), jobs)) as made:
        for _ in made:
            pass
    problems = [*spool.problems, *planned.intake.problems]
    bad = planned.bad()
    while True:
        planned = Importing(site, spool, request._replace(without=frozenset(bad)))
        for item in planned.wanted:
            if item.spooled.links:
                planned.order(item)
        more = planned.bad() - bad
        problems += (one for one in planned.intake.problems if one[0] in more)
        if not more:
            return bad, sorted(problems, key=lambda problem: problem[0])
        bad |= more


class Rejects:
    """The file ``path``, written as the batch is; ``problems`` say why each is there."""

    def __init__(self, path: Path, writing: BatchFormat, table: CsvLayout | None) -> None:
        self.path = path
        self.writing = writing
        self.table = table
        self.problems: Problems = []
        self._part = path.with_name(f"{path.name}.part")

    def open(self) -> None:
        """See that it can be written. Raises ``SiteError``, ``RequestError``."""
        batch, own = presence.status(self.writing.label), presence.status(self.path)
        if batch and own and os.path.samestat(batch, own):
            raise RequestError(
                Code.USAGE,
                "the rejects would take the place of the batch",
                where=Place(str(self.path)),
                remedy="give --rejects another file",
            )
        try:
            self._part.write_bytes(b"")
        except OSError as error:
            raise self._cannot(error) from None

    def close(self) -> None:
        """Take away what was not finished."""
        with suppress(OSError):
            self._part.unlink()

    def write(self, spool: Spool, planned: Importing, bad: list[int]) -> None:
        """Write these records; without any there is no file. Raises ``SiteError``."""
        if not bad:
            return
        moved = {number: f"#{at}" for at, number in enumerate(bad, 1)}

        def place(number: int) -> str | None:
            item = planned.places.numbered(number)
            return planned.linker.url(item) if item else moved.get(number)

        why = self._reasons()
        try:
            with self._part.open("wb") as file:
                file.write(self._head())
                for number in bad:
                    told = "; ".join(why.get(number, ()))
                    file.write(self._written(spool.source(number), told, place))
            os.replace(self._part, self.path)  # noqa: PTH105  paths are text here
        except OSError as error:
            raise self._cannot(error) from None

    def _reasons(self) -> dict[int, list[str]]:
        """What is wrong, by the numbers of the records."""
        found: dict[int, list[str]] = {}
        for number, error in self.problems:
            found.setdefault(number, []).append(error.message)
        return found

    def _head(self) -> bytes:
        return _row(self.table, [*_bare(self.table), PROBLEM]) if self.table else b""

    def _written(self, source: RawRecord, why: str, place: ReferenceNaming) -> bytes:
        why = why.removeprefix("record ").partition(": ")[2] or why
        if isinstance(source, list):
            assert self.table is not None
            return _row(self.table, [*self._cells(self.table, source, place), why])
        if isinstance(source, dict):
            names = self.writing.names
            told = {**_renumbered(source, names.get("related", "related"), place), PROBLEM: why}
            return _json(told)
        return _json({PROBLEM: why}) + source.encode("utf-8", "replace") + b"\n"

    def _cells(self, table: CsvLayout, row: list[str], place: ReferenceNaming) -> Iterator[str]:
        """The cells of a row without the one that tells of problems; short rows are filled up."""
        for at, field in enumerate(table.fields):
            if table.header[at] in _bare(table):
                cell = row[at] if at < len(row) else ""
                yield _renumbered_cell(cell, place) if field == "related" else cell

    def _cannot(self, error: OSError) -> SiteError:
        return SiteError(
            Code.CANNOT_WRITE,
            f"the rejects cannot be written: {error.strerror or error}",
            where=Place(str(self.path)),
            remedy="name a file in a folder that can be written to",
        )


def _bare(table: CsvLayout) -> list[str]:
    """The header without the column that tells of problems."""
    return [name for name in table.header if name.strip().casefold() != PROBLEM]


def _row(table: CsvLayout, cells: list[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=table.delimiter).writerow(cells)
    return out.getvalue().encode("utf-8", "replace")


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=True).encode() + b"\n"


def _renumbered(data: Mapping[str, Any], name: str, place: ReferenceNaming) -> Mapping[str, Any]:
    """A record whose references by number lead to the same records from the new file."""
    links = data.get(name)
    if not isinstance(links, list):
        return data
    return {**data, name: [_reference(link, place) for link in links]}


def _renumbered_cell(cell: str, place: ReferenceNaming) -> str:
    try:
        links = json.loads(cell)
    except ValueError:
        return cell
    if not isinstance(links, list):
        return cell
    return json.dumps([_reference(link, place) for link in links])


def _reference(link: Any, place: ReferenceNaming) -> Any:
    number = _NUMBERED.fullmatch(link) if isinstance(link, str) else None
    return (place(int(number[1])) or link) if number else link
