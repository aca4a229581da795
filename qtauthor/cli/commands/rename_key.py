"""``qtauthor rename-key``."""

from __future__ import annotations

from functools import partial

import click

from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import State
from qtauthor.operations.fields.edit import Rename, edit


@click.command("rename-key")
@click.argument("key", metavar="KEY")
@click.argument("to", metavar="NAME")
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@options.editing
def rename_key(
    state: State,
    key: str,
    to: str,
    selected: Selected,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Rename a key.

    KEY is a field or a JSON Pointer, NAME the new name of its last part. Value, place and comments
    stay. Articles without the key stay as they are.

    \b
    qtauthor rename-key /sumary summary --all
    """
    edit_one = partial(edit, steps=[Rename(key, to)])
    idle = f"there is no {key}"
    return article_edits.run(state, selected, stdin_filename, edit_one, sink, idle)
