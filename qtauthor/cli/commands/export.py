"""``qtauthor export``."""

from __future__ import annotations

import csv
import datetime
import io
import sys
from collections.abc import Iterator

import click
import msgspec

from qtauthor.cli import options, piped
from qtauthor.cli.progress import Progress
from qtauthor.cli.selection import Selected, selecting
from qtauthor.cli.state import STDIN, State
from qtauthor.content import batch
from qtauthor.content.batch import Format, Record
from qtauthor.errors import ArticleError, Code, QtauthorError
from qtauthor.operations.export import Exporter
from qtauthor.text import scalars


@click.command()
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    show_default=True,
    help="How to write the records.",
)
@selecting
@options.stdin_filename
@options.common
@options.pass_state
def export(state: State, form: Format, selected: Selected, stdin_filename: str | None) -> int:
    """Print articles as records.

    From them import makes the same files again, byte for byte. ARTICLE is a file, a folder, a
    pattern, a url, a slug or an id; - is standard input, under the name of --stdin-filename.

    \b
    qtauthor export --all > site.jsonl
    qtauthor export --subject Medicine --format csv > medicine.csv
    """
    if selected == Selected((STDIN,)):
        target, _ = piped.named(state, stdin_filename)
        site, paths = target.site, [target.path]
    else:
        site, paths = selected.articles(state)
    progress = Progress(state.console, "exporting")
    failed = 0

    def records() -> Iterator[Record]:
        nonlocal failed
        exporter = Exporter(site, paths)
        for number, path in enumerate(paths, 1):
            progress(number, len(paths))
            try:
                yield _whole(exporter.record(path))
            except QtauthorError as error:
                failed += 1
                state.console.error(error.at(path))

    lines = _csv(records()) if form == "csv" else _json(records())
    for line in lines:
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    if failed:
        state.console.note(f"{failed} of {len(paths)} articles were left out")
    return int(bool(failed))


def _whole(record: Record) -> Record:
    """The record. Raises ``ArticleError`` for what no file of records can hold."""
    half = scalars.halved(msgspec.to_builtins(record, builtin_types=(datetime.date,)))
    if half is not None:
        raise ArticleError(
            Code.WRONG_TYPE,
            "there is half of a surrogate pair, which no record can hold",
            excerpt=half[:200],
            remedy="write both halves of it, or none",
        )
    return record


def _json(records: Iterator[Record]) -> Iterator[bytes]:
    for record in records:
        yield msgspec.json.encode(record) + b"\n"


def _csv(records: Iterator[Record]) -> Iterator[bytes]:
    """Texts as they are, everything else as JSON; an empty cell is what was not given."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(batch.NAMES)
    for record in records:
        given = msgspec.to_builtins(record)
        writer.writerow([_cell(given.get(name)) for name in batch.NAMES])
        yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    data = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return data


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
