"""A small site, and editors at work on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lsp.client import ABLE, Editor
from tests.support.small_sites import Made, make

OSMOSIS = Made("What is osmosis?", "Biology", 10)
DIFFUSION = Made("What is diffusion?", "Biology", 11)
HEAT = Made("What is heat: a form of energy?", "Physics", 12, folded=True)
CELLS = Made("How do cells drink? 😀 A tale", "Biology", 13, (OSMOSIS.link(), HEAT.link()))
PUMPS = Made("How do pumps work?", "Physics", 14, (OSMOSIS.link(), DIFFUSION.link()))
ALL = (OSMOSIS, DIFFUSION, HEAT, CELLS, PUMPS)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of five articles; two of them link to that on osmosis."""
    site = tmp_path / "site"
    make(site, ALL)
    return site


@pytest.fixture
def start() -> Iterator[Callable[..., Editor]]:
    """Starts editors, which are gone when the test is."""
    started: list[Editor] = []

    def begin(root: Path, *arguments: str, cold: bool = False) -> Editor:
        started.append(Editor(root, *arguments, cold=cold))
        return started[-1]

    yield begin
    for editor in started:
        editor.kill()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One server for the tests of a process: to start one takes longer than most tests."""
    found = Editor(tmp_path_factory.mktemp("editor"))
    found.begin()
    yield found
    found.kill()


@pytest.fixture
def editor(root: Path, running: Editor) -> Editor:
    """An editor that can do everything, at work on the site, with nothing open."""
    running.visit(root)
    return running


@pytest.fixture(scope="session", params=["utf-8", "utf-16", "utf-32"])
def speaking(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Editor, str]]:
    """One server for each encoding of places."""
    found = Editor(tmp_path_factory.mktemp("speaking"))
    able = {**ABLE, "general": {"positionEncodings": [request.param]}}
    assert found.begin(able)["positionEncoding"] == request.param
    yield found, request.param
    found.kill()


@pytest.fixture
def encoded(root: Path, speaking: tuple[Editor, str]) -> tuple[Editor, str]:
    """An editor as `editor`, and the encoding that it agreed on; the test runs for each."""
    speaking[0].visit(root)
    return speaking
