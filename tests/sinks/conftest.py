"""A folder of articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sinks.support import ARTICLE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with articles a to d."""
    for number, name in enumerate("abcd"):
        (tmp_path / f"{name}.md").write_bytes(ARTICLE % number)
    return tmp_path
