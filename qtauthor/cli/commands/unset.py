"""``qtauthor unset``."""

from __future__ import annotations

import click

from qtauthor.changes.change import Modify
from qtauthor.cli import assignments, editing, options
from qtauthor.cli.state import State
from qtauthor.content.article import Article
from qtauthor.operations.edit import Unset, edit


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="FILE… KEY…")
@options.stdin_filename
@options.dry_run
@options.show_diff
@options.output_format
@options.common
@options.pass_state
def unset(
    state: State,
    arguments: tuple[str, ...],
    stdin_filename: str | None,
    dry_run: bool,
    as_diff: bool,
    as_format: str,
) -> int:
    """Take optional fields out of articles.

    A field that every article must have is refused; a JSON Pointer takes any key out. A field
    that is not there is no error.

    \b
    qtauthor unset article.md score related_article5
    """
    names, keys = assignments.keys(arguments, "unset FILE… KEY…, as in qtauthor unset a.md score")

    def take_out(path: str, article: Article) -> Modify | None:
        return edit(path, article, [Unset(key) for key in keys])

    sink = editing.Sink(dry_run, as_diff, as_format)
    return editing.run(state, names, stdin_filename, take_out, sink)
