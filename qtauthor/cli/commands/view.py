"""``qtauthor view``."""

from __future__ import annotations

import os

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import articles, options
from qtauthor.cli.state import State
from qtauthor.errors import QtauthorError


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option(
    "--width",
    type=click.IntRange(min=20),
    metavar="COLUMNS",
    help="[default: those of the terminal, at most 100]",
)
@click.option("--no-pager", is_flag=True, help="Print directly, however long it is.")
@options.stdin_filename
@options.common
@options.pass_state
def view(
    state: State, article: str, width: int | None, no_pager: bool, stdin_filename: str | None
) -> int:
    """Read the question and its answer as their page shows them.

    Tables fit the width, and math is written in Unicode where possible. What is longer than the
    terminal goes through PAGER, or else less. ARTICLE is a file, a url, a slug or an id; the
    file - is standard input.

    \b
    qtauthor view 135103
    qtauthor view article.md --width 72 > answer.txt
    """
    target, opened = articles.opened(state, article, stdin_filename)
    try:
        markdown = opened.markdown if opened.has("answer") else ""
        question = opened.get("question") if opened.has("question") else target.name
    except QtauthorError as error:
        raise error.at(target.name) from None
    from qtauthor.cli.output import article_page, pager

    text = article_page.text(state.console, str(question), markdown, article_page.width(width))
    pager.show(text, os.environ, wanted=not no_pager)
    return exit_codes.DONE
