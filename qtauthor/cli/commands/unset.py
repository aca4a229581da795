"""``qtauthor unset``."""

from __future__ import annotations

from functools import partial

import click

from qtauthor.cli.arguments import assignments, options
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import State
from qtauthor.operations.fields.edit import Unset, edit


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="[ARTICLE]… KEY…")
@options.editing
def unset(
    state: State,
    arguments: tuple[str, ...],
    selected: Selected,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Remove optional fields from articles.

    A field that every article must have is refused; a JSON Pointer removes any key. A field that is
    not there is no error.

    \b
    qtauthor unset article.md score related_article5
    """
    form = "unset FILE… KEY…, as in qtauthor unset a.md score"
    names, keys = assignments.keys(arguments, form, selected.is_narrowed)
    steps = [Unset(key) for key in keys]
    selected = selected._replace(names=tuple(names))
    idle = f"there is no {' or '.join(keys)}"
    return article_edits.run(
        state, selected, stdin_filename, partial(edit, steps=steps), sink, idle
    )
