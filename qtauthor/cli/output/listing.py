"""Articles as a table, JSON, CSV or paths."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from qtauthor.cli.output import json_values
from qtauthor.cli.output.console import Console, on_one_line

FORMATS = ("table", "json", "jsonl", "csv", "paths")
TABLE = ("id", "subject", "question")
DATA = (
    "path",
    "id",
    "question",
    "subject",
    "url",
    "date",
    "no_index",
    "score",
    "related",
    "problem",
)
"""The columns of a table, and of the other formats, if none are asked for."""

_NUMBERS = {"id", "score", "related", "inbound", "answer_length", "size"}
_BATCH = 1000

Row = dict[str, Any]


def namer(root: Path) -> Callable[[str], str]:
    """From a path below the root to how one would type it here."""
    up = Path(os.path.relpath(root)).as_posix()
    here = Path(os.path.relpath(Path.cwd(), root)).as_posix()
    if up == ".":
        return str
    inside = "" if here.split("/")[0] == ".." else f"{here}/"
    return lambda path: (
        path.removeprefix(inside) if inside and path.startswith(inside) else f"{up}/{path}"
    )


def named(root: Path, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    """Rows of the index by their columns; paths as one would type them here."""
    called = namer(root)
    for cells in rows:
        row = dict(zip(columns, cells, strict=True))
        if "path" in row:
            row["path"] = called(row["path"])
        if "no_index" in row:
            row["no_index"] = bool(row["no_index"])
        yield row


def show(console: Console, rows: Iterator[Row], columns: tuple[str, ...], as_format: str) -> int:
    """Print the rows. Gives how many there were."""
    if as_format == "table":
        return _table(console, list(rows), columns)
    if as_format == "json":
        found = list(rows)
        console.data(json_values.versioned(articles=found))
        return len(found)
    if as_format == "jsonl":
        return _written(console, (f"{json_values.compact(row)}\n" for row in rows))
    if as_format == "csv":
        return _written(console, _csv(columns, rows)) - 1
    return _written(console, (f"{_one_line(row['path'])}\n" for row in rows))


def nul_separated(console: Console, rows: Iterator[Row]) -> int:
    """Print paths with a NUL behind each, as ``xargs -0`` takes them."""
    return _written(console, (f"{row['path']}\0" for row in rows))


def _one_line(path: str) -> str:
    return on_one_line(path) if sys.stdout.isatty() else path


def _written(console: Console, lines: Iterator[str]) -> int:
    total = 0
    while batch := list(islice(lines, _BATCH)):
        console.raw("".join(batch).encode("utf-8", "surrogateescape"))
        total += len(batch)
    return total


def _csv(columns: tuple[str, ...], rows: Iterator[Row]) -> Iterator[str]:
    yield _csv_line(list(columns))
    for row in rows:
        yield _csv_line([_text(row[name]) for name in columns])


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(console: Console, rows: list[Row], columns: tuple[str, ...]) -> int:
    """A head and a line for each article; one that cannot be read is shown by path and problem."""
    from qtauthor.cli.output import table

    cells = [[_shown(row, name) for name in columns] for row in rows]
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    numbers = [name in _NUMBERS for name in columns]
    found = table.lines(columns, cells, numbers=numbers, width=width)
    head = next(found)
    if rows:
        colored = console.colored(sys.stdout)
        click.echo(click.style(head, bold=True) if colored else head, color=colored)
        _written(console, (f"{line}\n" for line in found))
    return len(rows)


def _shown(row: Row, name: str) -> str:
    if name == "question" and row.get("problem"):
        return on_one_line(f"{row['path']} [{row['problem']}]")
    value = row[name]
    return ("yes" if value else "") if isinstance(value, bool) else on_one_line(_text(value))
