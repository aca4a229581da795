"""``qtauthor ls``."""

from __future__ import annotations

import sys

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.articles import below
from qtauthor.cli.arguments.selection import bound
from qtauthor.cli.output import listing
from qtauthor.cli.state import State
from qtauthor.content import subject_names
from qtauthor.content.index.conditions.condition import Selection
from qtauthor.content.index.storage.tables import COLUMNS
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError, SiteError
from qtauthor.files import name_forms, presence


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--subject", help="Only articles of this subject, however it is spelled.")
@click.option("--where", metavar="SQL", default="", help="Only articles that match this condition.")
@click.option(
    "-p",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="The value of :NAME in the condition.",
)
@click.option(
    "--sort", metavar="COLUMN[-desc],…", default="", help="The columns to sort by. [default: path]"
)
@click.option("--limit", type=click.IntRange(min=0), help="The maximum number of articles.")
@click.option(
    "--columns", metavar="COLUMN,…", default="", help="The columns to print; all prints every one."
)
@click.option(
    "--format",
    "as_format",
    type=click.Choice(listing.FORMATS),
    help="[default: table on a terminal, else paths]",
)
@click.option("-0", "--null", is_flag=True, help="Print paths, NUL-terminated.")
@options.common
@options.pass_state
def ls(
    state: State,
    paths: tuple[str, ...],
    subject: str | None,
    where: str,
    parameters: tuple[tuple[str, str], ...],
    sort: str,
    limit: int | None,
    columns: str,
    as_format: str | None,
    null: bool,
) -> int:
    """List articles, all of them or those that match a condition.

    PATH is a file or a folder; without one, the articles of the whole site are listed. --where
    takes a condition in SQL over the columns of the index; it can only read.

    \b
    qtauthor ls --subject Medicine --sort date-desc --limit 20
    qtauthor ls --where "answer like '%cannot answer%' and not no_index" -0 | xargs -0 ...
    """
    site = state.site()
    chosen_format = _format(as_format, null=null)
    asked = _columns(columns, chosen_format)
    wanted = {"path", "problem"} if "question" in asked and chosen_format == "table" else set()
    if chosen_format == "paths":
        wanted = {"path"}
    selection = Selection(
        where,
        bound(parameters),
        within=tuple(_within(site, name) for name in paths),
        folder=subject_names.key(site, subject) if subject else None,
        sort=_order(sort),
        limit=limit,
        columns=tuple(dict.fromkeys((*asked, *sorted(wanted)))),
    )
    rows = listing.named(site.root, selection.columns, site.index.select(selection))
    if null:
        total = listing.nul_separated(state.console, rows)
    else:
        total = listing.show(state.console, rows, asked, chosen_format)
    if not total and sys.stdout.isatty():
        state.console.note("no articles")
    return exit_codes.DONE


def _format(given: str | None, *, null: bool) -> str:
    if null and given not in (None, "paths"):
        raise RequestError(
            Code.USAGE,
            f"-0 prints paths, not {given}",
            remedy="leave -0 or --format out",
        )
    return given or ("table" if sys.stdout.isatty() and not null else "paths")


def _columns(given: str, as_format: str) -> tuple[str, ...]:
    if given == "all":
        return COLUMNS
    if given:
        return tuple(dict.fromkeys(_words(given)))
    return listing.TABLE if as_format == "table" else listing.DATA


def _order(given: str) -> tuple[tuple[str, bool], ...]:
    return tuple(
        (word.removesuffix("-desc").removesuffix("-asc"), word.endswith("-desc"))
        for word in _words(given)
    )


def _words(given: str) -> list[str]:
    return [word.strip() for word in given.split(",") if word.strip()]


def _within(site: Site, name: str) -> str:
    """The path below the root of a file or folder. Raises ``SiteError``."""
    if not presence.is_there(name_forms.there(name)):
        raise SiteError(
            Code.NOT_FOUND,
            "there is no such file or folder",
            where=Place(name),
            remedy="check its name",
        )
    return below(site, name)
