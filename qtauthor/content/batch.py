"""Questions as data: one record each, in a file of JSON lines or of CSV.

``docs/import.md`` describes the record. What is wrong in a batch is gathered, not raised: whoever
made it wants to see everything at once.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from qtauthor.content.schema import Related
from qtauthor.errors import ArticleError, Code, Place, QtauthorError
from qtauthor.text import scalars
from qtauthor.text.scalars import Style

Format = Literal["jsonl", "csv"]
Reference: TypeAlias = int | str | Related
"""A related article: its id; its url or slug, or ``#k`` for record k of the batch; or the block."""


class Record(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One question. What is ``None`` or empty was not given.

    ``answer`` is Markdown, ``answer_raw`` what the field holds. ``fields`` has other fields by name
    or pointer, ``styles`` the style of a field where it is not the template's, ``gap`` the number
    of empty lines before the closing fence. ``file`` is the whole text of an article that none of
    this describes, ``path`` its place below the content folder if that is not derived.
    """

    question: str
    subject: str
    answer: str | None = None
    answer_raw: str | None = None
    description: str | None = None
    keywords: str | tuple[str, ...] | None = None
    id: int | None = None
    date: datetime.date | None = None
    score: float | None = None
    no_index: bool | None = None
    related: tuple[Reference, ...] | None = None
    slug: str | None = None
    fields: dict[str, Any] = {}
    styles: dict[str, Style] = {}
    gap: int | None = None
    path: str | None = None
    file: str | None = None


NAMES = tuple(field.name for field in msgspec.structs.fields(Record))
_JSON_CELLS = frozenset({"related", "fields", "styles"})
_NUMBER_CELLS = frozenset({"id", "score", "gap"})


class Numbered(NamedTuple):
    """A record and its number in the batch, from 1; ``line`` is where it begins in the file."""

    number: int
    line: int
    record: Record


class Batch(NamedTuple):
    """What a file of records holds, and what is wrong with it."""

    records: list[Numbered]
    problems: list[QtauthorError]


def read(text: str, form: Format, names: Mapping[str, str], path: str = "<batch>") -> Batch:
    """The records in ``text``. ``names`` maps a field of ours to the name that it has there.

    Raises nothing: what cannot be read is a problem of its record.
    """
    rows = _json_rows(text) if form == "jsonl" else _csv_rows(text)
    records: list[Numbered] = []
    problems: list[QtauthorError] = []
    for number, (line, row) in enumerate(rows, 1):
        try:
            data = row if isinstance(row, QtauthorError) else _renamed(row, names)
            if isinstance(data, QtauthorError):
                raise data
            records.append(Numbered(number, line, _record(data, cells=form == "csv")))
        except QtauthorError as error:
            problems.append(placed(error, path, number, line))
    return Batch(records, problems)


def placed(error: QtauthorError, path: str, number: int, line: int) -> QtauthorError:
    """The error of the record ``number``, which begins in ``line`` of the file ``path``."""
    found = error.explained(f"record {number}")
    found.where = Place(path, line, 1)
    return found


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    for line, row in enumerate(text.split("\n"), 1):
        if row.strip():
            try:
                yield line, json.loads(row, parse_constant=_no_number)
            except ValueError as error:
                yield line, _bad(f"this is no JSON: {error}", row, "write one object a line")


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    start = 1
    try:
        for row in reader:
            if not header:
                header = [name.strip() for name in row]
            elif row and len(row) != len(header):
                shown = f"{len(row)} cells under {len(header)} names"
                yield start, _bad(shown, ",".join(row), "quote cells that hold a comma")
            elif row:
                yield start, dict(_filled(header, row))
            start = reader.line_num + 1
    except csv.Error as error:
        yield start, _bad(f"this is no CSV: {error}", "", "close the quote that begins here")


def _filled(header: list[str], row: list[str]) -> Iterator[tuple[str, str]]:
    """The cells that are not empty, each under its name."""
    return ((name, cell) for name, cell in zip(header, row, strict=True) if cell)


def _renamed(row: Any, names: Mapping[str, str]) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise _bad("a record is an object", json.dumps(row), 'write {"question": …}')
    ours = {theirs: name for name, theirs in names.items()}
    return {ours.get(str(key), str(key)): row[key] for key in row if key not in names}


def _record(data: dict[str, Any], *, cells: bool) -> Record:
    half = scalars.halved(data)
    if half is not None:
        raise _bad("there is half of a surrogate pair", half, "write both halves, or none")
    if cells:
        data = {name: _cell(name, text) for name, text in data.items()}
    try:
        record = msgspec.convert(data, Record)
    except msgspec.ValidationError as error:
        raise _invalid(str(error), data) from None
    for name in ("question", "subject"):
        if not getattr(record, name).strip():
            raise _bad(f"{name} is empty", "", f"give the {name}")
    if record.answer is not None and record.answer_raw is not None:
        raise _bad("answer and answer_raw are given both", "", "give one of them")
    return record


def _cell(name: str, text: str) -> Any:
    """What a cell of CSV holds; a number that is none is left to the check of types."""
    try:
        if name in _JSON_CELLS or name in _NUMBER_CELLS:
            return json.loads(text, parse_constant=_no_number)
    except ValueError:
        return text
    return {"true": True, "false": False}.get(text.lower(), text) if name == "no_index" else text


def _invalid(message: str, data: dict[str, Any]) -> QtauthorError:
    """What msgspec says of a record, as a person would."""
    problem, _, at = message.partition(" - at ")
    field = at.strip("`").removeprefix("$").lstrip(".")
    unknown = [str(name) for name in data if name not in NAMES]
    if unknown and "unknown field" in problem:
        from difflib import get_close_matches

        near = get_close_matches(unknown[0], NAMES, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        return ArticleError(
            Code.UNKNOWN_FIELD,
            f"records have no field {unknown[0]!r}",
            excerpt=unknown[0],
            remedy=f"{hint}other fields of an article go into fields; names of columns are mapped "
            "with --map",
        )
    missing = "missing required field" in problem
    code = Code.MISSING_FIELD if missing else Code.WRONG_TYPE
    problem = problem[0].lower() + problem[1:]
    shown = f"{field}: {problem}" if field else problem
    remedy = "give the field" if missing else "give it a value of that type"
    return ArticleError(code, shown, remedy=remedy)


def _bad(message: str, excerpt: str, remedy: str) -> QtauthorError:
    return ArticleError(Code.BAD_RECORD, message, excerpt=excerpt[:200], remedy=remedy)
