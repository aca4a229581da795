"""Options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from qtauthor.cli.state import State

Command = TypeVar("Command", bound=Callable[..., Any])

pass_state = click.make_pass_decorator(State, ensure=True)


def _keep(context: click.Context, option: click.Parameter, value: Any) -> None:
    """Note a shared option, wherever on the line it stood."""
    if value is not None and option.name is not None:
        setattr(context.ensure_object(State), option.name, value)


def common(command: Command) -> Command:
    """``--root``, ``--color``, ``--quiet`` and ``--debug``."""
    for decorate in (
        click.option(
            "--debug",
            is_flag=True,
            default=None,
            expose_value=False,
            callback=_keep,
            help="Show where in the program an error arose.",
        ),
        click.option(
            "--quiet",
            "-q",
            is_flag=True,
            default=None,
            expose_value=False,
            callback=_keep,
            help="Say nothing but warnings and errors.",
        ),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            default=None,
            expose_value=False,
            callback=_keep,
            help="Colour the output; auto does so on a terminal.",
        ),
        click.option(
            "--root",
            metavar="FOLDER",
            default=None,
            expose_value=False,
            callback=_keep,
            help="The site's folder. [default: found upward from here]",
        ),
    ):
        command = decorate(command)
    return command


stdin_filename = click.option(
    "--stdin-filename",
    metavar="FILE",
    help="The name that standard input (-) goes by.",
)

dry_run = click.option(
    "--dry-run", is_flag=True, help="Write nothing; say what would change. Exit code 1 if anything."
)

show_diff = click.option(
    "--diff", "as_diff", is_flag=True, help="Write nothing; print the change as a diff."
)

output_format = click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print the result.",
)
