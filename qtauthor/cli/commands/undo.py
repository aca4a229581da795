"""``qtauthor undo``."""

from __future__ import annotations

import click

from qtauthor.cli import options, rewinding
from qtauthor.cli.state import State


@click.command()
@click.argument("steps", type=click.IntRange(min=1), default=1)
@options.force_unchanged
@options.showing
def undo(state: State, steps: int, force_unchanged: bool, sink: options.Sink) -> int:
    """Take back the latest changes.

    Each change is taken back whole, in all its files, the latest first. A file that was edited
    since stops that, and all such files are named.

    \b
    qtauthor undo
    qtauthor undo 3 --diff
    """
    return rewinding.run(state, steps, sink, redo=False, force=force_unchanged)
