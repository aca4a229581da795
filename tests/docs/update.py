"""``python -m tests.docs.update PAGE…`` writes anew what the console examples print.

Only outputs that no longer match are replaced, elisions and all: read the difference before you
commit it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs.console import Shell, Step, steps
from tests.docs.pages import blocks


def update(page: Path) -> int:
    """Rewrite one page; gives the number of outputs that were replaced."""
    with tempfile.TemporaryDirectory() as name:
        home, programs = Path(name, "home"), Path(name, "bin")
        home.mkdir()
        programs.mkdir()
        shell = Shell(home, programs)
        if page.name != "tutorial.md":
            shell.run("qtauthor demo site && cd site")
            assert not shell.code, "the demo site cannot be made"
        found = [step for block in blocks(page, "console") for step in steps(block)]
        printed = [(step, shell.run(step.command)) for step in found]
    wrong = [(step, actual) for step, actual in printed if not step.matches(actual)]
    lines = page.read_text(encoding="utf-8").split("\n")
    for step, actual in reversed(wrong):
        start = _output(step)
        lines[start : start + len(step.expected)] = actual
    page.write_text("\n".join(lines), encoding="utf-8")
    return len(wrong)


def _output(step: Step) -> int:
    """The index of the line after a command."""
    return step.line - 1 + step.command.count("\n") + 1


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        count = update(Path(argument))
        sys.stderr.write(f"{argument}: {count} outputs replaced\n")
