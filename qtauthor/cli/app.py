"""The ``qtauthor`` command: finds the command that was asked for, and answers for its errors."""

from __future__ import annotations

import importlib
import keyword
import os
import shlex
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from qtauthor import exit_codes
from qtauthor.cli import failures, interrupts
from qtauthor.cli.arguments.options import common
from qtauthor.cli.output import utf8
from qtauthor.cli.output.console import visible
from qtauthor.cli.state import State
from qtauthor.errors import QtauthorError
from qtauthor.text.near_match import near

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMPLETION = "_QTAUTHOR_COMPLETE"  # how the scripts of `qtauthor completion` ask
_LABEL = 300

SECTIONS = {
    "Write": {
        "new": "Create a new question from a template.",
        "edit": "Edit the answer of an article as Markdown in your editor.",
        "set": "Set fields of articles.",
        "unset": "Remove optional fields from articles.",
        "patch": "Edit articles with a JSON Patch.",
        "insert": "Add fields at a chosen place.",
        "rename-key": "Rename a key.",
        "replace": "Replace text in fields.",
        "apply": "Edit articles with a Python function.",
        "fmt": "Rewrite articles in the house style.",
    },
    "Exchange": {
        "import": "Create articles from a batch of records.",
        "export": "Print articles as records.",
    },
    "Refactor": {
        "retitle": "Reword a question; its address, file and every link follow.",
        "move": "Move questions to another subject.",
        "remove": "Remove an article from the site.",
        "related": "Change which articles a question is related to.",
        "ids": "Show, reserve and reassign ids.",
    },
    "Check": {
        "check": "Find what is wrong with articles, and fix it.",
        "rule": "Explain what a rule looks for.",
    },
    "Find": {
        "ls": "List articles, all of them or those that match a condition.",
        "pick": "Find an article by typing, and print its path.",
        "stats": "Count articles by subject and state.",
        "index": "Bring the index up to date.",
    },
    "Go back": {
        "undo": "Undo the latest changes.",
        "redo": "Redo what was undone.",
        "log": "Show what was changed in this site.",
    },
    "Read": {
        "get": "Print fields of articles.",
        "view": "Read the question and its answer as their page shows them.",
        "show": "Show an article in readable form.",
        "diff": "Compare the data of two articles.",
    },
    "Connect": {
        "server": "Run the language server for an editor.",
        "schema": "Print the JSON Schema of the front matter.",
        "config": "Show the configuration, and check it.",
        "completion": "Print the completion script for a shell.",
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
        name = cmd_name.replace("-", "_") + "_" * keyword.iskeyword(cmd_name)
        module = importlib.import_module(f"qtauthor.cli.commands.{name}")
        command: click.Command = getattr(module, name)
        if ctx.resilient_parsing:
            from qtauthor.cli.completion.values import attach

            attach(command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands by their names alone: none has to be imported."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=told)
            for section in SECTIONS.values()
            for name, told in section.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if args[0].startswith("-"):
                raise
            likely = near(args[0], self.list_commands(ctx))
            raise failures.UnknownCommand(args[0], likely, ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader of our output left: no failure of ours
            failures.forget_stdout()
            return exit_codes.DONE

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib import metadata

        try:
            version = metadata.version("qtauthor")
        except metadata.PackageNotFoundError:  # run from its source
            version = "(not installed)"
        click.echo(f"qtauthor {version}")
        context.exit()


@click.group(
    cls=Contents,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="“qtauthor COMMAND --help” explains one command.",
)
@common
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version and exit.",
)
def app() -> None:
    """Author and edit question-and-answer articles: Markdown with YAML front matter.

    What was not asked to change stays, byte for byte.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with its exit code."""
    if arguments is None:
        utf8.ensure()
    failures.mend_streams()
    state = State()
    if _COMPLETION in os.environ:
        from qtauthor.cli.completion import shells

        shells.answer(app, state)
        sys.exit(exit_codes.DONE)
    state.command = named(arguments if arguments is not None else sys.argv[1:])
    asked = interrupts.Interrupts()
    try:
        with asked.heeded():
            code = _run(arguments, state)
    except KeyboardInterrupt:  # while something else was being told
        code = exit_codes.INTERRUPTED
    sys.exit(exit_codes.INTERRUPTED if asked.heard else code)


def _run(arguments: list[str] | None, state: State) -> int:
    """Do what was asked for. Gives the exit code."""
    try:
        result: Any = app.main(arguments, "qtauthor", standalone_mode=False, obj=state)
    except Exception as error:
        return _answer_for(error, state)
    return result if isinstance(result, int) else exit_codes.DONE


def named(arguments: list[str]) -> str:
    """The command line in words, as the history shows it; of very many words the first ones."""
    shown = shlex.join(["qtauthor", *arguments[:_LABEL]])
    whole = len(arguments) <= _LABEL and len(shown) <= _LABEL
    return shown if whole else f"{shown[: _LABEL - 2]} …"


def _interrupted(error: click.Abort, *, written: bool) -> str:
    """What is said of an interrupt; one that came while a change was written says what it left."""
    cause = error.__cause__
    if isinstance(cause, KeyboardInterrupt) and cause.args:
        return f"interrupted; {visible(str(cause.args[0]))}"
    return "interrupted" if written else "interrupted; nothing was written"


def _answer_for(error: Exception, state: State) -> int:
    """Say what went wrong. Gives the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return exit_codes.MISUSE
    if isinstance(error, click.Abort):
        click.echo(_interrupted(error, written=state.written), err=True)
        return exit_codes.INTERRUPTED
    if state.debug:
        click.echo(failures.traced(error), err=True, nl=False)
    if isinstance(error, click.ClickException):
        error = failures.misuse(error)
    elif isinstance(error, OSError):
        gone = failures.without_folder(error)
        if gone is None and error.filename is None:
            failures.forget_stdout()
        error = gone or failures.of_the_system(error)
    if isinstance(error, QtauthorError):
        state.console.error(error)
        return exit_codes.MISUSE
    click.echo(f"error: a bug in qtauthor: {visible(repr(error))}; --debug shows where", err=True)
    return exit_codes.BUG
