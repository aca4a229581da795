"""``qtauthor pick``."""

from __future__ import annotations

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.state import State
from qtauthor.content.index import Entry
from qtauthor.content.site import Site
from qtauthor.errors import Code, RequestError

_FORMS = ("path", "url", "id", "title", "slug")
_SHOWN = 10


@click.command()
@click.argument("query", required=False, default="", metavar="[QUERY]")
@click.option(
    "--print",
    "form",
    type=click.Choice(_FORMS),
    default="path",
    help="What to print: path, url, id, title or slug. [default: path]",
)
@click.option("--open", "opens", is_flag=True, help="Open it in your editor, as edit does.")
@click.option("--view", "views", is_flag=True, help="Show it, as view does.")
@click.option(
    "--count",
    "-n",
    type=click.IntRange(min=1),
    metavar="N",
    help="Print the N best matches without asking. [default without a terminal: 10]",
)
@options.common
@options.pass_state
@click.pass_context
def pick(
    context: click.Context,
    state: State,
    query: str,
    form: str,
    opens: bool,
    views: bool,
    count: int | None,
) -> int:
    """Find an article by typing, and print its path.

    Parts of words of the question and the subject are enough, in any order; so is a url or an id.
    Arrows choose, Enter accepts, Escape leaves. The dialogue is drawn on standard error, so that
    another command can use the choice. Without a terminal, the best matches for QUERY are printed.

    \b
    qtauthor pick
    qtauthor edit "$(qtauthor pick chain)"
    qtauthor pick chain --print url -n 3
    """
    if opens and views:
        raise click.UsageError("give --open or --view")
    from qtauthor.cli.editing import picker
    from qtauthor.content.search.fuzzy import Finder

    asks = count is None and picker.can_ask()
    if not asks and (opens or views):
        raise _nobody("--open and --view need a terminal to choose on")
    if not asks and not query.strip():
        raise _nobody("QUERY must be given where nobody can be asked")
    site = state.site()
    finder = Finder(site.index.entries())
    if not asks:
        return _print(state, site, finder.best(query, count or _SHOWN), form)
    chosen = picker.pick(finder, query, state.console)
    if chosen is None:
        return exit_codes.INTERRUPTED
    if opens or views:
        return _hand_over(context, site, chosen, "edit" if opens else "view")
    return _print(state, site, [chosen], form)


def _nobody(told: str) -> RequestError:
    return RequestError(
        Code.MISSING_OPTION, told, remedy="qtauthor pick chain -n 3 prints the best ones"
    )


def _print(state: State, site: Site, found: list[Entry], form: str) -> int:
    """Print articles; the exit code is 1 if there is none."""
    from qtauthor.cli.output.listing import namer

    called = namer(site.root)
    for entry in found:
        slug = entry.path.rpartition("/")[2].removesuffix(".md")
        told = {
            "path": called(entry.path),
            "url": entry.address,
            "id": "" if entry.id is None else str(entry.id),
            "title": entry.title or entry.question or slug,
            "slug": slug,
        }
        state.console.data(told[form])
    return exit_codes.of(findings=not found)


def _hand_over(context: click.Context, site: Site, chosen: Entry, name: str) -> int:
    """Go on as another command, on the article that was chosen."""
    from qtauthor.cli.commands.edit import edit
    from qtauthor.cli.commands.view import view
    from qtauthor.cli.output.listing import namer

    command = {"edit": edit, "view": view}[name]
    article = namer(site.root)(chosen.path)
    with command.make_context(name, [article], parent=context) as inner:
        result: int = command.invoke(inner)
        return result
