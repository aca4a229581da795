"""A site for the examples to run in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qtauthor.files import state_folder
from tests.docs.console import Shell


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site that ``qtauthor demo`` leaves behind, and its state; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("demo")
    shell = Shell(folder, tmp_path_factory.mktemp("bin"))
    printed = shell.run("qtauthor demo site")
    assert shell.code == 0, "\n".join(printed)
    return folder / "site", next(shell.states.iterdir())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def site(demo: tuple[Path, Path], home: Path) -> Path:
    """A copy of the demo site of one's own."""
    return Path(shutil.copytree(demo[0], home / "site"))


@pytest.fixture
def empty_shell(home: Path, tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    programs = tmp_path / "bin"
    programs.mkdir()
    return Shell(home, programs)


@pytest.fixture
def shell(demo: tuple[Path, Path], site: Path, empty_shell: Shell) -> Shell:
    """A shell in a copy of the demo site."""
    shutil.copytree(demo[1], empty_shell.states / state_folder.name(str(site.resolve())))
    empty_shell.run(f"cd {site.name}")
    return empty_shell
