"""``qtauthor move``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.articles import article as path_of
from qtauthor.cli.running import site_operation
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import move as operation
from qtauthor.operations.site.move import Refile


@click.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.option("--subject", help="The subject to move the articles to.")
@click.option(
    "--list",
    "listed",
    metavar="FILE",
    help="A file with an article, a tab and its new subject per line; - is standard input.",
)
@options.new_subject
@options.leave_unreadable
@options.changing
def move(
    state: State,
    articles: tuple[str, ...],
    subject: str | None,
    listed: str | None,
    new_subject: bool,
    leave_unreadable: bool,
    sink: options.Sink,
) -> int:
    """Move questions to another subject.

    Folder, subject and url change, and so do the links to them in every article. All moves happen
    at once: with --list, articles may even swap places.

    ARTICLE is a path, a url, a slug or an id.

    \b
    qtauthor move 135103 135099 --subject "Health Studies"
    qtauthor move --list moves.tsv --dry-run
    """
    if bool(articles) != (subject is not None) or not (articles or listed):
        raise click.UsageError("give articles and --subject, or --list, or all of these")
    wanted = [(article, subject or "") for article in articles]
    wanted += _lines(listed, state.read_text(listed)) if listed else []

    def plan(site: Site) -> Outcome:
        refiles = [Refile(path_of(site, name), to) for name, to in wanted]
        return operation.move(
            site, refiles, new_subjects=new_subject, leave_unreadable=leave_unreadable
        )

    return site_operation.run(state, plan, sink)


def _lines(name: str, text: str) -> Sequence[tuple[str, str]]:
    """The pairs in a list; empty lines do not count. Raises ``RequestError``."""
    found: list[tuple[str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        article, _, subject = (part.strip() for part in line.rstrip("\r").partition("\t"))
        if not article and not subject:
            continue
        if not article or not subject or "\t" in subject:
            raise RequestError(
                Code.USAGE,
                "this line is not an article, a tab and a subject",
                where=Place(name if name != "-" else "<stdin>", number, 1),
                excerpt=line,
                remedy="nothing was changed; put one tab between the two",
            )
        found.append((article, subject))
    return found
