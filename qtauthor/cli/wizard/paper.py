"""Files as they will be, on the screen."""

from __future__ import annotations

import io

from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.output import change_diff
from qtauthor.cli.output.console import visible
from qtauthor.cli.wizard.screen import Screen
from qtauthor.content.site import Site


def file(screen: Screen, data: bytes) -> None:
    """The exact text of a new file; long lines are broken, and numbers tell where one begins."""
    _coloured(screen, data.decode(), "yaml", numbers=True)


def changes(screen: Screen, site: Site, found: ChangeSet) -> None:
    """What changes in files, as a diff."""
    lines = change_diff.of(site.root, found, site.source.read)
    _coloured(screen, b"".join(lines).decode("utf-8", "replace"), "diff", numbers=False)


def _coloured(screen: Screen, text: str, lexer: str, *, numbers: bool) -> None:
    from rich.console import Console
    from rich.syntax import Syntax

    if screen.plain:
        screen.block("\n".join(visible(line) for line in text.split("\n")))
        return
    out = io.StringIO()
    paper = Console(
        file=out,
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        no_color=not screen.colour,
        width=screen.width,
        legacy_windows=False,
    )
    shown = Syntax(
        "\n".join(visible(line) for line in text.split("\n")),
        lexer,
        theme="ansi_dark",
        background_color="default",
        line_numbers=numbers,
        word_wrap=True,
    )
    paper.print(shown)
    screen.block("\n".join(line.rstrip() for line in out.getvalue().split("\n")))
