"""``qtauthor set``."""

from __future__ import annotations

from functools import partial

import click

from qtauthor.cli.arguments import assignments, options
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import State
from qtauthor.operations.fields.edit import FieldStep, edit_and_tell


@click.command()
@click.argument("arguments", nargs=-1, metavar="[ARTICLE]… KEY=VALUE…")
@click.option(
    "--add",
    "additions",
    metavar="KEY=VALUE",
    multiple=True,
    help="Add an item to a list, unless it is already there.",
)
@options.editing
def set(  # noqa: A001  the command's name
    state: State,
    arguments: tuple[str, ...],
    additions: tuple[str, ...],
    selected: Selected,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Set fields of articles.

    KEY is a field (title, seo.title), whose type the schema knows, or a JSON Pointer (/seo/title),
    which may name any key. KEY=VALUE gives text, a number or a date as the field requires, and
    under any other key a value of the kind that is there. KEY:=JSON gives JSON or a date. KEY=@FILE
    gives the text of a file (- for standard input) without its last line break. /LIST/- is the end
    of a list.

    ARTICLE is a file, a folder, a pattern, a url, a slug or an id. The file - is standard input,
    edited to standard output.

    \b
    qtauthor set article.md score=1.5 no_index=true
    qtauthor set --where "answer like '%cannot answer%'" no_index:=true
    qtauthor set article.md answer=@draft.md
    qtauthor set article.md /tags/-=chains --add seo.page_keywords=chain
    qtauthor set - title="Why?" < article.md
    """
    names, given = assignments.split(arguments, selected.is_narrowed, needed=not additions)
    steps: list[FieldStep] = [assignments.parse(argument, state.read_text) for argument in given]
    steps += [assignments.addition(argument, state.read_text) for argument in additions]
    selected = selected._replace(names=tuple(names))
    edit = partial(edit_and_tell, steps=steps)
    return article_edits.run(state, selected, stdin_filename, edit, sink, "that is there already")
