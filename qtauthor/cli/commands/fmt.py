"""``qtauthor fmt``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from qtauthor.changes.change import Modify
from qtauthor.cli import editing, options
from qtauthor.cli.state import STDIN, State
from qtauthor.content import templates
from qtauthor.content.article import Article
from qtauthor.operations import fmt as operation
from qtauthor.text.document import Document


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change.")
@click.option(
    "--only",
    "parts",
    multiple=True,
    type=click.Choice([*operation.PARTS]),
    help="A part of the style; may be given more than once. [default: all]",
)
@click.option("--template", help="folded, plain, or a file of the site. [default: as configured]")
@options.stdin_filename
@options.dry_run
@options.show_diff
@options.output_format
@options.common
@options.pass_state
def fmt(
    state: State,
    files: tuple[str, ...],
    check: bool,
    parts: tuple[str, ...],
    template: str | None,
    stdin_filename: str | None,
    dry_run: bool,
    as_diff: bool,
    as_format: str,
) -> int:
    """Write articles in the house style.

    The style is that of the template. Data never changes, nor does anything else that is not
    asked for with --only.

    \b
    qtauthor fmt article.md --diff
    qtauthor fmt content/learn/medicine/*.md --only title-style --check
    """
    chosen = _template(state, template, files, stdin_filename)

    def format_one(path: str, article: Article) -> Modify | None:
        house = chosen or article.document.like
        assert house is not None  # a site always has a template
        return operation.fmt(path, article, house, parts or [*operation.PARTS])

    sink = editing.Sink(dry_run or check, as_diff, as_format, names=check)
    return editing.run(state, files, stdin_filename, format_one, sink)


def _template(
    state: State, name: str | None, files: Sequence[str], stdin_name: str | None
) -> Document | None:
    """The template called ``name``, of the site that the first file is in."""
    if name is None:
        return None
    first = files[0]
    target = state.stdin_target(stdin_name) if first == STDIN else state.target(first)
    return templates.load(name, target.site.root)
