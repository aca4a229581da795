"""A copy of the sample site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.support import DEMO


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the sample site."""
    return Path(shutil.copytree(DEMO, tmp_path.resolve() / "site"))
