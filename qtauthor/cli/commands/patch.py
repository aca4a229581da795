"""``qtauthor patch``."""

from __future__ import annotations

import click

from qtauthor.cli import editing, options
from qtauthor.cli.state import STDIN, State
from qtauthor.errors import QtauthorError
from qtauthor.operations import patch as operation
from qtauthor.text import patch as language


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--ops", required=True, metavar="FILE", help="The patch; - is standard input.")
@click.option("--merge", "is_merge", is_flag=True, help="It is a merge patch (RFC 7396).")
@options.stdin_filename
@options.dry_run
@options.show_diff
@options.output_format
@options.common
@options.pass_state
def patch(
    state: State,
    files: tuple[str, ...],
    ops: str,
    is_merge: bool,
    stdin_filename: str | None,
    dry_run: bool,
    as_diff: bool,
    as_format: str,
) -> int:
    """Edit articles by a JSON Patch.

    The patch is a list of operations (RFC 6902), or with --merge an object in which null takes a
    field out (RFC 7396). All operations on all files happen, or none.

    \b
    qtauthor patch article.md --ops changes.json
    qtauthor patch *.md --merge --ops merge.json --diff
    """
    edit = _edit(state, ops, is_merge=is_merge)
    sink = editing.Sink(dry_run, as_diff, as_format)
    return editing.run(state, files, stdin_filename, edit, sink)


def _edit(state: State, name: str, *, is_merge: bool) -> editing.Edit:
    """What the patch in the file ``name`` does. Raises ``RequestError`` with ``bad-patch``."""
    text = state.read_text(name)
    try:
        if is_merge:
            change = language.decode_merge(text)
            return lambda path, article: operation.merge(path, article, change)
        steps = language.decode(text)
    except QtauthorError as error:
        raise error.at("<stdin>" if name == STDIN else name) from None
    return lambda path, article: operation.patch(path, article, steps)
