"""The records of a table of text: which column is which field, and the cells of each row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from qtauthor.content.records.json_records import bad
from qtauthor.errors import ArticleError, Code, Place, QtauthorError
from qtauthor.text.near_match import meant, near
from qtauthor.text.source.encoding import MAX_BYTES

Found = tuple[int, list[str], Any]
"""The line where a row begins, its cells, and these by field or why it cannot be read."""

PROBLEM = "problem"
"""The column that tells why a record was rejected; nothing reads it."""

_DELIMITERS = (",", ";", "\t", "|")
_NAMED = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_LOOSE = re.compile(r"[\s_-]+")


class CsvLayout(NamedTuple):
    """How a table is written: the character between cells, the names of its columns as they stand,
    and the field of each; an empty one for a column that is not read."""

    delimiter: str
    header: list[str]
    fields: list[str]


class Columns(NamedTuple):
    """The names of fields, those that must be there, and the names that fields have in a table."""

    known: Sequence[str]
    needed: Sequence[str]
    names: Mapping[str, str]


def table(
    lines: Iterator[str], columns: Columns, delimiter: str | None
) -> tuple[CsvLayout, Iterator[Found]] | None:
    """How the table is written, and its rows; ``None`` for an empty one.

    Raises ``ArticleError`` with ``unknown-field`` or ``missing-field`` for all its columns at once.
    """
    csv.field_size_limit(MAX_BYTES)
    above, first = 0, next(lines, "")
    named = _NAMED.fullmatch(first)
    if named:
        above, first = 1, next(lines, "")
        delimiter = delimiter or named[1]
    while first and not first.strip():
        above, first = above + 1, next(lines, "")
    if not first:
        return None
    chosen = delimiter or _guessed(first, columns)
    reader = csv.reader(chain([first], lines), delimiter=chosen, strict=True)
    rows = _rows(reader, above)
    line, header = next(rows)
    if isinstance(header, QtauthorError):
        header.where = Place(None, line, 1)
        raise header
    fields = _fields(header, columns, line)
    return CsvLayout(chosen, header, fields), _found(rows, fields)


def _guessed(first: str, columns: Columns) -> str:
    """The delimiter under which most of the header's names are known."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([first], delimiter=delimiter))
        except csv.Error:
            return 0, 0
        known = _known(columns)
        return sum(_loose(cell) in known for cell in cells), len(cells)

    return max(_DELIMITERS, key=score)


def _rows(reader: Any, above: int) -> Iterator[tuple[int, Any]]:
    """Each row with its first line; the last is an error if the text is no table."""
    line = above + 1
    try:
        for row in reader:
            yield line, row
            line = above + reader.line_num + 1
    except csv.Error as error:
        yield line, bad(f"this is no CSV: {error}", "", "close the quote that begins here")


def _found(rows: Iterator[tuple[int, Any]], fields: list[str]) -> Iterator[Found]:
    for line, row in rows:
        if isinstance(row, QtauthorError):
            yield line, [], row
        elif any(cell.strip() for cell in row):
            yield line, row, _cells(row, fields)


def _cells(row: list[str], fields: list[str]) -> dict[str, str] | QtauthorError:
    """The cells that are not empty, each under its field."""
    if sum(map(len, row)) > MAX_BYTES:
        return bad("this is more than an article may have", "", "leave it out")
    if len(row) < len(fields) or any(cell.strip() for cell in row[len(fields) :]):
        shown = f"{len(row)} cells under {len(fields)} names"
        return bad(shown, ",".join(row), "quote cells that hold a comma or another delimiter")
    pairs = zip(fields, row, strict=False)
    return {field: cell for field, cell in pairs if field and cell.strip()}


def _loose(name: str) -> str:
    """A name without what spreadsheets and people vary: case, blanks, hyphens, underscores."""
    return _LOOSE.sub("", name.strip().casefold())


def _known(columns: Columns) -> dict[str, str]:
    """The field of each name, as loosely as it may be written."""
    known = {_loose(name): name for name in columns.known if name not in columns.names}
    known |= {_loose(theirs): name for name, theirs in columns.names.items()}
    return known | {PROBLEM: ""}


def _fields(header: list[str], columns: Columns, line: int) -> list[str]:
    """The field of each column. Raises ``ArticleError`` for all that are wrong."""
    known = _known(columns)
    passed = {_loose(name) for name in columns.names}
    fields = [known.get(_loose(name), "") for name in header]
    wrong = [
        name
        for name in header
        if name.strip() and _loose(name) not in known and _loose(name) not in passed
    ]
    twice = sorted({field for field in fields if field and fields.count(field) > 1})
    missing = [name for name in columns.needed if name not in fields]
    told = [_unknown(name, columns) for name in wrong]
    told += [f"{field} stands there twice" for field in twice]
    told += [f"there is no column {columns.names.get(name, name)!r}" for name in missing]
    if told:
        raise ArticleError(
            Code.UNKNOWN_FIELD if wrong else Code.MISSING_FIELD,
            f"the columns are wrong: {'; '.join(told)}",
            where=Place(None, line, 1),
            excerpt=", ".join(header)[:200],
            remedy="rename them, or map them with --map FIELD=NAME; the fields are "
            + ", ".join(columns.known),
        )
    return fields


def _unknown(name: str, columns: Columns) -> str:
    likely = near(_loose(name), (_loose(one) for one in columns.known))
    known = [one for one in columns.known if likely and _loose(one) == likely[0]][:1]
    return f"{name.strip()!r} is no field" + (f" ({meant(known)})" if known else "")
