"""A site for the examples to run in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.console import Shell


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that ``qtauthor demo`` leaves behind; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("demo")
    shell = Shell(folder, tmp_path_factory.mktemp("bin"))
    printed = shell.run("qtauthor demo site")
    assert shell.code == 0, "\n".join(printed)
    return folder / "site"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def site(demo: Path, home: Path) -> Path:
    """A copy of the demo site of one's own."""
    return Path(shutil.copytree(demo, home / "site"))


@pytest.fixture
def empty_shell(home: Path, tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    programs = tmp_path / "bin"
    programs.mkdir()
    return Shell(home, programs)


@pytest.fixture
def shell(site: Path, empty_shell: Shell) -> Shell:
    """A shell in a copy of the demo site."""
    empty_shell.run(f"cd {site.name}")
    return empty_shell
