"""``qtauthor retitle``."""

from __future__ import annotations

import click

from qtauthor.cli.arguments import articles, options
from qtauthor.cli.running import site_operation
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import retitle as operation


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--question", required=True, help="The new wording of the question.")
@click.option("--slug", help="[default: derived from the question]")
@click.option("--keep-url", is_flag=True, help="Change the wording only; slug, file and url stay.")
@options.leave_unreadable
@options.changing
def retitle(
    state: State,
    article: str,
    question: str,
    slug: str | None,
    keep_url: bool,
    leave_unreadable: bool,
    sink: options.Sink,
) -> int:
    """Reword a question; its address, file and every link follow.

    If a question is filed under several subjects, it changes under all of them.

    ARTICLE is a path, a url, a slug or an id.

    \b
    qtauthor retitle 135103 --question "How will liver disease be treated?"
    """

    def plan(site: Site) -> Outcome:
        path = articles.question(site, article)
        wanted = operation.RetitleRequest(path, question, slug, keep_url, leave_unreadable)
        return operation.retitle(site, wanted)

    if slug is not None and keep_url:
        raise click.UsageError("--slug and --keep-url exclude each other")
    return site_operation.run(state, plan, sink)
