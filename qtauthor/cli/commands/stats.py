"""``qtauthor stats``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

import click
import msgspec

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.output import json_values
from qtauthor.cli.output.console import on_one_line
from qtauthor.cli.state import State
from qtauthor.content.index.statistics import Statistics

_WIDTH = 80
_BAR = 30
"""Cells of the longest bar, if the terminal has room for it."""


@click.command()
@options.output_format
@options.common
@options.pass_state
def stats(state: State, as_format: str) -> int:
    """Count articles by subject and state.

    \b
    qtauthor stats
    qtauthor stats --format json
    """
    found = state.site().index.statistics()
    if as_format == "json":
        state.console.data(json_values.versioned(**msgspec.to_builtins(found, str_keys=True)))
        return exit_codes.DONE
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
    for line in _lines(found, width):
        state.console.data(line)
    return exit_codes.DONE


def _lines(found: Statistics, width: int) -> Iterator[str]:
    yield from _columns([(name, count, "") for name, count in _states(found)], width)
    yield ""
    yield "related blocks"
    most = max(found.related.values(), default=1)
    related = found.related.items()
    yield from _columns([(f"  {blocks}", count, count / most) for blocks, count in related], width)
    yield ""
    yield "subjects"
    most = max((subject.articles for subject in found.subjects), default=1)
    yield from _columns(
        [
            (f"  {on_one_line(one.name or one.key)}", one.articles, one.articles / most)
            for one in found.subjects
        ],
        width,
    )


def _states(found: Statistics) -> Iterator[tuple[str, int]]:
    yield "articles", found.articles
    yield "subjects", len(found.subjects)
    yield "related blocks", found.links
    yield "with a score", found.scored
    yield "no_index", found.no_index
    yield "ids of several articles", found.shared_ids
    yield "negative ids", found.negative_ids
    yield "without an id", found.without_id
    yield "that cannot be read", sum(found.broken.values())
    for code, count in found.broken.items():
        yield f"  {code}", count


def _columns(rows: list[tuple[str, int, float | str]], width: int) -> Iterator[str]:
    """Names to the left, numbers to the right, and bars behind them."""
    from rich.cells import cell_len, set_cell_size

    from qtauthor.cli.output.table import GAP, bar

    numbers = max((len(f"{count:,}") for _, count, _ in rows), default=0)
    longest = max((cell_len(name) for name, _, _ in rows), default=0)
    names = min(longest, max(10, width - numbers - 2 * len(GAP) - 10))
    cells = max(1, min(_BAR, width - names - numbers - 2 * len(GAP)))
    for name, count, share in rows:
        drawn = bar(share, cells) if isinstance(share, float) else ""
        yield f"{set_cell_size(name, names)}{GAP}{count:>{numbers},}{GAP}{drawn}".rstrip()
