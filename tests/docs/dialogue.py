"""Runs the dialogues of a page, between its console examples.

A block marked ``keys`` says what a person types. Its first line may be ``$ `` and a command, which
runs at a terminal of 80 columns from then on. Of each other line the part before two blanks is what
is waited for on the screen, and the rest is typed:

    ? Subject    bak ⇥ ⏎

A block marked ``screen`` is what the screen then shows; a line that is only ``…`` stands for any
lines. The command has to end, by itself or by an interrupt, before the next console example.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import NamedTuple

from tests.cli.wizard.driver import Person, seated
from tests.docs.console import Shell, Step, steps
from tests.docs.pages import Block, blocks

_KEYS = {
    "⏎": "\r",
    "⇥": "\t",
    "␣": " ",
    "↓": "\x1b[B",
    "↑": "\x1b[A",
    "⎋": "\x1b",
    "^D": "\x04",
    "^C": "\x03",
}
_KEY = re.compile("|".join(map(re.escape, _KEYS)))
_SETTLES = 20.0
_COLUMNS, _ROWS = 80, 44


class Example(NamedTuple):
    """What a page says that is shown, and what is. ``at`` is the index of its first line."""

    told: Step
    at: int
    actual: list[str]


def play(page: Path, shell: Shell) -> Iterator[Example]:
    """Do all that a page does, in order."""
    with ExitStack() as at_work:
        me: Person | None = None
        for block in _blocks(page):
            if block.language == "console":
                _end(me)
                me = None
                for step in steps(block):
                    yield Example(step, _output(step), shell.run(step.command))
            elif block.language == "screen":
                assert me is not None
                told = Step("the screen", block.lines, block.line)
                yield Example(told, block.line - 1, _shown(me, told))
            else:
                lines = list(block.lines)
                if lines[0].startswith("$ "):
                    _end(me)
                    me = at_work.enter_context(_begun(shell, lines.pop(0)[2:]))
                assert me is not None
                for line in lines:
                    _type(me, line)
        _end(me)


def _blocks(page: Path) -> list[Block]:
    found = [one for kind in ("console", "keys", "screen") for one in blocks(page, kind)]
    return sorted(found, key=lambda block: block.line)


def _output(step: Step) -> int:
    """The index of the line after a command."""
    return step.line + step.command.count("\n")


def _begun(shell: Shell, command: str) -> AbstractContextManager[Person]:
    env = {**shell.environment, "TERM": "xterm-256color"}
    env.pop("COLUMNS")
    return seated(command, Path(shell.folder), env, _COLUMNS, _ROWS)


def _type(me: Person, line: str) -> None:
    prompt, _, keys = line.partition("  ")
    me.sees(prompt)
    position = 0
    for found in _KEY.finditer(keys):
        me.types(keys[position : found.start()].strip(), _KEYS[found[0]])
        position = found.end()
    me.types(keys[position:].strip())


def _shown(me: Person, told: Step) -> list[str]:
    """The screen, when it is what the page says or does not change any more."""
    end = time.monotonic() + _SETTLES
    while True:
        shown = me.look().rstrip("\n").split("\n")
        if told.matches(shown) or time.monotonic() > end:
            return shown


def _end(me: Person | None) -> None:
    if me is not None:
        assert me.ends() in (0, 130), me.everything
