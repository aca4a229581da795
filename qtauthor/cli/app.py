"""The ``qtauthor`` command: finds the command that was asked for, and answers for its errors."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, NoReturn

import click

from qtauthor.cli.options import common
from qtauthor.cli.state import State
from qtauthor.errors import QtauthorError

DONE, FINDINGS, MISUSE, BUG, INTERRUPTED = 0, 1, 2, 3, 130

SECTIONS = {
    "Write": {
        "new": "Scaffold a new question from a template.",
        "set": "Give fields of articles other values.",
        "unset": "Take optional fields out of articles.",
    },
    "Read": {
        "get": "Print fields of articles.",
        "show": "Show an article as a person reads it.",
    },
    "Learn": {
        "demo": "Try it on a small sample site.",
    },
}
"""Every command with its one line, in the order of the table of contents."""


class Contents(click.Group):
    """The table of contents. A command's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"qtauthor.cli.commands.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), 1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]}?", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))


@click.group(
    cls=Contents,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="“qtauthor COMMAND --help” tells more about one command.",
)
@common
@click.version_option(package_name="qtauthor", message="%(prog)s %(version)s")
def app() -> None:
    """Author and edit question-and-answer articles: Markdown with YAML front matter.

    What was not asked to change stays, byte for byte.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with its exit code."""
    state = State()
    try:
        result: Any = app.main(arguments, "qtauthor", standalone_mode=False, obj=state)
        code = result if isinstance(result, int) else DONE
    except QtauthorError as error:
        _explain(error, state)
        code = MISUSE
    except click.Abort:
        click.echo("interrupted; nothing was written", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        # The reader of our output left. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    except Exception as error:
        if state.debug:
            raise
        click.echo(f"error: a bug in qtauthor: {error!r}; --debug shows where", err=True)
        code = BUG
    sys.exit(code)


def _explain(error: QtauthorError, state: State) -> None:
    if state.debug:
        import traceback

        traceback.print_exception(error)
    state.console.error(error)
