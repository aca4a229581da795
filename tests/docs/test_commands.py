"""The pages of commands have every command and every option, and speak of no other."""

from __future__ import annotations

import re

import click
import pytest

from qtauthor.cli.app import app
from tests.docs.commands import (
    ALL,
    EVERYWHERE,
    FOLDER,
    OVERVIEW,
    SHARED,
    command,
    file_name,
    marked,
    options,
    regenerated,
)
from tests.docs.pages import DOCS, SITE, codes, headings, rows

OUTSIDE = {"--help", "-h"}
"""click adds these to every command without listing them among its parameters."""

ENDS_WITH_1 = {"check", "config check", "diff", "edit", "export", "import", "pick"}
"""Commands that end with 1 for a reason of their own."""

ALWAYS_0 = {
    *("related", "ids", "ids show", "rule", "ls", "stats", "index", "log", "get", "view", "show"),
    *("server", "schema", "completion", "demo", "config"),
}
"""Commands that either do their work or fail."""


def spellings(found: click.Command) -> set[str]:
    return {text for one in options(found) for text in (*one.opts, *one.secondary_opts)}


def documented(name: str) -> set[str]:
    """The options in the table on a command."""
    page = FOLDER / file_name(name)
    return {code.split()[0] for row in rows(page, f"qtauthor {name}") for code in codes(row[0])}


@pytest.mark.parametrize("name", ALL)
def test_a_command_has_a_page_or_a_section_with_its_part_of_the_program(name: str) -> None:
    page = FOLDER / file_name(name)
    assert f"qtauthor {name}" in headings(page, 2 if " " in name else 1)
    assert f"\n<!-- program: {name} -->\n" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_every_option_of_a_command_is_on_its_page_or_shared(name: str) -> None:
    found = {one.name: one for one in options(command(name))}
    shared: set[str | None] = set(EVERYWHERE)
    for names, _ in SHARED.values():
        shared |= names if names <= set(found) else set()
    own = [one for key, one in found.items() if key not in shared]
    group = command(name)
    silent = isinstance(group, click.Group) and not group.invoke_without_command
    told = set() if silent else documented(name)
    assert told == {text for one in own for text in (*one.opts, *one.secondary_opts)}


def test_shared_options_are_tables_on_the_overview() -> None:
    text = OVERVIEW.read_text(encoding="utf-8")
    for name in ("commands", "options everywhere", *(f"options {name}" for name in SHARED)):
        assert f"\n<!-- program: {name} -->\n" in text
    assert all({one.name for one in options(command(name))} >= EVERYWHERE for name in ALL)


def test_what_stands_between_markers_is_replaced_and_nothing_else() -> None:
    page = "# A\n\n<!-- program: undo -->\nold\n<!-- end -->\n\nby hand\n"
    new = regenerated(page)
    assert "old" not in new
    assert new.startswith("# A\n\n<!-- program: undo -->\n\n```text\nqtauthor undo")
    assert new.endswith("\n<!-- end -->\n\nby hand\n")
    assert regenerated(new) == new


@pytest.mark.parametrize(
    ("told", "page"),
    [
        ("KEY=VALUE gives text", "`KEY=VALUE` gives text"),
        ("seo.title or /seo/title", "`seo.title` or `/seo/title`"),
        ("the file - is standard input", "the file `-` is standard input"),
        ("with --fix, as -n does", "with `--fix`, as `-n` does"),
        ("a well-kept list [x] of *all*", r"a well-kept list \[x\] of \*all\*"),
        ("yes/no and JSON", "yes/no and JSON"),
    ],
)
def test_help_becomes_markdown(told: str, page: str) -> None:
    assert marked(told, {"KEY"}) == page


def test_every_command_that_can_end_with_1_says_when() -> None:
    told = {code for row in rows(OVERVIEW, "Exit codes") for code in codes(row[0])}
    shows = {"--dry-run", "--diff", "--check", "--keep-going"}
    by_option = {name for name in ALL if spellings(command(name)) & shows}
    assert told - shows == ENDS_WITH_1
    assert told >= shows
    assert set(ALL) - by_option - ENDS_WITH_1 - ALWAYS_0 == set()


def test_no_page_speaks_of_an_option_that_is_not_there() -> None:
    known = spellings(app) | OUTSIDE
    for name in ALL:
        known |= spellings(command(name))
    own = [page for page in SITE if page.parent == FOLDER]
    others = ("commands", "tutorial", "tutorial-site", "scripts", "configuration", "writing")
    for page in (*own, *(DOCS / f"{name}.md" for name in others)):
        text = page.read_text(encoding="utf-8")
        lines = [line for line in text.split("\n") if "qtauthor" in line or line.startswith("|")]
        spoken = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", "\n".join(lines)))
        assert spoken <= known, page.name
