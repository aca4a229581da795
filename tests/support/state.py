"""Where the state of a site is, for tests that look into it."""

from __future__ import annotations

from pathlib import Path

from qtauthor import state_folder


def state(root: Path) -> Path:
    """The folder for the state of the site at ``root``, whether it is there or not."""
    return Path(state_folder.of(root).path)


def made(root: Path) -> Path:
    """The same, made."""
    return Path(state_folder.made(root).path)
