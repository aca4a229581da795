"""Someone at a terminal who runs a command, and the screens that are kept of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect

from tests.cli.support import environment
from tests.cli.wizard.driver import Person

SCREENS = Path(__file__).parent / "screens"
_PATIENCE = 20


@contextmanager
def watched(
    *arguments: str,
    cwd: Path,
    columns: int = 80,
    rows: int = 24,
    redirect: str = "",
    **changes: str,
) -> Iterator[Person]:
    """Run a command on a terminal; ``redirect`` is put behind it, as a redirection is."""
    env = environment(**{"LC_ALL": "C.UTF-8", **changes})
    del env["PROMPT_TOOLKIT_NO_CPR"]
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", f'exec "$@" {redirect}', "sh", sys.executable, "-m", "qtauthor", *arguments],
        cwd=str(cwd),
        env=env,
        dimensions=(rows, columns),
        encoding="utf-8",
        timeout=_PATIENCE,
    )
    try:
        yield Person(child, columns, rows)
    finally:
        child.close(force=True)


def matches(name: str, shown: str) -> bool:
    """Whether a screen is the one that is kept; with QTAUTHOR_SCREENS=update it becomes it."""
    kept = SCREENS / f"{name}.txt"
    if os.environ.get("QTAUTHOR_SCREENS") == "update":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text(encoding="utf-8")
    return True
