"""``qtauthor get``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.argument_kinds import is_file
from qtauthor.cli.output import json_values
from qtauthor.cli.state import STDIN, State
from qtauthor.errors import QtauthorError
from qtauthor.files import name_forms
from qtauthor.model import article_fields
from qtauthor.text.document import Document


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="FILE… [KEY]")
@options.stdin_filename
@options.output_format
@options.common
@options.pass_state
def get(
    state: State, arguments: tuple[str, ...], stdin_filename: str | None, as_format: str
) -> int:
    """Print fields of articles.

    KEY is a field (title, seo.title) or a JSON Pointer (/seo/title); without one, the whole front
    matter is printed. Text is printed as it is, anything else as JSON. For several files, each
    value follows the name of its file.

    \b
    qtauthor get article.md title
    qtauthor get content/learn/medicine/*.md id
    """
    names, key = _split(arguments)
    at = article_fields.pointer_of(key) if key else ""
    names = [
        name if name == STDIN else name_forms.there(name) for name in names
    ]  # as others read it
    found = [(name, _value(state, name, stdin_filename, at)) for name in names]
    if as_format == "json":
        articles = [{"path": name, "value": value} for name, value in found]
        state.console.data(json_values.versioned(pointer=at, articles=articles))
        return exit_codes.DONE
    for name, value in found:
        prefix = f"{name}: " if len(found) > 1 else ""
        state.console.data(prefix + json_values.line(value))
    return exit_codes.DONE


def _split(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """The files, and the key if the last argument is one."""
    if len(arguments) == 1 or is_file(arguments[-1]):
        return list(arguments), None
    return list(arguments[:-1]), arguments[-1]


def _value(state: State, name: str, stdin_name: str | None, at: str) -> Any:
    data = state.read_bytes(name)
    try:
        return Document.parse(data).get(at)
    except QtauthorError as error:
        raise error.at((stdin_name or "<stdin>") if name == STDIN else name) from None
