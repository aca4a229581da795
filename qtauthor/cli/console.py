"""What a person or a program reads: data on standard output, words on standard error."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from typing import IO, Literal, TypeAlias

import click

from qtauthor.errors import QtauthorError

ColorChoice: TypeAlias = Literal["auto", "always", "never"]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_NARROW = 40


def visible(text: str) -> str:
    """``text`` without what a terminal would obey: escapes are shown, not sent."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def wants_color(choice: ColorChoice, environment: Mapping[str, str], stream: IO[str]) -> bool:
    """Whether to colour: the option, then NO_COLOR, *FORCE_COLOR, CLICOLOR, TERM, the terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("CLICOLOR_FORCE", "0") != "0" or environment.get("FORCE_COLOR", "0") != "0":
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return stream.isatty()


class Console:
    """The two streams of one run. ``quiet`` leaves out words that are no warning or error."""

    def __init__(self, color: ColorChoice = "auto", *, quiet: bool = False) -> None:
        self.color = color
        self.quiet = quiet

    def colored(self, stream: IO[str]) -> bool:
        """Whether ``stream`` gets colours."""
        return wants_color(self.color, os.environ, stream)

    def data(self, text: str) -> None:
        """A line of data. On a terminal control characters are shown instead of sent."""
        shown = visible(text) if sys.stdout.isatty() else text
        click.echo(shown, color=self.colored(sys.stdout))

    def raw(self, data: bytes) -> None:
        """A document, byte for byte."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def diff(self, lines: Iterable[str]) -> None:
        """A unified diff, coloured by the line's first character."""
        colored = self.colored(sys.stdout)
        terminal = sys.stdout.isatty()
        for line in lines:
            text = line.rstrip("\n")
            shown = visible(text) if terminal else text
            click.echo(_diff_style(shown) if colored else shown, color=colored)

    def note(self, text: str) -> None:
        """Words about what was done."""
        if not self.quiet:
            click.echo(visible(text), err=True, color=self.colored(sys.stderr))

    def heading(self, text: str) -> None:
        """A bold line among the words, after an empty one."""
        if not self.quiet:
            styled = self._styled(visible(text), bold=True)
            click.echo(f"\n{styled}", err=True, color=self.colored(sys.stderr))

    def warn(self, text: str) -> None:
        """Words that quiet does not silence."""
        label = self._styled("warning:", fg="yellow", bold=True)
        click.echo(f"{label} {visible(text)}", err=True, color=self.colored(sys.stderr))

    def error(self, error: QtauthorError) -> None:
        """Where, what and how to mend it, in three lines."""
        place = self._styled(visible(str(error.where)), bold=True) if error.where.path else ""
        if error.where.line and not place:
            place = f"line {error.where.line}, column {error.where.column}"
        label = self._styled("error:", fg="red", bold=True)
        code = self._styled(f"[{error.code}]", dim=True)
        lines = [f"{place}: {label}" if place else label]
        lines[0] += f" {visible(error.message)} {code}"
        excerpt = self._excerpt(error)
        if excerpt:
            lines.append(f"    {excerpt}")
        if error.remedy:
            lines.append(f"{self._styled('help:', fg='cyan', bold=True)} {visible(error.remedy)}")
        click.echo("\n".join(lines), err=True, color=self.colored(sys.stderr))

    def _excerpt(self, error: QtauthorError) -> str:
        """The part of the line around the place, marked there if colours allow."""
        width = max(_NARROW, _columns() - 8)
        text, column = error.excerpt.split("\n")[0], max(0, error.where.column - 1)
        start = max(0, min(column - width // 2, len(text) - width))
        part = text[start : start + width]
        shown = ("…" if start else "") + visible(part) + ("…" if start + width < len(text) else "")
        return shown.strip()

    def _styled(self, text: str, **style: str | bool) -> str:
        return click.style(text, **style) if self.colored(sys.stderr) else text  # type: ignore[arg-type]


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _diff_style(line: str) -> str:
    if line.startswith(("diff ", "---", "+++", "new file", "deleted file")):
        return click.style(line, bold=True)
    colors = {"+": "green", "-": "red", "@": "cyan"}
    return click.style(line, fg=colors[line[0]]) if line[:1] in colors else line
