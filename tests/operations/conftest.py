"""What the tests of operations share."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.site import Site
from tests.support.sites import copy_demo


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A copy of the sample site."""
    return copy_demo(tmp_path)
