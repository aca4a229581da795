"""A copy of the sample site to work in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli import support


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample site, which is the working directory."""
    root = tmp_path.resolve() / "site"
    shutil.copytree(support.DEMO, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def flawed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it in which four things are wrong, in two articles."""
    root = tmp_path.resolve() / "site"
    shutil.copytree(support.DEMO, root)
    monkeypatch.chdir(root)
    shifting = root / support.SHIFTING
    title = b"title: QuickTakes | Bicycles"
    shifting.write_bytes(shifting.read_bytes().replace(title, b"title: 'Bicycles: shifting'", 1))
    words = "What happens in a loaf as it ages."
    new = ("--subject", "Bread Baking", "--question", "Why does bread go stale?")
    support.here("new", *new, "--description", words, "--date", "2025-06-02")
    return root


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the environment decides how qtauthor behaves."""
    for name in ("QTAUTHOR_ROOT", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
