"""Fixtures that every test may use."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

pytest_plugins = ["tests.support.fixtures"]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts the tests in the background has them ignore Ctrl-C, and what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)

SHARED_CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "content" / "learn"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample's ``content/learn``: reference data, to be read and never changed."""
    folder = Path(os.environ.get("QTAUTHOR_CORPUS") or SHARED_CORPUS)
    if not folder.is_dir():
        pytest.skip("no sample corpus")
    return folder
