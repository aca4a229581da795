"""A person at a terminal: types, waits for words on the screen, and looks at it.

The terminal is pyte's; it answers where its cursor is, as real ones do.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pexpect
import pyte

from tests.cli.support import environment
from tests.support.patience import PATIENCE

SCREENS = Path(__file__).parent / "screens"
ENTER, ESCAPE, DOWN, UP, TAB, INTERRUPT = "\r", "\x1b", "\x1b[B", "\x1b[A", "\t", "\x03"
END_OF_FILE = "\x04"
CLEAR = "\x15"
"""Ctrl-U: takes away what stands before the cursor."""

_QUIET = 0.12
"""Seconds without output after which a screen has probably settled."""
_SETTLES = 20.0
"""Seconds after which it has, however busy the machine is."""


class Person:
    """At a terminal in which a command runs."""

    def __init__(self, child: Any, columns: int, rows: int) -> None:
        self.child = child
        self.screen = pyte.HistoryScreen(columns, rows, history=2000, ratio=0.5)
        self.screen.write_process_input = child.send  # type: ignore[method-assign]
        self.stream = pyte.Stream(self.screen)
        self.said = ""

    def sees(self, *words: str) -> str:
        """Wait until all these words are on the screen, and it has settled."""
        end = time.monotonic() + PATIENCE
        while True:
            self._read(_QUIET)
            shown = self.shown
            flat = " ".join(shown.split())
            if all(" ".join(word.split()) in flat for word in words):
                return shown
            assert time.monotonic() < end, f"{words} are not on the screen:\n{shown}"
            assert self.child.isalive() or self._read(_QUIET), f"it ended:\n{self.everything}"

    def look(self) -> str:
        """The screen when it has settled."""
        self._read(_QUIET)
        return self.shown

    def types(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)
            if key == ESCAPE:
                self._read(0.3)

    def answers(self, prompt: str, *keys: str) -> None:
        """Wait for a prompt, type and press Enter."""
        self.sees(prompt)
        self.types(*keys, ENTER)

    def ends(self) -> int:
        """The exit code."""
        end = time.monotonic() + PATIENCE
        while self._read(0.2) or self.child.isalive():
            assert time.monotonic() < end, self.shown
        self.child.wait()
        return int(self.child.exitstatus)

    def is_killed(self) -> None:
        """As by a crash: nothing of the program runs any more."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    @property
    def shown(self) -> str:
        """The screen as text, without what is empty at its end."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip() + "\n"

    @property
    def everything(self) -> str:
        """The screen and all lines that it has moved up."""
        above = [
            "".join(line[column].data for column in range(self.screen.columns)).rstrip()
            for line in self.screen.history.top
        ]
        return "\n".join([*above, self.shown])

    def _read(self, seconds: float) -> bool:
        """Take in what is printed until it is quiet. Whether there was something."""
        found = False
        while True:
            try:
                text = self.child.read_nonblocking(65536, seconds)
            except (pexpect.TIMEOUT, pexpect.EOF):
                return found
            found = True
            self.said += text
            self.stream.feed(text)


@contextmanager
def seated(
    script: str, cwd: Path, environ: Mapping[str, str], columns: int = 80, rows: int = 40
) -> Iterator[Person]:
    """Someone at a terminal in which a line of shell runs."""
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", script],
        cwd=str(cwd),
        env=dict(environ),
        dimensions=(rows, columns),
        encoding="utf-8",
        timeout=PATIENCE,
    )
    try:
        yield Person(child, columns, rows)
    finally:
        child.close(force=True)


@contextmanager
def person(
    *arguments: str,
    cwd: Path,
    columns: int = 80,
    rows: int = 40,
    redirect: str = "",
    environ: Mapping[str, str] | None = None,
) -> Iterator[Person]:
    """Someone who has called ``qtauthor new`` in ``cwd``."""
    env = environment(**{"LC_ALL": "C.UTF-8", "QTAUTHOR_PLAIN": "", **(environ or {})})
    del env["PROMPT_TOOLKIT_NO_CPR"]
    command = shlex.join([sys.executable, "-m", "qtauthor", "new", *arguments])
    with seated(f"exec {command} {redirect}", cwd, env, columns, rows) as me:
        yield me


def matches(name: str, me: Person, *words: str, whole: bool = False) -> bool:
    """Whether the screen becomes the one that is kept, as `is_kept` has it."""
    return is_kept(SCREENS / f"{name}.txt", me, *words, whole=whole)


def is_kept(kept: Path, me: Person, *words: str, whole: bool = False) -> bool:
    """Whether the screen with these words becomes the one that is kept.

    It is looked at again until it does, for on a busy machine it comes in parts; ``whole`` looks at
    what has moved up, too. With QTAUTHOR_SCREENS=update what is shown becomes what is kept.
    """

    def look() -> str:
        settled = me.look()
        return me.everything if whole else settled

    me.sees(*words)
    if os.environ.get("QTAUTHOR_SCREENS") == "update":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(look(), encoding="utf-8")
    told = kept.read_text(encoding="utf-8") if kept.exists() else ""
    end = time.monotonic() + _SETTLES
    while (shown := look()) != told and time.monotonic() < end:
        pass
    assert shown == told, f"{kept.stem} differs; see it with QTAUTHOR_SCREENS=update and git diff"
    return True
