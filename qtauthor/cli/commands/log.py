"""``qtauthor log``."""

from __future__ import annotations

import datetime
from typing import Any

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.output import json_values
from qtauthor.cli.state import State
from qtauthor.errors import QtauthorError
from qtauthor.sinks.history import stored_entries
from qtauthor.sinks.history.stored_entries import HistoryEntry


@click.command()
@click.option(
    "-n",
    "--number",
    "count",
    type=click.IntRange(min=1),
    default=20,
    help="The number of changes to show. [default: 20]",
)
@options.output_format
@options.common
@options.pass_state
def log(state: State, count: int, as_format: str) -> int:
    """Show what was changed in this site.

    The latest change comes first. Changes that were undone are marked; redo makes them again.

    \b
    qtauthor log -n 5
    """
    found = stored_entries.entries(state.site().root)[::-1][:count]
    if as_format == "json":
        state.console.data(json_values.versioned(changes=[_facts(entry) for entry in found]))
        return exit_codes.DONE
    for entry in found:
        state.console.data(_line(entry))
    if not found:
        state.console.note("nothing was changed yet")
    return exit_codes.DONE


def _line(entry: HistoryEntry) -> str:
    try:
        header = entry.header
    except QtauthorError as error:
        return f"{entry.number:>6}  {error.message}"
    undone = "  (undone)" if entry.undone else ""
    return f"{entry.number:>6}  {_when(header.time)}  {header.label}  ({header.summary}){undone}"


def _when(time: datetime.datetime | None) -> str:
    """In the time of whoever looks."""
    return f"{time.astimezone():%Y-%m-%d %H:%M}" if time else " " * 16


def _facts(entry: HistoryEntry) -> dict[str, Any]:
    facts: dict[str, Any] = {"number": entry.number, "undone": entry.undone}
    try:
        header, files = entry.header, entry.changes().paths
    except QtauthorError as error:
        return {**facts, "damaged": error.message}
    return {
        **facts,
        "time": header.time,
        "command": header.label,
        "summary": header.summary,
        "files": list(files),
    }
