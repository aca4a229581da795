"""``qtauthor related`` and its commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.articles import article as path_of
from qtauthor.cli.output import json_values
from qtauthor.cli.running import site_operation, standard_input, suggest_run
from qtauthor.cli.state import STDIN, State
from qtauthor.content.site import Site
from qtauthor.model import numbered_blocks
from qtauthor.operations.links import relate, sync
from qtauthor.operations.outcome import Outcome

Change = Callable[[Site, str, Sequence[str]], ChangeSet]

_article = click.argument("article", metavar="ARTICLE")
_others = click.argument("others", nargs=-1, required=True, metavar="OTHER…")
_both = click.option(
    "--both", is_flag=True, help="Do it in the lists of the other articles as well."
)


@click.group()
@options.common
def related() -> None:
    """Change which articles a question is related to.

    ARTICLE and OTHER are a path, a url, a slug or an id. The ARTICLE - is standard input, with
    --stdin-filename as its name; the result is written to standard output.
    """


def _run(
    state: State,
    article: str,
    others: Sequence[str],
    stdin_filename: str | None,
    sink: options.Sink,
    change: Change,
) -> int:
    def plan(site: Site, path: str) -> Outcome:
        return Outcome(change(site, path, [path_of(site, other) for other in others]))

    if article == STDIN:
        return standard_input.operate(state, stdin_filename, plan, sink)
    return site_operation.run(state, lambda site: plan(site, path_of(site, article)), sink)


@related.command()
@_article
@_others
@_both
@options.stdin_filename
@options.changing
def add(
    state: State,
    article: str,
    others: tuple[str, ...],
    both: bool,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Add links at the end of the list, as many as a page shows.

    \b
    qtauthor related add 135103 135099 135106 --both
    """
    return _run(
        state,
        article,
        others,
        stdin_filename,
        sink,
        lambda site, path, named: relate.add(site, path, named, both=both),
    )


@related.command()
@_article
@_others
@_both
@options.stdin_filename
@options.changing
def remove(
    state: State,
    article: str,
    others: tuple[str, ...],
    both: bool,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Remove links from the list; those behind them move up.

    \b
    qtauthor related remove 135103 135099
    """
    return _run(
        state,
        article,
        others,
        stdin_filename,
        sink,
        lambda site, path, named: relate.remove(site, path, named, both=both),
    )


@related.command("set")
@_article
@_others
@_both
@options.stdin_filename
@options.changing
def set_(
    state: State,
    article: str,
    others: tuple[str, ...],
    both: bool,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Replace the whole list with these articles, in this order.

    \b
    qtauthor related set 135103 135099 135106 135102
    """
    return _run(
        state,
        article,
        others,
        stdin_filename,
        sink,
        lambda site, path, named: relate.replace(site, path, named, both=both),
    )


@related.command()
@_article
@_others
@options.stdin_filename
@options.changing
def order(
    state: State,
    article: str,
    others: tuple[str, ...],
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Put these links first, in this order.

    \b
    qtauthor related order 135103 135106 135099
    """
    return _run(state, article, others, stdin_filename, sink, relate.order)


@related.command()
@_article
@_both
@options.stdin_filename
@options.changing
def clear(
    state: State, article: str, both: bool, stdin_filename: str | None, sink: options.Sink
) -> int:
    """Remove all links from the list.

    \b
    qtauthor related clear 135103
    """
    return _run(
        state,
        article,
        (),
        stdin_filename,
        sink,
        lambda site, path, _: relate.clear(site, path, both=both),
    )


@related.command("sync")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.option("--all", "of_all", is_flag=True, help="Renew the links of every article in the site.")
@options.stdin_filename
@options.changing
def sync_(
    state: State,
    articles: tuple[str, ...],
    of_all: bool,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Update links from the articles that they mean.

    A link gets the id, title, subject and url of its article. It means the article at its url. If
    there is none, redirects decide, and then the id, if the title agrees with it. Links that cannot
    be decided are left alone and listed.

    \b
    qtauthor related sync 135103 --dry-run
    qtauthor related sync --all
    """
    if bool(articles) == of_all:
        raise click.UsageError("give articles, or --all")
    if articles == (STDIN,):
        return standard_input.operate(
            state, stdin_filename, lambda site, path: sync.sync(site, [path]).outcome, sink
        )
    findings: list[sync.StaleBlock] = []

    def plan(site: Site) -> Outcome:
        paths = None if of_all else [path_of(site, name) for name in articles]
        synced = sync.sync(site, paths)
        findings.extend(synced.findings)
        if sink.as_format == "text" and not sink.as_diff:
            for finding in findings:
                state.console.data(_line(finding))
        return synced.outcome

    return site_operation.run(state, plan, sink, links=lambda: [_as_json(f) for f in findings])


def _line(finding: sync.StaleBlock) -> str:
    """What is believed of a link and why, and what changes by it."""
    head = f"{finding.path}: {numbered_blocks.key(finding.number)}"
    if not finding.changes:
        return f"{head}: left: {finding.why}"
    changes = ", ".join(
        f"{name} {json_values.line(value)}" for name, value in finding.changes.items()
    )
    return f"{head}: {changes}: {finding.why}"


def _as_json(finding: sync.StaleBlock) -> dict[str, Any]:
    return {
        "path": finding.path,
        "number": finding.number,
        "believed": finding.believed or None,
        "why": finding.why,
        "changes": finding.changes,
    }


related.add_command(suggest_run.suggest)
