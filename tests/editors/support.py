"""What the pages about editors say, and how to get an editor that takes it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.support import environment
from tests.docs.pages import DOCS, blocks

PAGES = DOCS / "editors"


def configuration(page: str, language: str) -> list[str]:
    """The blocks in one language of a page."""
    return [block.text for block in blocks(PAGES / page, language)]


def program(*names: str) -> str:
    """An editor by the first of its names that is there; else the test is skipped.

    Neovim comes with the extra ``test``, so that CI has to have it.
    """
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    for name in names:
        found = shutil.which(name, path=beside)
        if found is not None:
            return found
    if "nvim" in names and os.environ.get("CI"):
        pytest.fail(f"{names[0]} is not installed, and CI has to try it")
    pytest.skip(f"{names[0]} is not installed")


def surroundings(home: Path) -> dict[str, str]:
    """The environment of an editor without settings of its own, with ``qtauthor`` on its path."""
    programs = home / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    command = programs / "qtauthor"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qtauthor "$@"\n')
    command.chmod(0o755)
    path = os.pathsep.join((str(programs), os.environ.get("PATH", os.defpath)))
    folders = {
        f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")
    }
    return environment(PATH=path, HOME=str(home), TERM="dumb", VIMINIT="", **folders)
