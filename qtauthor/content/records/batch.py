"""Questions as data: one record each, as JSON or in a table of text.

``docs/import.md`` describes the record. What is wrong in a record goes with it and is not raised:
whoever made the batch wants to see everything at once.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Literal, NamedTuple, TypeAlias

import msgspec

from qtauthor.content.records import chunks, csv_records, json_records
from qtauthor.content.records.csv_records import PROBLEM, Columns, CsvLayout
from qtauthor.content.records.json_records import bad
from qtauthor.errors import ArticleError, Code, Place, QtauthorError
from qtauthor.model import article_fields
from qtauthor.model.article_fields import Related
from qtauthor.text.near_match import hint, near
from qtauthor.text.render.scalars import STYLES, Style
from qtauthor.text.source import characters
from qtauthor.text.yaml import pointer

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
_TYPES = {field.name: field.type for field in msgspec.structs.fields(Record)}
_NEEDED = ("question", "subject")
_JSON_CELLS = frozenset({"related", "fields", "styles"})
_NUMBER_CELLS = frozenset({"id", "score", "gap"})
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_EXPECTED = {
    "id": article_fields.EXPECTED[int],
    "date": article_fields.EXPECTED[datetime.date],
    "score": article_fields.EXPECTED[float],
    "no_index": article_fields.EXPECTED[bool],
    "gap": article_fields.EXPECTED[int],
    "keywords": "a list of words, or text with commas",
    "related": "a list of ids, urls, slugs, #numbers or whole blocks",
    "fields": "an object of fields and their values",
    "styles": f"an object of fields and their styles ({', '.join(STYLES)})",
}
"""What a field of a record is; the others are text."""

_LONG = 60


RawRecord: TypeAlias = dict[str, Any] | list[str] | str
"""A record as it was given: an object, the cells of a row, or what is no JSON."""


class Row(NamedTuple):
    """One record of a batch, numbered from 1; ``line`` is where it begins in the file.

    Without a ``record`` its ``problems`` tell why.
    """

    number: int
    line: int
    source: RawRecord
    record: Record | None
    problems: tuple[QtauthorError, ...] = ()


class BatchFormat(NamedTuple):
    """How a batch is written, as far as that is told; ``names`` are those that fields have there.

    ``label`` is what the batch is called in errors.
    """

    form: Format = "jsonl"
    names: Mapping[str, str] = {}
    label: str = "<batch>"
    delimiter: str | None = None
    encoding: str | None = None


class Batch(NamedTuple):
    """The records of a batch, each read when it is asked for, and the table that they stand in."""

    rows: Iterator[Row]
    table: CsvLayout | None = None


def opened(stream: BinaryIO, writing: BatchFormat) -> Batch:
    """The batch in a stream, of which no more than one record is in memory.

    Raises ``RequestError`` for what is no text, and ``ArticleError`` for columns that are none;
    iterating over its rows raises the first, too.
    """
    pieces = chunks.pieces(stream, writing.encoding, writing.label)
    if writing.form == "jsonl":
        return Batch(_numbered(json_records.records(pieces), writing))
    columns = Columns(NAMES, _NEEDED, writing.names)
    try:
        found = csv_records.table(chunks.split(pieces), columns, writing.delimiter)
    except QtauthorError as error:
        raise error.at(writing.label) from None
    if found is None:
        return Batch(iter(()))
    return Batch(_numbered(found[1], writing), found[0])


def placed(error: QtauthorError, path: str, number: int, line: int) -> QtauthorError:
    """The error of the record ``number``, which begins in ``line`` of the file ``path``."""
    found = error.explained(f"record {number}")
    found.where = Place(path, line, 1)
    return found


def _numbered(found: Iterator[tuple[int, Any, Any]], writing: BatchFormat) -> Iterator[Row]:
    number = 0
    for line, text, data in found:
        if isinstance(data, dict) and data.keys() == {PROBLEM}:
            continue  # it tells of the next one
        number += 1
        source: RawRecord = text if writing.form == "csv" or not isinstance(data, dict) else data
        if isinstance(data, QtauthorError):
            record, problems = None, [data]
        elif not isinstance(data, dict):
            record = None
            problems = [bad("a record is an object", json.dumps(data), 'write {"question": …}')]
        elif writing.form == "csv":
            record, problems = _checked({n: _cell(n, text) for n, text in data.items()})
        else:
            record, problems = _checked(_renamed(data, writing.names))
        told = tuple(placed(one, writing.label, number, line) for one in problems)
        yield Row(number, line, source, record, told)


def _renamed(data: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """An object by our own names, without what rejecting it had added."""
    ours = {theirs: name for name, theirs in names.items()} | {PROBLEM: ""}
    found = {ours.get(key, key): value for key, value in data.items() if key not in names}
    found.pop("", None)
    return found


def _checked(data: dict[str, Any]) -> tuple[Record | None, list[QtauthorError]]:
    """A record, or all that is wrong with it."""
    try:
        record = article_fields.converted(data, Record)
        sound = bool(record.question.strip() and record.subject.strip())
        sound = sound and (record.answer is None or record.answer_raw is None)
        sound = sound and math.isfinite(record.score or 0) and (record.gap or 0) >= 0
        if sound and next(characters.faults(data), None) is None:
            msgspec.msgpack.encode(record.fields)  # for numbers that nothing holds
            return record, []
    except (msgspec.ValidationError, OverflowError, RecursionError):
        pass
    found = list(_problems(data))
    return None, found or [bad("it holds a number that no article can hold", "", "mend it")]


def _problems(data: dict[str, Any]) -> Iterator[QtauthorError]:
    """All that is wrong with the data of a record, field by field."""
    unknown = [name for name in data if name not in _TYPES]
    if unknown:
        yield _unknown(unknown)
    for name in _NEEDED:
        if name not in data:
            told = f"there is no {name}"
            yield ArticleError(Code.MISSING_FIELD, told, remedy=f"give the {name}")
    for name, value in data.items():
        fault = next(characters.faults(value, pointer.join([name])), None)
        if fault is not None:
            path = ".".join(pointer.parse(fault.at))
            yield article_fields.fault_of(fault, path)
        elif name in _TYPES and not _fits(name, value):
            yield _wrong(name, value)
        elif name in _NEEDED and not value.strip():
            yield bad(f"{name} is empty", "", f"give the {name}")
    if data.get("answer") is not None and data.get("answer_raw") is not None:
        yield bad("answer and answer_raw are given both", "", "give one of them")


def _fits(name: str, value: Any) -> bool:
    try:
        found = article_fields.converted(value, _TYPES[name])
    except msgspec.ValidationError:
        return False
    if name == "gap" and found is not None:
        return bool(found >= 0)
    return not isinstance(found, float) or math.isfinite(found)


def _wrong(name: str, value: Any) -> QtauthorError:
    shown = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) < _LONG else f"{shown[:_LONG]}…"
    expected = _EXPECTED.get(name, article_fields.EXPECTED[str])
    told = f"{name} is {expected}; this is {shown}"
    return ArticleError(Code.WRONG_TYPE, told, remedy=f"mend the {name}, or leave it out")


def _unknown(names: list[str]) -> QtauthorError:
    likely = [(name, near(name.casefold(), NAMES)) for name in names]
    meant = ", ".join(f"{found[0]} for {name}" for name, found in likely if found)
    shown = ", ".join(map(repr, names))
    return ArticleError(
        Code.UNKNOWN_FIELD,
        f"records have no field {shown}",
        excerpt=shown[:200],
        remedy=hint(
            [meant] if meant else [],
            "other fields of an article go into fields; other names are mapped with --map",
        ),
    )


def _cell(name: str, text: str) -> Any:
    """What a cell of a table holds; a number that is none is left to the check of types."""
    bare = text.strip()
    if name == "score" and _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    if name in _JSON_CELLS or name in _NUMBER_CELLS:
        try:
            return json.loads(bare)
        except (ValueError, RecursionError):
            return bare
    if name == "no_index":
        return {"true": True, "false": False}.get(bare.lower(), bare)
    return bare if name == "date" else text
