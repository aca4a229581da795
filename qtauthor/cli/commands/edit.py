"""``qtauthor edit``."""

from __future__ import annotations

import click

from qtauthor.cli.arguments import articles, options
from qtauthor.cli.state import STDIN, State
from qtauthor.content.article import Article
from qtauthor.errors import QtauthorError


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--field", metavar="FIELD", help="The field to edit. [default: answer]")
@click.option(
    "--all", "whole", is_flag=True, help="Edit all the fields that are written by hand, as a form."
)
@click.option("--no-input", is_flag=True, help="Never ask; just open the editor.")
@options.changing
def edit(
    state: State,
    article: str,
    field: str | None,
    whole: bool,
    no_input: bool,
    sink: options.Sink,
) -> int:
    """Edit the answer of an article as Markdown in your editor.

    The editor is VISUAL, or else EDITOR. What you save is checked, and only that field is
    written. If it cannot be written, your text is kept in a file.

    \b
    qtauthor edit 135103
    qtauthor edit article.md --field seo.page_description
    qtauthor edit article.md --all
    """
    if whole and field:
        raise click.UsageError("give --field or --all")
    if article == STDIN:
        raise click.UsageError("standard input cannot be edited; name an article")
    from qtauthor.cli.editing import edit_session, edit_sheet

    def lay(found: Article) -> edit_sheet.Sheet:
        return edit_sheet.Form(found) if whole else edit_sheet.One(found, field or "answer")

    target, opened = articles.opened(state, article)
    try:
        lay(opened)
    except QtauthorError as error:
        raise error.at(target.name) from None
    ask = edit_session.on_terminal() and not no_input
    return edit_session.sit(state, target, opened, lay, sink, ask)
