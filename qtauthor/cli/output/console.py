"""What a person or a program reads: data on standard output, words on standard error."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping
from typing import IO, Literal, TypeAlias

import click

from qtauthor.errors import QtauthorError

ColorChoice: TypeAlias = Literal["auto", "always", "never"]

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f\ufeff\ud800-\udfff]"
)
_NARROW = 40


def visible(text: str) -> str:
    """``text`` without what a terminal would obey: escapes are shown, not sent."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def on_one_line(text: str) -> str:
    """``text`` made visible, its line breaks too."""
    return visible(text).replace("\n", "\\n")


def wants_color(choice: ColorChoice, environment: Mapping[str, str], stream: IO[str]) -> bool:
    """Whether to colour: the option, then NO_COLOR, *FORCE_COLOR, CLICOLOR, TERM, the terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    forced = (environment.get(name, "") for name in ("CLICOLOR_FORCE", "FORCE_COLOR"))
    if any(value not in ("", "0") for value in forced):
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
        if sys.stdout.isatty():
            click.echo(visible(text), color=True)
        else:
            self.raw(_encoded(text) + b"\n")

    def raw(self, data: bytes) -> None:
        """A document, byte for byte."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def diff(self, lines: Iterable[bytes]) -> None:
        """A unified diff, coloured by the line's first character; as it is if nobody watches."""
        colored = self.colored(sys.stdout)
        terminal = sys.stdout.isatty()
        if not colored and not terminal:
            self.raw(b"".join(lines))
            return
        for line in lines:
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            shown = visible(text)
            click.echo(_diff_style(shown) if colored else shown, color=colored)

    def note(self, text: str) -> None:
        """Words about what was done."""
        if not self.quiet:
            self._say(visible(text))

    def say(self, text: str) -> None:
        """As ``note``, in lines that break between words where a terminal is too narrow."""
        if sys.stderr.isatty():
            width = shutil.get_terminal_size().columns
            text = textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
        self.note(text)

    def heading(self, text: str) -> None:
        """A bold line among the words, after an empty one."""
        if not self.quiet:
            self._say("\n" + self._styled(visible(text), bold=True))

    def error(self, error: QtauthorError) -> None:
        """Where, what and how to mend it, in three lines."""
        place = self._styled(on_one_line(str(error.where)), bold=True) if error.where.path else ""
        if error.where.line and not place:
            place = f"line {error.where.line}, column {error.where.column}"
        label = self._styled("error:", fg="red", bold=True)
        code = self._styled(f"[{error.code}]", dim=True)
        lines = [f"{place}: {label}" if place else label]
        lines[0] += f" {on_one_line(error.message)} {code}"
        excerpt = self._excerpt(error)
        if excerpt:
            lines.append(f"    {excerpt}")
        if error.remedy:
            help_ = self._styled("help:", fg="cyan", bold=True)
            lines.append(f"{help_} {on_one_line(error.remedy)}")
        self._say("\n".join(lines))

    def _excerpt(self, error: QtauthorError) -> str:
        """The part of the line around the place, which is underlined if colours allow."""
        width = max(_NARROW, shutil.get_terminal_size().columns - 8)
        text, column = error.excerpt.split("\n")[0], max(0, error.where.column - 1)
        start = max(0, min(column - width // 2, len(text) - width))
        end = start + width
        before, at, after = text[start:column], text[column : column + 1], text[column + 1 : end]
        marked = visible(at)
        if error.where.line:
            marked = self._styled(marked, underline=True, bold=True)
        shown = visible(before) + marked + visible(after)
        return (("…" if start else "") + shown + ("…" if end < len(text) else "")).strip()

    def _say(self, text: str) -> None:
        click.echo(text, err=True, color=self.colored(sys.stderr))

    def _styled(self, text: str, **style: str | bool) -> str:
        # click types each keyword by itself, and knows no dict of all of them.
        return click.style(text, **style) if self.colored(sys.stderr) else text  # type: ignore[arg-type]  # styles are its keywords


def _encoded(text: str) -> bytes:
    """UTF-8; a file's name that is none gets its own bytes back."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def _diff_style(line: str) -> str:
    if line.startswith(("diff ", "---", "+++", "new file", "deleted file")):
        return click.style(line, bold=True)
    colors = {"+": "green", "-": "red", "@": "cyan"}
    return click.style(line, fg=colors[line[0]]) if line[:1] in colors else line
