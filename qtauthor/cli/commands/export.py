"""``qtauthor export``."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from contextlib import closing

import click
import msgspec

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.selection import Selected, selecting
from qtauthor.cli.output.progress import Progress
from qtauthor.cli.running import standard_input
from qtauthor.cli.state import STDIN, State
from qtauthor.content.records import batch
from qtauthor.content.records.batch import Format, Record
from qtauthor.errors import QtauthorError
from qtauthor.operations import process_pool
from qtauthor.operations.records.export import Exporting, among


@click.command()
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    show_default=True,
    help="Output format.",
)
@selecting
@options.jobs
@options.stdin_filename
@options.common
@options.pass_state
def export(
    state: State, form: Format, jobs: int, selected: Selected, stdin_filename: str | None
) -> int:
    """Print articles as records.

    import turns them back into the same files, byte for byte. ARTICLE is a file, a folder, a
    pattern, a url, a slug or an id; - is standard input, with --stdin-filename as its name.

    \b
    qtauthor export --all > site.jsonl
    qtauthor export --subject Medicine --format csv > medicine.csv
    """
    if selected == Selected((STDIN,)):
        target, _ = standard_input.named(state, stdin_filename)
        site, paths = target.site, [target.path]
    else:
        site, paths = selected.articles(state)
    failed = 0
    out = sys.stdout.buffer
    out.write(_row(batch.NAMES) if form == "csv" else b"")
    progress = Progress(state.console, "exporting")
    work = Exporting(among(site, paths), _of_csv if form == "csv" else _of_json)
    jobs = jobs or process_pool.jobs_for(len(paths))
    with closing(process_pool.each(site, paths, work, jobs)) as found:
        for number, record in enumerate(found, 1):
            progress(number, len(paths))
            if isinstance(record, QtauthorError):
                failed += 1
                state.console.error(record)
            else:
                out.write(record)
    out.flush()
    if failed:
        state.console.note(f"{failed} of {len(paths)} articles were left out")
    return exit_codes.of(findings=bool(failed))


def _of_json(record: Record) -> bytes:
    return msgspec.json.encode(record) + b"\n"


def _of_csv(record: Record) -> bytes:
    """Texts as they are, everything else as JSON; an empty cell is what was not given."""
    given = msgspec.to_builtins(record)
    return _row([_cell(given.get(name)) for name in batch.NAMES])


def _row(cells: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
