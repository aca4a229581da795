"""``qtauthor patch``."""

from __future__ import annotations

from functools import partial

import click

from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import STDIN, State
from qtauthor.errors import QtauthorError
from qtauthor.operations.bulk_edit import EditFunction
from qtauthor.operations.fields import patch as operation
from qtauthor.text import json_patch as language


@click.command()
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@click.option(
    "--ops", required=True, metavar="FILE", help="The file with the patch; - is standard input."
)
@click.option("--merge", "is_merge", is_flag=True, help="FILE is a merge patch (RFC 7396).")
@options.editing
def patch(
    state: State,
    selected: Selected,
    ops: str,
    is_merge: bool,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Edit articles with a JSON Patch.

    The patch is a list of operations (RFC 6902), or with --merge an object in which null removes a
    field (RFC 7396). All operations on all files happen, or none.

    \b
    qtauthor patch article.md --ops changes.json
    qtauthor patch *.md --merge --ops merge.json --diff
    """
    selected.require()
    edit = _edit(state, ops, is_merge=is_merge)
    return article_edits.run(state, selected, stdin_filename, edit, sink)


def _edit(state: State, name: str, *, is_merge: bool) -> EditFunction:
    """What the patch in the file ``name`` does. Raises ``RequestError`` with ``bad-patch``."""
    text = state.read_text(name)
    try:
        if is_merge:
            change = language.decode_merge(text)
            return partial(operation.merge, change=change)
        steps = language.decode(text)
    except QtauthorError as error:
        raise error.at("<stdin>" if name == STDIN else name) from None
    return partial(operation.patch, operations=steps)
