"""``qtauthor redo``."""

from __future__ import annotations

import click

from qtauthor.cli import options, rewinding
from qtauthor.cli.state import State


@click.command()
@click.argument("steps", type=click.IntRange(min=1), default=1)
@options.force_unchanged
@options.showing
def redo(state: State, steps: int, force_unchanged: bool, sink: options.Sink) -> int:
    """Make again what was undone.

    Each change is made again whole, in all its files. It is possible until another change is made.
    A file that was edited since stops that, and all such files are named.

    \b
    qtauthor redo
    qtauthor redo 3 --diff
    """
    return rewinding.run(state, steps, sink, redo=True, force=force_unchanged)
