"""``qtauthor set``."""

from __future__ import annotations

import click

from qtauthor.cli import assignments, editing, options
from qtauthor.cli.state import State
from qtauthor.operations.edit import edit


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="FILE… KEY=VALUE…")
@options.stdin_filename
@options.dry_run
@options.show_diff
@options.output_format
@options.common
@options.pass_state
def set(  # noqa: A001  the command's name
    state: State,
    arguments: tuple[str, ...],
    stdin_filename: str | None,
    dry_run: bool,
    as_diff: bool,
    as_format: str,
) -> int:
    """Give fields of articles other values.

    KEY is a field (title, seo.title), whose value is typed by the schema, or a JSON Pointer
    (/seo/title), which may name any key. KEY=VALUE gives text, a number, a date as the field needs
    it; KEY:=JSON gives JSON; KEY=@FILE gives the text of a file (- for standard input), without
    its last line break.

    The file - is standard input, edited to standard output.

    \b
    qtauthor set article.md score=1.5 no_index=true
    qtauthor set article.md answer=@draft.md
    qtauthor set - title="Why?" < article.md
    """
    names, given = assignments.split(arguments)
    steps = [assignments.parse(argument, state.read_text) for argument in given]
    sink = editing.Sink(dry_run, as_diff, as_format)
    return editing.run(
        state, names, stdin_filename, lambda path, article: edit(path, article, steps), sink
    )
