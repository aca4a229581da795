"""``qtauthor apply``."""

from __future__ import annotations

import os
from functools import partial

import click

from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import State
from qtauthor.operations.fields.script import Script, load
from qtauthor.operations.fields.script import apply as operation


@click.command()
@click.argument("script", metavar="SCRIPT.py:FUNCTION")
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@options.editing
def apply(
    state: State,
    script: str,
    selected: Selected,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Edit articles with a Python function.

    The function takes an Article and returns the changed one, for what no option can express. It
    cannot write by itself: its result is proven and written like any other edit.

    \b
    qtauthor apply mend.py:shorten --subject Physics --diff
    """
    path, _, name = script.rpartition(":")
    if not path or not name.isidentifier():
        raise click.UsageError("name a script and its function, as in mend.py:shorten")
    chosen = Script(os.path.abspath(path), name)  # noqa: PTH100  links keep their names
    load(chosen)
    return article_edits.run(
        state, selected, stdin_filename, partial(operation, script=chosen), sink
    )
