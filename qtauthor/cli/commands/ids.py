"""``qtauthor ids`` and its commands."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import articles, options
from qtauthor.cli.output import json_values
from qtauthor.cli.running import site_operation
from qtauthor.cli.running.taken_ids import taken
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.model import numbered_blocks
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import ids as operation
from qtauthor.sinks import commit, id_reservation


@click.group()
@options.common
def ids() -> None:
    """Show, reserve and reassign ids."""


@ids.command("next")
@click.option(
    "--count",
    type=click.IntRange(1, 100_000),
    default=1,
    metavar="N",
    help="The number of ids. [default: 1]",
)
@click.option("--dry-run", is_flag=True, help="Do not reserve them.")
@options.all_refs
@options.output_format
@options.common
@options.pass_state
def next_(state: State, count: int, dry_run: bool, all_refs: bool, as_format: str) -> int:
    """Print the next free ids and reserve them.

    A reserved id is not given out again, not even by another run at the same time.

    \b
    qtauthor ids next --count 20
    """
    site = state.site()
    with nullcontext() if dry_run else commit.held(site.root):
        numbers = operation.next_ids(site, count, taken(site, state.console, all_refs=all_refs))
        if not dry_run:
            id_reservation.reserve(site.root, numbers[-1])
    if as_format == "json":
        state.console.data(json_values.versioned(ids=list(numbers), reserved=not dry_run))
    else:
        for number in numbers:
            state.console.data(str(number))
    return exit_codes.DONE


@ids.command()
@click.argument("name", required=False, metavar="[ARTICLE]")
@options.output_format
@options.common
@options.pass_state
def show(state: State, name: str | None, as_format: str) -> int:
    """Show which ids there are, or who has an id and which links name it.

    ARTICLE is an id, even one that nobody has, or a path, a url or a slug.

    \b
    qtauthor ids show
    qtauthor ids show 135103
    """
    site = state.site()
    facts = _overview(site) if name is None else _holders(site, _number(site, name))
    if as_format == "json":
        state.console.data(json_values.versioned(**facts))
        return exit_codes.DONE
    for key, value in facts.items():
        label = key.replace("_", " ")
        if not isinstance(value, list):
            state.console.data(f"{label}: {value}")
            continue
        state.console.data(f"{label}: {len(value)}")
        for item in value:
            state.console.data(f"  {item}")
    return exit_codes.DONE


@ids.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--id", "number", type=int, metavar="NUMBER", help="[default: the next free one]")
@options.all_refs
@options.changing
def reassign(
    state: State, article: str, number: int | None, all_refs: bool, sink: options.Sink
) -> int:
    """Give a question another id, and update every link to it.

    Without --id, only a question that needs an id gets one: if it has a placeholder (0 or below)
    or the id of another question. It changes under every subject that it is filed under.

    \b
    qtauthor ids reassign content/learn/medicine/what-is-a-fever.md
    """

    def plan(site: Site) -> Outcome:
        known = () if number is not None else taken(site, state.console, all_refs=all_refs)
        return operation.reassign(site, articles.question(site, article), number, known)

    return site_operation.run(state, plan, sink)


def _number(site: Site, name: str) -> int:
    if name.removeprefix("-").isdigit():
        return int(name)
    found = site.index.entry(articles.article(site, name))
    return found.id if found is not None and found.id is not None else 0


def _overview(site: Site) -> dict[str, Any]:
    found = operation.overview(site)
    return {
        "largest": found.largest,
        "next": operation.next_ids(site, taken=[id_reservation.reserved(site.root)])[0],
        "articles": found.articles,
        "questions": found.questions,
        "under_several_subjects": len(found.shared),
        "of_several_questions": list(found.torn),
        "placeholders": list(found.placeholders),
    }


def _holders(site: Site, number: int) -> dict[str, Any]:
    found = operation.holders(site, number)
    return {
        "id": number,
        "articles": [entry.path for entry in found.articles],
        "links": [f"{link.source} {numbered_blocks.key(link.number)}" for link in found.links],
    }
