"""``qtauthor index``."""

from __future__ import annotations

from pathlib import Path

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.output import json_values
from qtauthor.cli.state import State
from qtauthor.text.plural import counted


@click.command()
@click.option("--rebuild", is_flag=True, help="Discard the index, and read every article again.")
@options.output_format
@options.common
@options.pass_state
def index(state: State, rebuild: bool, as_format: str) -> int:
    """Bring the index up to date.

    Commands that need the index do so by themselves. This one reports what it took.

    \b
    qtauthor index --rebuild
    """
    site = state.site()
    done = site.index.refresh(rebuild=rebuild)
    place = None if done.location is None else Path(done.location)
    size = place.stat().st_size if place is not None else 0
    if as_format == "json":
        facts = {"articles": done.total, "read": done.read, "gone": done.gone, "size": size}
        state.console.data(json_values.versioned(path=place and str(place), **facts))
        return exit_codes.DONE
    state.console.data(
        f"{counted(done.total, 'article', grouped=True)}: {done.read:,} read, {done.gone:,} gone"
    )
    if place is None:
        state.console.note("kept in memory only: the folder for the site's state cannot be used")
    else:
        state.console.note(f"{place} has {size / 1_000_000:,.1f} MB")
    return exit_codes.DONE
