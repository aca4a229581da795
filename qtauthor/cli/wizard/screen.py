"""What the dialogue says between its questions. It is words, so it goes to standard error."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import Literal

import click

from qtauthor.cli.output.console import Console, visible

Style = Literal["plain", "strong", "dim", "good", "warning", "bad"]

_STYLES: dict[Style, dict[str, object]] = {
    "plain": {},
    "strong": {"bold": True},
    "dim": {"dim": True},
    "good": {"fg": "green"},
    "warning": {"fg": "yellow"},
    "bad": {"fg": "red"},
}
MOST = 100
"""Columns; longer lines of prose are hard to read."""
_LABEL = 13
_LEAST = 40


class Screen:
    """Prints words no wider than the terminal. ``plain`` is for ears and for dumb terminals."""

    def __init__(self, console: Console, *, plain: bool) -> None:
        self.console = console
        self.plain = plain
        self.colour = console.colored(sys.stderr) and not plain

    @property
    def width(self) -> int:
        """Columns that are used."""
        return max(_LEAST, min(MOST, self.columns))

    @property
    def columns(self) -> int:
        """Columns that there are."""
        try:
            return os.get_terminal_size(sys.stderr.fileno()).columns or 80
        except (OSError, ValueError):
            return 80

    def say(self, text: str, style: Style = "plain", *, indent: int = 0) -> None:
        """A paragraph, broken between words."""
        blank = " " * indent
        lines = textwrap.wrap(
            visible(text),
            self.width,
            initial_indent=blank,
            subsequent_indent=blank,
            break_on_hyphens=False,
            break_long_words=not self.plain,  # an address stays one for a voice
        )
        for line in lines or [""]:
            self._print(line, style)

    def fact(self, label: str, value: str, style: Style = "plain") -> None:
        """A value with its name before it; what does not fit goes below."""
        if self.plain:
            self.say(f"{label}: {value}" if label else value, style)
            return
        hyphens = "/" in value  # an address breaks there as well as anywhere
        room = self.width - _LABEL
        parts = textwrap.wrap(visible(value), room, break_on_hyphens=hyphens) or [""]
        for at, part in enumerate(parts):
            head = f"{label:<{_LABEL}}" if at == 0 else " " * _LABEL
            self._print(self._styled(head, "dim") + self._styled(part, style), "plain")

    def heading(self, text: str) -> None:
        """The name of what follows."""
        self._print("", "plain")
        if self.plain:
            self._print(visible(text), "plain")
            return
        line = f"── {visible(text)} "
        self._print(line + "─" * max(2, self.width - len(line)), "strong")

    def block(self, text: str) -> None:
        """Lines that are laid out already."""
        click.echo(text.rstrip("\n"), err=True, color=self.colour or None)

    def _print(self, text: str, style: Style) -> None:
        click.echo(self._styled(text, style), err=True, color=self.colour)

    def _styled(self, text: str, style: Style) -> str:
        given = _STYLES[style]
        return click.style(text, **given) if self.colour and given and text else text  # type: ignore[arg-type]  # styles are its keywords
