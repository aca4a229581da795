"""Options that commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import click

from qtauthor.cli.arguments.selection import selecting
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
            help="Show the traceback of an error.",
        ),
        click.option(
            "--quiet",
            "-q",
            is_flag=True,
            default=None,
            expose_value=False,
            callback=_keep,
            help="Print no messages but warnings and errors.",
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
            help="The root folder of the site. [default: the nearest one, from here upward]",
        ),
    ):
        command = decorate(command)
    return command


stdin_filename = click.option(
    "--stdin-filename",
    metavar="FILE",
    help="The file name to assume for standard input (-).",
)

output_format = click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Output format.",
)

leave_unreadable = click.option(
    "--leave-unreadable",
    is_flag=True,
    help="Continue even if an unreadable file mentions the old address.",
)

all_refs = click.option(
    "--all-refs", is_flag=True, help="Skip ids that are in use on any git branch or tag."
)


allow_dirty = click.option(
    "--allow-dirty",
    is_flag=True,
    help="Allow changes to files that have uncommitted changes in git.",
)


class Sink(NamedTuple):
    """Where a command's change goes, and what if some of it cannot be.

    ``names`` prints the files that would change. ``keep_going`` leaves out articles that refuse,
    ``interactive`` asks for each, ``jobs`` is the number of processes, 0 for as many as pay.
    """

    dry_run: bool
    as_diff: bool
    as_format: str
    names: bool = False
    allow_dirty: bool = False
    keep_going: bool = False
    interactive: bool = False
    jobs: int = 0

    @property
    def writes(self) -> bool:
        return not self.dry_run and not self.as_diff


new_subject = click.option(
    "--new-subject", is_flag=True, help="Allow a subject that the site does not have yet."
)

jobs = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Number of processes. [default: chosen automatically]",
)

force_unchanged = click.option(
    "--force-unchanged", is_flag=True, help="Skip files that were edited since then."
)


def showing(command: Command) -> Command:
    """What shows a change in the place of making it, as ``sink``; and what all commands take."""

    @functools.wraps(command)
    def with_sink(
        *given: Any,
        dry_run: bool,
        as_diff: bool,
        as_format: str,
        allow_dirty: bool = False,
        keep_going: bool = False,
        interactive: bool = False,
        jobs: int = 0,
        **named: Any,
    ) -> Any:
        sink = Sink(
            dry_run,
            as_diff,
            as_format,
            allow_dirty=allow_dirty,
            keep_going=keep_going,
            interactive=interactive,
            jobs=jobs,
        )
        return command(*given, sink=sink, **named)

    wrapped = pass_state(with_sink)
    for decorate in (
        common,
        output_format,
        click.option(
            "--diff", "as_diff", is_flag=True, help="Write nothing; print the change as a diff."
        ),
        click.option(
            "--dry-run",
            is_flag=True,
            help="Write nothing; report what would change. Exit code 1 if anything would.",
        ),
    ):
        wrapped = decorate(wrapped)
    return cast("Command", wrapped)


def changing(command: Command) -> Command:
    """What every command that changes files takes."""
    return allow_dirty(showing(command))


def editing(command: Command) -> Command:
    """``changing``, for a command that edits selected articles or standard input."""
    wrapped = stdin_filename(changing(command))
    for decorate in (
        jobs,
        click.option(
            "--interactive", "-i", is_flag=True, help="Show each change and ask before making it."
        ),
        click.option(
            "--keep-going",
            is_flag=True,
            help="Skip articles whose edit is refused, and report them.",
        ),
    ):
        wrapped = decorate(wrapped)
    return selecting(wrapped)
