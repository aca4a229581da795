"""``qtauthor undo``."""

from __future__ import annotations

import click

from qtauthor.cli.arguments import options
from qtauthor.cli.running import history_run
from qtauthor.cli.state import State


@click.command()
@click.argument("steps", type=click.IntRange(min=1), default=1)
@options.force_unchanged
@options.showing
def undo(state: State, steps: int, force_unchanged: bool, sink: options.Sink) -> int:
    """Undo the latest changes.

    Each change is undone as a whole, in all its files, the latest first. If a file was edited since
    then, nothing is done, and all such files are listed.

    \b
    qtauthor undo
    qtauthor undo 3 --diff
    """
    return history_run.run(state, steps, sink, redo=False, force=force_unchanged)
