"""``qtauthor show``."""

from __future__ import annotations

from typing import Any

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import articles, options
from qtauthor.cli.output import json_values
from qtauthor.cli.state import State
from qtauthor.errors import QtauthorError
from qtauthor.model import numbered_blocks


@click.command()
@click.argument("name", metavar="ARTICLE")
@options.stdin_filename
@options.output_format
@options.common
@options.pass_state
def show(state: State, name: str, stdin_filename: str | None, as_format: str) -> int:
    """Show an article in readable form.

    It prints the fields, the answer as it is displayed, and the related articles. ARTICLE is a
    file, a url, a slug or an id; the file - is standard input.

    \b
    qtauthor show article.md
    """
    target, article = articles.opened(state, name, stdin_filename)
    try:
        facts = article.document.get()
        markdown = article.markdown if article.has("answer") else ""
    except QtauthorError as error:
        raise error.at(target.name) from None
    if as_format == "json":
        state.console.data(json_values.versioned(path=target.name, fields=facts, markdown=markdown))
        return exit_codes.DONE
    from qtauthor.cli.output import article_page

    article_page.show(state.console, target.name, facts, _related(facts), markdown)
    return exit_codes.DONE


def _related(facts: dict[str, Any]) -> list[Any]:
    """The related blocks as they are, also those that are no proper links."""
    return [value for key, value in facts.items() if numbered_blocks.is_inside(f"/{key}")]
