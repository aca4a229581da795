"""``qtauthor import``."""

from __future__ import annotations

import datetime
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from qtauthor import clock
from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.running import driver
from qtauthor.cli.state import STDIN, State
from qtauthor.content.records import batch
from qtauthor.content.records.batch import BatchFormat, Format
from qtauthor.errors import Code, RequestError
from qtauthor.files import name_forms
from qtauthor.operations.records.import_batch import IfExists, ImportRequest
from qtauthor.operations.records.spool import Spool


@click.command("import")
@click.argument("file", metavar="BATCH")
@click.option(
    "--input",
    "form",
    type=click.Choice(["jsonl", "json", "csv", "tsv"]),
    help="The format of the batch. [default: that of its extension, else jsonl]",
)
@click.option(
    "--if-exists",
    type=click.Choice(["fail", "skip", "update"]),
    default="fail",
    show_default=True,
    help="What to do with a question that already exists.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=NAME",
    help="What the batch calls the field, as in question=Title.",
)
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date of records without one. [default: today]",
)
@click.option(
    "--delimiter",
    metavar="CHAR",
    help="The delimiter of a table, or the word tab. [default: detected from the first line]",
)
@click.option("--encoding", metavar="NAME", help="The encoding of the batch. [default: UTF-8]")
@click.option(
    "--rejects",
    "rejected",
    metavar="FILE",
    help="Import the good records, and write the others to FILE.",
)
@options.new_subject
@options.all_refs
@options.changing
def import_(
    state: State,
    file: str,
    form: Format | None,
    if_exists: IfExists,
    mapped: tuple[str, ...],
    date: datetime.datetime | None,
    delimiter: str | None,
    encoding: str | None,
    rejected: str | None,
    new_subject: bool,
    all_refs: bool,
    sink: Sink,
) -> int:
    """Create articles from a batch of records.

    All of them are created, or none. BATCH is a file of JSON lines, a JSON array or a table of text
    (CSV), or - for standard input. Every record is checked before anything is written, and each
    problem is reported with its record number.

    \b
    qtauthor import questions.jsonl --dry-run
    qtauthor import questions.csv --map question=Title --map answer=Text
    qtauthor import questions.csv --rejects rejects.csv
    """
    from qtauthor.cli.running.import_run import Import
    from qtauthor.cli.running.rejects import Rejects

    label = "<stdin>" if file == STDIN else file
    writing = BatchFormat(_form(file, form), _names(mapped), label, _delimiter(delimiter), encoding)
    request = ImportRequest(clock.day(date), if_exists, label, new_subjects=new_subject)
    with state.opened(file) as stream, tempfile.TemporaryFile() as kept, ExitStack() as ending:
        found = batch.opened(stream, writing)
        spool = Spool(kept, sources=rejected is not None).fill(found.rows)
        left = Rejects(Path(name_forms.there(rejected)), writing, found.table) if rejected else None
        if left is not None:
            ending.callback(left.close)
            left.open()
        job = Import(state, sink, spool, request, left, all_refs=all_refs)
        return driver.run(job)


def _form(file: str, form: str | None) -> Format:
    if form is not None:
        return "csv" if form in ("csv", "tsv") else "jsonl"
    return "csv" if file.lower().endswith((".csv", ".tsv", ".tab", ".txt")) else "jsonl"


def _delimiter(given: str | None) -> str | None:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}
    found = given if given is None else named.get(given.lower(), given)
    if found is not None and (len(found) != 1 or found in '"\r\n'):
        raise RequestError(
            Code.USAGE,
            f"{given!r} cannot stand between cells",
            excerpt=given or "",
            remedy="give one character, or tab",
        )
    return found


def _names(mapped: tuple[str, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for text in mapped:
        field, _, name = text.partition("=")
        if field not in batch.NAMES or not name:
            raise RequestError(
                Code.USAGE,
                f"--map {text} names no field of a record",
                excerpt=text,
                remedy=f"write FIELD=NAME with one of: {', '.join(batch.NAMES)}",
            )
        names[field] = name
    return names
