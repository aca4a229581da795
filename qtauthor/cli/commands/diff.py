"""``qtauthor diff``."""

from __future__ import annotations

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.output import comparison
from qtauthor.cli.state import STDIN, State
from qtauthor.errors import QtauthorError
from qtauthor.operations.fields import compare
from qtauthor.text import json_patch
from qtauthor.text.document import Document


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "json", "json-patch"]),
    default="text",
    help="Output format.",
)
@options.stdin_filename
@options.common
@options.pass_state
def diff(state: State, old: str, new: str, as_format: str, stdin_filename: str | None) -> int:
    """Compare the data of two articles.

    The text has a line for each place whose value differs, and lists separately what is only
    written differently. json-patch prints the operations that turn the data of A into that of B.
    One of the two may be -, standard input. Exit code 1 if data or bodies differ.

    \b
    qtauthor diff old.md new.md
    qtauthor diff old.md new.md --format json-patch > changes.json
    qtauthor patch old.md --ops changes.json
    """
    one, other = (_read(state, name, stdin_filename) for name in (old, new))
    bodies_differ = one.body != other.body
    try:
        changes = compare.changes(one, other)
        if as_format == "json-patch":
            state.console.data(json_patch.encode(compare.operations(one, other)))
        elif as_format == "json":
            state.console.data(
                comparison.as_json(changes, compare.manner(one, other), bodies_differ)
            )
        else:
            for line in comparison.lines(changes, compare.manner(one, other)):
                state.console.data(line)
    except QtauthorError as error:
        raise error.at(old) from None
    if bodies_differ:
        state.console.note("the bodies differ")
    return exit_codes.of(findings=bool(changes) or bodies_differ)


def _read(state: State, name: str, stdin_name: str | None) -> Document:
    try:
        return Document.parse(state.read_bytes(name))
    except QtauthorError as error:
        raise error.at((stdin_name or "<stdin>") if name == STDIN else name) from None
