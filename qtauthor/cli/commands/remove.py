"""``qtauthor remove``."""

from __future__ import annotations

import click

from qtauthor.cli.arguments import articles, options
from qtauthor.cli.running import site_operation
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import remove as operation


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option(
    "--replace-with",
    "replacement",
    metavar="ARTICLE",
    help="Lead the links to it, and its address, to this article.",
)
@options.leave_unreadable
@options.changing
def remove(
    state: State,
    article: str,
    replacement: str | None,
    leave_unreadable: bool,
    sink: options.Sink,
) -> int:
    """Remove an article from the site.

    Related blocks that name it are removed from every article, and those behind them move up; or
    they name the article that replaces it.

    ARTICLE is a path, a url, a slug or an id.

    \b
    qtauthor remove 135103 --dry-run
    qtauthor remove 135103 --replace-with 135099
    """

    def plan(site: Site) -> Outcome:
        path = articles.article(site, article)
        other = None if replacement is None else articles.article(site, replacement)
        return operation.remove(site, operation.RemoveRequest(path, other, leave_unreadable))

    return site_operation.run(state, plan, sink)
