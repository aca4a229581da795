"""A folder of articles, and one in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qtauthor.files import state_folder
from tests.sinks.support import ARTICLE

MEMORY = Path("/dev/shm")  # noqa: S108  a folder in memory, where there is one


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with articles a to d."""
    for number, name in enumerate("abcd"):
        (tmp_path / f"{name}.md").write_bytes(ARTICLE % number)
    return tmp_path


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory if the system has one: what a killed process wrote stays there, too."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        monkeypatch.setenv(state_folder.VARIABLE, str(Path(folder) / "states"))
        place = Path(folder) / "work"
        place.mkdir()
        yield place
