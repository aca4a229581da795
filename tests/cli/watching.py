"""Someone at a terminal who runs a command, and the screens that are kept of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect

from tests.cli.support import environment
from tests.cli.wizard.driver import Person, is_kept
from tests.support.patience import PATIENCE

SCREENS = Path(__file__).parent / "screens"


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
        timeout=PATIENCE,
    )
    try:
        yield Person(child, columns, rows)
    finally:
        child.close(force=True)


def matches(name: str, me: Person) -> bool:
    """Whether the screen becomes the one that is kept, as `is_kept` has it."""
    return is_kept(SCREENS / f"{name}.txt", me)
