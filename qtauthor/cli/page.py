"""An article on the screen, by rich."""

from __future__ import annotations

import shutil
import sys
from typing import Any

from rich.console import Console as Screen
from rich.markdown import Markdown
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from qtauthor.cli import output
from qtauthor.cli.console import Console, visible
from qtauthor.content.latex import regions

MAX_WIDTH = 100
"""Columns; longer lines of prose are hard to read."""

_ELSEWHERE = ("answer", "question", "title", "article_title", "_schema")
"""Fields that the page shows otherwise, or that say nothing to a person."""


def show(
    console: Console, path: str, fields: dict[str, Any], related: list[Any], markdown: str
) -> None:
    """Print an article: question, fields, answer, related articles."""
    colored = console.colored(sys.stdout)
    screen = Screen(
        file=sys.stdout,
        force_terminal=colored,
        color_system="standard" if colored else None,
        no_color=not colored,
        width=min(shutil.get_terminal_size().columns, MAX_WIDTH),
        highlight=False,
        emoji=False,
        markup=False,
    )
    screen.print(Text(visible(str(fields.get("question", path))), style="bold"))
    screen.print(Text(visible(path), style="dim"))
    screen.print()
    screen.print(_table(fields))
    screen.print(Rule("answer", style="dim", characters="─"))
    if markdown.strip():
        screen.print(Markdown(visible(_literal_math(markdown)), hyperlinks=False))
    else:
        screen.print(Text("no answer yet", style="dim"))
    if related:
        screen.print(Rule("related", style="dim", characters="─"))
        screen.print(_links(related))


def _literal_math(markdown: str) -> str:
    """Math as code, so that nothing in it is taken for emphasis."""
    parts: list[str] = []
    position = 0
    for region in regions(markdown):
        math = markdown[region.start : region.end]
        if region.kind == "code" or "`" in math:
            continue
        parts += (markdown[position : region.start], "`", " ".join(math.split()), "`")
        position = region.end
    return "".join((*parts, markdown[position:]))


def _table(fields: dict[str, Any]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _flat(fields):
        if name not in _ELSEWHERE and not name.startswith("related_article"):
            table.add_row(visible(name), Text(visible(output.line(value))))
    names = [name for name in ("title", "article_title") if name in fields]
    if {str(fields[name]) for name in names} != {str(fields.get("question"))}:
        for name in names:
            table.add_row(name, Text(visible(str(fields[name]))))
    return table


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
    for number, link in enumerate(related, 1):
        facts = link if isinstance(link, dict) else {}
        text = Text(visible(str(facts.get("title", link))))
        text.append(f"\n{visible(str(facts.get('url', '')))}", style="dim")
        table.add_row(str(number), text)
    return table
