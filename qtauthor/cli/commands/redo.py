"""``qtauthor redo``."""

from __future__ import annotations

import click

from qtauthor.cli.arguments import options
from qtauthor.cli.running import history_run
from qtauthor.cli.state import State


@click.command()
@click.argument("steps", type=click.IntRange(min=1), default=1)
@options.force_unchanged
@options.showing
def redo(state: State, steps: int, force_unchanged: bool, sink: options.Sink) -> int:
    """Redo what was undone.

    Each change is made again as a whole, in all its files, until another change is made. If a file
    was edited since then, nothing is done, and all such files are listed.

    \b
    qtauthor redo
    qtauthor redo 3 --diff
    """
    return history_run.run(state, steps, sink, redo=True, force=force_unchanged)
