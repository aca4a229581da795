"""Questions of one line each, without a cursor that moves: for screen readers and slow lines.

``<`` alone goes back by one step, ``-`` takes nothing. Everything else is told before it is asked.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from qtauthor.cli.wizard.asking import (
    Back,
    Check,
    Complete,
    Keep,
    Live,
    Option,
    Ticked,
    checking,
    place_of,
)
from qtauthor.cli.wizard.screen import Screen

BACK, NOTHING = "<", "-"
_END = "."
_SHOWN, _NOTE = 8, 120


class Plain:
    """Asks line by line on standard error, and reads standard input."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def line(
        self,
        label: str,
        default: str = "",
        *,
        live: Live | None = None,
        check: Check | None = None,
        complete: Complete | None = None,
        keep: Keep | None = None,
    ) -> str:
        offered = complete("")[:_SHOWN] if complete else ()
        if offered:
            self.screen.say(f"There are: {', '.join(map(_named, offered))}")
        while True:
            text = self._read(f"{label} [{default}]: " if default else f"{label}: ") or default
            text = "" if text == NOTHING else text
            problem = checking(check)(text)
            if problem:
                self.screen.say(problem)
                continue
            if keep:
                keep(text)
            self._tell(live, text)
            return text

    def paragraphs(self, label: str, default: str = "", *, keep: Keep) -> str:
        if default:
            self.screen.say(f"There is a text of {len(default.split())} words; go on below it.")
        self.screen.say(f"{label}, line by line; a line with only a full stop ends it.")
        lines = default.split("\n") if default else []
        while (text := self._raw("")) != _END:
            lines.append(text)
            keep("\n".join(lines))
        return "\n".join(lines).strip("\n")

    def choose(self, label: str, options: Sequence[Option], default: Any = None) -> Any:
        for number, option in enumerate(options, 1):
            self.screen.say(f"{number} {_described(option)}")
        first = place_of(default, options) + 1
        while True:
            text = self._read(f"{label} [{first}]: ") or str(first)
            if text.isdecimal() and 1 <= int(text) <= len(options):
                return options[int(text) - 1].value
            self.screen.say(f"a number from 1 to {len(options)}, please")

    def tick(
        self, label: str, options: Sequence[Option], ticked: Sequence[Any], most: int
    ) -> Ticked:
        for number, option in enumerate(options, 1):
            self.screen.say(f"{number} {_described(option)}")
        now = " ".join(str(n) for n, one in enumerate(options, 1) if one.value in ticked)
        self.screen.say(
            f"Up to {most} numbers in the order that you want, 0 for none, or words to search for."
        )
        while True:
            text = self._read(f"{label} [{now or 0}]: ") or now or "0"
            words = text.replace(",", " ").split()
            if not all(word.isdecimal() for word in words):
                return Ticked(tuple(ticked), text)
            numbers = list(dict.fromkeys(int(word) for word in words if int(word)))
            if len(numbers) <= most and all(n <= len(options) for n in numbers):
                return Ticked(tuple(options[n - 1].value for n in numbers))
            self.screen.say(f"at most {most} numbers from 1 to {len(options)}, please")

    def _tell(self, live: Live | None, text: str) -> None:
        for remark in live(text) if live else ():
            if remark.text and remark.weight != "fact":
                self.screen.say(remark.text)

    def _read(self, prompt: str) -> str:
        text = self._raw(prompt).strip()
        if text == BACK:
            raise Back
        return text

    def _raw(self, prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        text = sys.stdin.readline()
        if not text:
            raise EOFError
        return text.rstrip("\r\n")


def _named(option: Option) -> str:
    return f"{option.title} ({option.aside})" if option.aside else option.title


def _described(option: Option) -> str:
    note = textwrap.shorten(option.note, _NOTE, placeholder=" …")
    named = _named(option)
    stop = "" if named.endswith((".", "?", "!")) else "."
    return f"{named}{stop} {note}" if note else named
