"""Runs the console examples of a page.

In a block marked ``console`` a line that begins with ``$ `` is a command, and lines with ``> ``
right below continue it. What follows, up to the next command, is all that it prints: standard
output first, then standard error. A line that is only ``…`` stands for any run of lines, among them
those that would look like commands. Blanks
at the end of a line do not count. ``cd`` and ``$?`` last from one command to the next.

What needs a shell runs in one. A command of ``qtauthor`` alone, as most are, needs none.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from qtauthor.files import state_folder
from tests.docs.pages import ROOT, Block
from tests.support import warm

ELISION = "…"
HOME = "/Users/me"
NOW = "2025-06-03T12:00:00+00:00"
"""The moment at which the examples run."""

_KEPT = ("HOME", "TMPDIR", "SYSTEMROOT")


class Step(NamedTuple):
    """A command, what the page says it prints, and the line of the command in the page."""

    command: str
    expected: tuple[str, ...]
    line: int

    def matches(self, actual: Sequence[str]) -> bool:
        """Whether ``actual`` is what the page says."""
        pattern = "".join(
            r"(?:.*\n)*?" if line.strip() == ELISION else re.escape(line.rstrip()) + r"\n"
            for line in self.expected
        )
        return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def steps(block: Block) -> list[Step]:
    """The commands of a block with their outputs."""
    found: list[Step] = []
    command: list[str] = []
    output: list[str] = []
    start = block.line
    for number, text in enumerate((*block.lines, "$ "), block.line):
        if text.startswith("$ "):
            if command:
                found.append(Step("\n".join(command), tuple(output), start))
            command, output, start = [text[2:]], [], number
        elif (text == ">" or text.startswith("> ")) and command and not output:
            command.append(text[2:])
        else:
            assert command, f"line {number}: a console block begins with $"
            output.append(text)
    return found


class Shell:
    """A folder in which commands run, with ``qtauthor`` on the path. It shows as ``HOME``.

    The state of sites is kept in ``states``.
    """

    def __init__(self, folder: Path, programs: Path) -> None:
        bash = shutil.which("bash")
        if bash is None:
            pytest.skip("the console examples need bash")
        self.bash = bash
        self.home = folder.resolve()
        self.folder = str(folder)
        self.left = programs / "left"
        self.code = 0
        self.states = programs / "states"
        self.environment = _environment(programs) | {state_folder.VARIABLE: str(self.states)}
        program = programs / "qtauthor"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qtauthor "$@"\n')
        program.chmod(0o755)

    def run(self, command: str) -> list[str]:
        """The lines that a command prints: standard output, then standard error."""
        words = plain_words(command)
        if words is not None:
            return self._shown(*warm.run(words, self.folder, self.environment))
        script = f'(exit {self.code}); {command}\nlast=$?; pwd -P > "{self.left}"; exit $last'
        done = subprocess.run(
            [self.bash, "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        self.folder = self.left.read_text().rstrip("\n")
        # An example that goes wrong must not go on elsewhere on this machine.
        assert Path(self.folder).is_relative_to(self.home), f"{command} leads out of the examples"
        return self._shown(done.returncode, done.stdout, done.stderr)

    def _shown(self, code: int, out: str, err: str) -> list[str]:
        self.code = code
        return [line.replace(str(self.home), HOME) for line in (*_lines(out), *_lines(err))]


_QUOTED = re.compile(r"\'[^\']*\'|\"[^\"$`\\!]*\"")
_FOR_THE_SHELL = re.compile(r"[\n|&;<>()$`\\\"\'*?\[\]{}~#!]")


def plain_words(command: str) -> list[str] | None:
    """The words behind ``qtauthor``, if the command is one of it and has nothing for a shell."""
    if not command.startswith("qtauthor ") or _FOR_THE_SHELL.search(_QUOTED.sub("x", command)):
        return None
    return shlex.split(command)[1:]


def _environment(programs: Path) -> dict[str, str]:
    """What the examples see of the environment, the same on every machine."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "PATH": os.pathsep.join((str(programs), os.environ.get("PATH", os.defpath))),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "QTAUTHOR_NOW": NOW,
        "PYTHONUTF8": "1",
        "COLUMNS": "80",
    }


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.removesuffix("\n").split("\n")] if text else []
