"""Where the state of a site is, for tests that look into it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qtauthor.files import state_folder


def state(root: Path) -> Path:
    """The folder for the state of the site at ``root``, whether it is there or not."""
    return Path(state_folder.of(root).path)


def made(root: Path) -> Path:
    """The same, made."""
    return Path(state_folder.made(root).path)


@contextmanager
def apart(folder: Path | None = None) -> Iterator[None]:
    """State that is gone afterwards: in a temporary folder, which may be made in ``folder``."""
    before = os.environ.get(state_folder.VARIABLE)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        os.environ[state_folder.VARIABLE] = name
        try:
            yield
        finally:
            if before is None:
                del os.environ[state_folder.VARIABLE]
            else:
                os.environ[state_folder.VARIABLE] = before
