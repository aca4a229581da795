"""The interface of the command line as data: every command with its arguments and options.

Words are left out: help may be put better at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from qtauthor.cli.app import SECTIONS, app


def commands() -> dict[str, dict[str, Any]]:
    """Each command by its name (``related add``), with what it takes by its spellings."""
    return dict(_commands())


def _commands() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "", _taken(app)
    for name in (name for section in SECTIONS.values() for name in section):
        found = app.get_command(click.Context(app), name)
        assert found is not None
        yield name, _taken(found)
        for word, inner in getattr(found, "commands", {}).items():
            yield f"{name} {word}", _taken(inner)


def _taken(command: click.Command) -> dict[str, Any]:
    return dict(_parameter(one) for one in command.params)


def _parameter(one: click.Parameter) -> tuple[str, dict[str, Any]]:
    if isinstance(one, click.Argument):
        return str(one.human_readable_name), {"times": one.nargs, "required": one.required}
    assert isinstance(one, click.Option)
    facts: dict[str, Any] = {
        "flag": one.is_flag,
        "multiple": one.multiple,
        "required": one.required,
        "hidden": one.hidden,
    }
    if isinstance(one.type, click.Choice):
        facts["choices"] = sorted(map(str, one.type.choices))
    spellings = sorted((*one.opts, *one.secondary_opts))
    return " ".join(spellings), {name: value for name, value in facts.items() if value}
