"""``qtauthor fmt``."""

from __future__ import annotations

from functools import partial

import click

from qtauthor.changes.change import Modify
from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import STDIN, State
from qtauthor.content.article import Article
from qtauthor.model import templates
from qtauthor.operations.house_style import fmt as operation
from qtauthor.text.document import Document


@click.command()
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change.")
@click.option(
    "--only",
    "parts",
    multiple=True,
    type=click.Choice([*operation.PARTS]),
    metavar="PART",
    help="Apply only this part of the style; may be given more than once. [default: all]",
)
@click.option("--template", help="folded, plain, or a file of the site. [default: as configured]")
@options.editing
def fmt(
    state: State,
    selected: Selected,
    check: bool,
    parts: tuple[str, ...],
    template: str | None,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Rewrite articles in the house style.

    The style is that of the template. Data never changes, and with --only nothing changes but
    that part. PART is title-style, quoting, booleans, key-order, indentation or fence-gap.

    \b
    qtauthor fmt article.md --diff
    qtauthor fmt content/learn/medicine/*.md --only title-style --check
    """
    chosen = _template(state, template, selected, stdin_filename)
    edit = partial(_formatted, chosen=chosen, parts=parts or (*operation.PARTS,))
    sink = sink._replace(dry_run=sink.dry_run or check, names=check)
    return article_edits.run(state, selected, stdin_filename, edit, sink)


def _formatted(
    path: str, article: Article, *, chosen: Document | None, parts: tuple[str, ...]
) -> Modify | None:
    house = chosen or article.document.like
    assert house is not None  # a site always has a template
    return operation.fmt(path, article, house, parts)


def _template(
    state: State, name: str | None, selected: Selected, stdin_name: str | None
) -> Document | None:
    """The template called ``name``, of the site that the first file is in."""
    if name is None:
        return None
    if not selected.is_only_names or not selected.names:
        return templates.load(name, state.site().root)
    first = selected.names[0]
    target = state.stdin_target(stdin_name) if first == STDIN else state.target(first)
    return templates.load(name, target.site.root)
