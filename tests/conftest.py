"""Fixtures that every test may use."""

from __future__ import annotations

import itertools
import os
import signal
from pathlib import Path

import hypothesis
import pytest

from benchmarks.make_site import Generator
from qtauthor.files import state_folder
from tests.support.amounts import STAND_INS

pytest_plugins = ["tests.support.fixtures"]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts the tests in the background has them ignore Ctrl-C, and what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("whatever the load", deadline=None)
hypothesis.settings.load_profile("whatever the load")

_COUNT = itertools.count()


def pytest_xdist_auto_num_workers() -> int | None:
    """One more than there are processors: some tests wait for a terminal or for a process."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    asked = getattr(os, "sched_getaffinity", None)
    return 1 + (len(asked(0)) if asked else os.cpu_count() or 1)


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the state of all sites of all tests, which lies in none of them."""
    folder = tmp_path_factory.mktemp("states")
    os.environ[state_folder.VARIABLE] = str(folder / "shared")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _not_of_the_user(states: Path) -> None:
    """Fixtures of more than one test do not touch the state of whoever runs the tests either."""


@pytest.fixture(autouse=True)
def _own_state(states: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins without state, in this process and in those that it starts."""
    monkeypatch.setenv(state_folder.VARIABLE, str(states / str(next(_COUNT))))


SHARED_CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "content" / "learn"


def _sample() -> Path | None:
    folder = Path(os.environ.get("QTAUTHOR_CORPUS") or SHARED_CORPUS)
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample's ``content/learn``: reference data, to be read and never changed."""
    folder = _sample()
    if folder is None:
        pytest.skip("no sample corpus")
    return folder


@pytest.fixture(scope="session")
def every_article() -> list[tuple[str, bytes]]:
    """The path and the bytes of each article of the sample, or of as many that stand in for it."""
    folder = _sample()
    if folder is None:
        return list(Generator(STAND_INS).articles())
    found = [(path.as_posix(), path.read_bytes()) for path in sorted(folder.glob("*/*.md"))]
    assert found, f"there is no article in {folder}"
    return found
