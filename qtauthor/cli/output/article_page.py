"""An article on the screen, by rich."""

from __future__ import annotations

import shutil
import sys
from typing import Any

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console as Screen
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from qtauthor.cli.output import json_values
from qtauthor.cli.output.console import Console, visible
from qtauthor.cli.output.rendering import rendered
from qtauthor.model import numbered_blocks

MAX_WIDTH = 100
"""Columns; longer lines of prose are hard to read."""

MOST_LINKS = 100
"""Related articles that are listed."""

MOST_CHARACTERS = 2000
"""Characters of a field that are shown."""

_ELSEWHERE = ("answer", "question", "title", "article_title", "_schema")
"""Fields that the page shows otherwise, or that say nothing to a person."""


def show(
    console: Console, path: str, fields: dict[str, Any], related: list[Any], markdown: str
) -> None:
    """Print an article: question, fields, answer, related articles."""
    screen = _screen(console, width())
    screen.print(Text(_shown(str(fields.get("question", path))), style="bold"))
    screen.print(Text(visible(path), style="dim"))
    screen.print()
    _print_facts(screen, [(_shown(name), _shown(value)) for name, value in _facts(fields)])
    screen.print(Rule("answer", style="dim", characters="─"))
    screen.file.write(answer(console, markdown, screen.width))
    if related:
        screen.print(Rule("related", style="dim", characters="─"))
        screen.print(_links(related))


def text(console: Console, question: str, markdown: str, width: int) -> str:
    """The question and its answer in lines of ``width`` columns."""
    screen = _screen(console, width)
    with screen.capture() as head:
        screen.print(Text(_shown(question), style="bold"), "", sep="\n")
    return head.get() + answer(console, markdown, width)


def answer(console: Console, markdown: str, width: int) -> str:
    """The answer in lines, as standard output is to get it."""
    shown = rendered(markdown, width=width, colour=console.colored(sys.stdout))
    return shown or "no answer yet\n"


def _shown(text: str) -> str:
    """A text fit for a terminal; of one that is very long, the beginning and its length."""
    if len(text) <= MOST_CHARACTERS:
        return visible(text)
    return f"{visible(text[:MOST_CHARACTERS])}… ({len(text):,} characters)"


def width(wanted: int | None = None) -> int:
    """Columns to fill: those that are wanted, else as many as there are and can be read."""
    return wanted or min(shutil.get_terminal_size().columns, MAX_WIDTH)


def _screen(console: Console, columns: int) -> Screen:
    colored = console.colored(sys.stdout)
    return Screen(
        file=sys.stdout,
        force_terminal=colored,
        color_system="standard" if colored else None,
        no_color=not colored,
        width=columns,
        highlight=False,
        emoji=False,
        markup=False,
    )


def _facts(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """What is listed of the fields; titles only if they are not the question."""
    found = [
        (name, json_values.line(value))
        for name, value in _flat({key: fields[key] for key in fields if not _is_link(key)})
        if name not in _ELSEWHERE
    ]
    names = [name for name in ("title", "article_title") if name in fields]
    if {str(fields[name]) for name in names} != {str(fields.get("question"))}:
        found += [(name, str(fields[name])) for name in names]
    return found


def _is_link(key: object) -> bool:
    return numbered_blocks.is_inside(f"/{key}")


def _print_facts(screen: Screen, facts: list[tuple[str, str]]) -> None:
    """Names and values in two columns. rich is asked for few lines: it takes long for very many."""
    size = min(screen.width // 2, max((cell_len(name) for name, _ in facts), default=0))
    room = screen.width - size - 2
    blank = " " * size
    colored = screen.color_system is not None
    for name, value in facts:
        head = set_cell_size(name, size)
        if cell_len(name) > size:
            screen.print(Text(name, "cyan"))
            head = blank
        simple = len(value) <= room and value.isascii() and "\n" not in value
        wrapped = () if simple else Text(value).wrap(screen, room, overflow="fold")
        for line in (value,) if simple else (one.plain.rstrip() for one in wrapped):
            shown = click.style(head, fg="cyan") if colored and head.strip() else head
            screen.file.write(f"{shown}  {line}\n")
            head = blank


def _flat(fields: dict[str, Any], above: str = "") -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for key, value in fields.items():
        name = f"{above}{key}"
        rows += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, value)]
    return rows


def _links(related: list[Any]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for number, link in enumerate(related[:MOST_LINKS], 1):
        facts = link if isinstance(link, dict) else {}
        text = Text(_shown(str(facts.get("title", link))))
        text.append(f"\n{_shown(str(facts.get('url', '')))}", style="dim")
        table.add_row(str(number), text)
    if len(related) > MOST_LINKS:
        table.add_row("…", f"{len(related) - MOST_LINKS:,} more are not shown")
    return table
