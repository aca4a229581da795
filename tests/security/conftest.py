"""A site that is somebody else's work, and a home folder beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.support import DEMO
from tests.security import attacks


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample site, which is the working directory."""
    root = tmp_path.resolve() / "site"
    shutil.copytree(DEMO, root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    return root


@pytest.fixture
def home(site: Path) -> Path:
    """The home folder of the user, which nothing may touch."""
    return attacks.victim(site.parent)
