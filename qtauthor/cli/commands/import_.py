"""``qtauthor import``."""

from __future__ import annotations

import datetime

import click

from qtauthor import clock
from qtauthor.cli import operating, options
from qtauthor.cli.options import Sink
from qtauthor.cli.progress import Progress
from qtauthor.cli.state import STDIN, State
from qtauthor.content import batch
from qtauthor.content.batch import Batch, Format
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, RequestError
from qtauthor.operations import bulk
from qtauthor.operations.import_batch import IfExists, Imported, Request, import_batch
from qtauthor.operations.outcome import Outcome

_SHOWN = 50
"""Notices that are printed one by one; of more only their number is told."""

_WORTH_IT = 200
"""Records from which on a second process is faster than its own start."""


@click.command("import")
@click.argument("file", metavar="BATCH")
@click.option(
    "--input",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    help="How the batch is written. [default: as its name ends, else jsonl]",
)
@click.option(
    "--if-exists",
    type=click.Choice(["fail", "skip", "update"]),
    default="fail",
    show_default=True,
    help="What to do with a question that is there already.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=NAME",
    help="The field's name in the batch, as in question=Title.",
)
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date of records without one. [default: today]",
)
@options.all_refs
@options.changing
def import_(
    state: State,
    file: str,
    form: Format | None,
    if_exists: IfExists,
    mapped: tuple[str, ...],
    date: datetime.datetime | None,
    all_refs: bool,
    sink: Sink,
) -> int:
    """Create articles from a batch of records.

    All of them are created, or none. BATCH is a file of JSON lines or CSV, or - for standard input.
    Every record is checked before anything is written, and all that is wrong is told with the
    number of its record.

    \b
    qtauthor import questions.jsonl --dry-run
    qtauthor import questions.csv --map question=Title --map answer=Text
    """
    form = form or ("csv" if file.lower().endswith(".csv") else "jsonl")
    label = "<stdin>" if file == STDIN else file
    found = batch.read(state.read_text(file), form, _names(mapped), label)
    day = date.date() if date else clock.today()
    results: list[Imported] = []

    def operation(site: Site) -> Outcome:
        taken = tuple(operating.taken(site, state.console, all_refs=all_refs))
        jobs = bulk.jobs_for(len(found.records), _WORTH_IT)
        told = Progress(state.console, "making articles")
        request = Request(day, if_exists, label, taken)
        result = import_batch(site, found, request, jobs=jobs, told=told)
        results.append(result)
        if result.problems:
            raise _refused(state, found, result.problems)
        return Outcome(result.changes, _few(result.notices))

    return operating.run(
        state,
        operation,
        sink,
        created=lambda: list(results[0].created),
        updated=lambda: list(results[0].updated),
        skipped=lambda: list(results[0].skipped),
    )


def _refused(state: State, found: Batch, problems: tuple[QtauthorError, ...]) -> QtauthorError:
    """Tell every problem; gives the error that ends the command."""
    for problem in problems:
        state.console.error(problem)
    lines = {problem.where.line for problem in problems}
    return RequestError(
        Code.BAD_BATCH,
        f"{len(lines)} of {len(found.records) + len(found.problems)} records cannot be imported",
        remedy="nothing was written; mend these records and import the batch again",
    )


def _few(notices: tuple[str, ...]) -> tuple[str, ...]:
    more = len(notices) - _SHOWN
    return (*notices[:_SHOWN], f"and {more} more of the kind") if more > 0 else notices


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
