"""``qtauthor insert``."""

from __future__ import annotations

from functools import partial

import click

from qtauthor.cli.arguments import assignments, options
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import State
from qtauthor.operations.fields.edit import Insert, edit_and_tell


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="[ARTICLE]… KEY=VALUE")
@click.option("--after", metavar="KEY", help="Insert it after this key.")
@click.option("--before", metavar="KEY", help="Insert it before this key.")
@options.editing
def insert(
    state: State,
    arguments: tuple[str, ...],
    after: str | None,
    before: str | None,
    selected: Selected,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Add fields at a chosen place.

    Assignments work as in set, which puts fields where the template has them. A field that is
    already there stays where it is, and only gets the value.

    \b
    qtauthor insert --all /reviewed:=false --after no_index
    """
    if (after is None) == (before is None):
        raise click.UsageError("give either --after or --before")
    names, given = assignments.split(arguments, selected.is_narrowed)
    parsed = [assignments.parse(argument, state.read_text) for argument in given]
    steps = [Insert(key, value, after, before) for key, value in parsed]
    selected = selected._replace(names=tuple(names))
    edit = partial(edit_and_tell, steps=steps)
    return article_edits.run(state, selected, stdin_filename, edit, sink, "that is there already")
