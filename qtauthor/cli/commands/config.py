"""``qtauthor config`` and its command."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.output import json_values, table
from qtauthor.cli.output.console import on_one_line
from qtauthor.cli.state import State
from qtauthor.files import site_marks
from qtauthor.model.config import toml_file
from qtauthor.model.config.settings import Setting, settings
from qtauthor.text.plural import counted


@click.group(invoke_without_command=True)
@options.output_format
@options.common
@options.pass_state
@click.pass_context
def config(context: click.Context, state: State, as_format: str) -> int:
    """Show the configuration, and check it.

    Every key is printed with its value and with where that comes from.

    \b
    qtauthor config
    qtauthor config check
    """
    if context.invoked_subcommand is not None:
        return exit_codes.DONE
    site = state.site()
    mark = site_marks.mark(site.root)
    file = None if mark is None or mark.path is None else str(mark.path)
    text = "" if file is None else toml_file.read_text(Path(file))
    shown = settings(site.config, text, file or "", mark.table if mark else ())
    if as_format == "json":
        members = [_facts(one) for one in shown]
        state.console.data(json_values.versioned(root=str(site.root), file=file, settings=members))
        return exit_codes.DONE
    origin = "" if file is None else os.path.relpath(file)
    rows = [(one.key, on_one_line(one.written), _origin(one, origin)) for one in shown]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in table.lines(("key", "value", "from"), rows, numbers=(False,) * 3, width=width):
        state.console.data(line)
    return exit_codes.DONE


@config.command()
@options.common
@options.pass_state
def check(state: State) -> int:
    """See whether the configuration is right, and what it names is there.

    \b
    qtauthor config check
    """
    from qtauthor.operations.site.config_check import problems

    site = state.site()
    found = list(problems(site))
    for problem in found:
        state.console.error(problem)
    told = counted(len(found), "problem") if found else "no problems"
    state.console.note(f"{told} in the configuration of {site.root}")
    return exit_codes.of(findings=bool(found))


def _facts(one: Setting) -> dict[str, object]:
    return {
        "key": one.key,
        "value": one.value,
        "from": "file" if one.given else "default",
        "line": one.line or None,
    }


def _origin(one: Setting, file: str) -> str:
    if not one.given:
        return "default"
    return f"{file}:{one.line}" if one.line else file
