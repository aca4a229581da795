"""``python -m tests.docs.update PAGE…`` writes anew what console examples and screens show.

Only outputs that no longer match are replaced, elisions and all: read the difference before you
commit it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs.console import Shell
from tests.docs.dialogue import play


def update(page: Path) -> int:
    """Rewrite one page; gives the number of outputs that were replaced."""
    with tempfile.TemporaryDirectory() as name:
        home, programs = Path(name, "home"), Path(name, "bin")
        home.mkdir()
        programs.mkdir()
        shell = Shell(home, programs)
        if not page.name.startswith("tutorial"):
            shell.run("qtauthor demo site && cd site")
            assert not shell.code, "the demo site cannot be made"
        printed = list(play(page, shell))
    wrong = [one for one in printed if not one.told.matches(one.actual)]
    lines = page.read_text(encoding="utf-8").split("\n")
    for step, start, actual in reversed(wrong):
        lines[start : start + len(step.expected)] = actual
    page.write_text("\n".join(lines), encoding="utf-8")
    return len(wrong)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        count = update(Path(argument))
        sys.stderr.write(f"{argument}: {count} outputs replaced\n")
