"""What went wrong, as one of our errors: misuse of the command line, the system, a bug."""

from __future__ import annotations

import os
import sys
import traceback

import click

from qtauthor.cli.output.console import visible
from qtauthor.errors import Code, Place, QtauthorError, RequestError, SiteError
from qtauthor.text.near_match import hint


class UnknownCommand(click.UsageError):
    """A command that there is none of, and those that are called nearly so."""

    def __init__(self, name: str, near: list[str], ctx: click.Context) -> None:
        super().__init__(f"no such command {name!r}", ctx)
        self.possibilities = near


def misuse(error: click.ClickException) -> QtauthorError:
    """An error of click's parser in our own form."""
    told = error.format_message() if isinstance(error, click.BadParameter) else error.message
    told = told.replace("%Y-%m-%d", "YYYY-MM-DD")
    likely = getattr(error, "possibilities", None) or ()
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "qtauthor"
    return RequestError(
        Code.USAGE,
        told[:1].lower() + told[1:].removesuffix("."),
        remedy=hint(likely[:1], f"{command} --help shows what there is"),
    )


def of_the_system(error: OSError) -> QtauthorError:
    """A refusal of the operating system that no command expected."""
    return SiteError(
        Code.CANNOT_WRITE,
        f"the system refused: {error.strerror or error}",
        where=Place(os.fsdecode(error.filename) if error.filename else "standard output"),
        remedy="mend that and run the command again",
    )


def without_folder(error: OSError) -> QtauthorError | None:
    """What is said where the working directory is gone; nothing if it is there."""
    if not isinstance(error, FileNotFoundError):
        return None
    try:
        os.getcwd()  # noqa: PTH109  only whether there is one
    except OSError:
        return SiteError(
            Code.CANNOT_READ,
            "the working directory is not there any more",
            remedy="change to a folder that exists, and run the command there",
        )
    return None


def traced(error: BaseException) -> str:
    """The traceback, fit for a terminal."""
    return visible("".join(traceback.format_exception(error)))


def forget_stdout() -> None:
    """Let what is still to be written go: Python would fail once more when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def mend_streams() -> None:
    """Give a process without one of the three streams an empty one, and print what we can."""
    # PTH123, SIM115: os.devnull is no path of ours, and a standard stream stays open to the end.
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  it stays open
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  it stays open
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
