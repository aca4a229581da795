"""docs/commands.md has every command and every option, and nothing else."""

from __future__ import annotations

import re

import click
import pytest

from qtauthor.cli.app import SECTIONS, app
from tests.docs.pages import DOCS, codes, headings, prose, rows

PAGE = DOCS / "commands.md"
SHARED = "Options of every command"
NAMES = [name for section in SECTIONS.values() for name in section]
GROUPS = [
    name for name in NAMES if isinstance(app.get_command(click.Context(app), name), click.Group)
]
TOGETHER = ("Selecting articles", "Options of editing commands")
"""Options that several commands have together."""

OUTSIDE = {"--help", "-h"}
"""click adds these to every command without listing them among its parameters."""


def command(name: str) -> click.Command:
    """A command, or one of a group: ``related add``."""
    found: click.Command | None = app
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)
    assert found is not None
    return found


def inner(name: str) -> list[str]:
    """The commands of a group."""
    group = command(name)
    assert isinstance(group, click.Group)
    return [f"{name} {word}" for word in group.commands]


ALL = [*NAMES, *(one for name in GROUPS for one in inner(name))]


def options(found: click.Command) -> set[str]:
    return {
        spelling
        for parameter in found.params
        if isinstance(parameter, click.Option)
        for spelling in (*parameter.opts, *parameter.secondary_opts)
    }


def documented(section: str) -> set[str]:
    """The options in the first cells of a section's table, without their metavars."""
    return {code.split()[0] for row in rows(PAGE, section) for code in codes(row[0])}


def test_there_is_a_section_for_every_command_and_for_no_other() -> None:
    sections = [name for name in headings(PAGE, 2) if name.startswith("qtauthor ")]
    assert sections == [f"qtauthor {name}" for name in NAMES]


def test_there_is_a_section_for_every_command_of_a_group() -> None:
    sections = [name for name in headings(PAGE, 3) if name.startswith("qtauthor ")]
    assert sections == [f"qtauthor {name}" for name in ALL if name not in NAMES]


def test_options_that_all_commands_share_have_their_own_section() -> None:
    shared = set.intersection(*(options(command(name)) for name in ALL))
    assert documented(SHARED) == shared | OUTSIDE | (options(app) - shared)


@pytest.mark.parametrize("name", ALL)
def test_a_section_has_every_option_of_its_command_and_no_other(name: str) -> None:
    there = options(command(name))
    own = there - documented(SHARED)
    for section in TOGETHER:
        own -= documented(section) if documented(section) <= there else set()
    assert documented(f"qtauthor {name}") == own


@pytest.mark.parametrize("name", ALL)
def test_a_section_shows_the_arguments_of_its_command(name: str) -> None:
    found = command(name)
    pieces = found.collect_usage_pieces(click.Context(found, info_name=name))
    usage = " ".join(["qtauthor", name, *pieces])
    lines = [line.text for line in prose(PAGE) if line.section == f"qtauthor {name}"]
    assert f"`{usage}`" in lines


@pytest.mark.parametrize("name", ALL)
def test_choices_are_listed_where_the_option_is(name: str) -> None:
    shown = {
        code.split()[0]: " ".join(row)
        for section in (SHARED, *TOGETHER, f"qtauthor {name}")
        for row in rows(PAGE, section)
        for code in codes(row[0])
    }
    text = " ".join(line.text for line in prose(PAGE) if line.section == f"qtauthor {name}")
    for parameter in command(name).params:
        if isinstance(parameter.type, click.Choice):
            where = shown[parameter.opts[0]] if isinstance(parameter, click.Option) else text
            for choice in parameter.type.choices:
                assert f"`{choice}`" in where


def test_no_page_speaks_of_an_option_that_is_not_there() -> None:
    known = options(app) | OUTSIDE
    for name in ALL:
        known |= options(command(name))
    for page in (PAGE, DOCS / "tutorial.md", DOCS / "scripts.md", DOCS / "configuration.md"):
        text = page.read_text(encoding="utf-8")
        lines = [line for line in text.split("\n") if "qtauthor" in line or line.startswith("|")]
        spoken = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", "\n".join(lines)))
        assert spoken <= known, page.name
