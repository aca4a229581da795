"""The user's folder for the state of sites: where it is, and when it is not believed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qtauthor import Site
from qtauthor.files import state_folder
from tests.cli.support import CHAIN, Result, here
from tests.security import attacks
from tests.support.state import made, state

NEEDS_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives folders away"
)
STRANGER = 54321


def edited(score: str = "1.5") -> Result:
    return here("set", CHAIN, f"score={score}", "--allow-dirty")


def goes_on_reading_and_refuses_to_write(site: Path, *named: str) -> None:
    """A reading command names the folder and goes on; a writing one says what to do."""
    before = attacks.snapshot(site)
    shown = here("ls")
    assert (shown.code, len(shown.text.splitlines())) == (0, 8)
    result = edited("2.5")
    assert result.code == 2
    assert "[unusable-state]" in result.err
    assert state_folder.VARIABLE in result.err
    for word in named:
        assert word in result.err
    assert "nothing can be undone" in here("undo").err or here("undo").code == 2
    assert attacks.snapshot(site) == before


def a_link(folder: Path) -> None:
    there = folder.with_name("there")
    folder.rename(there)
    folder.symlink_to(there)


def shared_with_a_group(folder: Path) -> None:
    folder.chmod(0o770)


def open_to_all(folder: Path) -> None:
    folder.chmod(0o1777)


def of_another_user(folder: Path) -> None:
    os.chown(folder, STRANGER, STRANGER)


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "a link": (a_link, "it is a link"),
    "shared with a group": (shared_with_a_group, "others may write in it"),
    "open to all": (open_to_all, "others may write in it"),
}


@pytest.mark.parametrize("which", ["of the site", "of all sites"])
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        *SPOILT.values(),
        pytest.param(of_another_user, "it belongs to another user", marks=NEEDS_ROOT),
    ],
    ids=[*SPOILT, "of another user"],
)
def test_a_folder_that_others_can_have_written_in_is_not_believed(
    site: Path, home: Path, spoil: Callable[[Path], None], why: str, which: str
) -> None:
    assert edited().code == 0
    attacks.plant(state(site) / "journal", attacks.overwrite(CHAIN, (site / CHAIN).read_bytes()))
    folder = state(site) if which == "of the site" else state(site).parent
    spoil(folder)
    before = attacks.snapshot(folder)
    goes_on_reading_and_refuses_to_write(site, why, str(folder))
    assert here("ls").err.count(why) == 1
    assert attacks.snapshot(folder) == before
    assert home.is_dir()


def test_nothing_is_believed_that_lies_in_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(state_folder.VARIABLE, str(site / "state"))
    goes_on_reading_and_refuses_to_write(site, "it lies in")


def test_nothing_is_believed_that_lies_in_the_checkout_around_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site.parent / ".git").mkdir()
    monkeypatch.delenv(state_folder.VARIABLE)
    monkeypatch.setenv("XDG_STATE_HOME", str(site.parent / "dot"))
    goes_on_reading_and_refuses_to_write(site, f"it lies in {site.parent}")


def test_a_link_does_not_hide_that_it_lies_in_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "dot").mkdir()
    (site.parent / "elsewhere").symlink_to(site / "dot")
    monkeypatch.setenv(state_folder.VARIABLE, str(site.parent / "elsewhere/state"))
    goes_on_reading_and_refuses_to_write(site, "it lies in")


@pytest.mark.parametrize("named", ["state", "../state", "~/state", "./x"])
def test_a_folder_that_is_not_named_whole_is_not_guessed(
    site: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv(state_folder.VARIABLE, named)
    goes_on_reading_and_refuses_to_write(site, "no absolute path")


@pytest.mark.parametrize("home", ["", "relative"])
def test_without_a_home_folder_reading_goes_on(
    site: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    for name in (state_folder.VARIABLE, "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", home)
    goes_on_reading_and_refuses_to_write(site, "no home folder")


def test_a_home_folder_that_takes_nothing_is_one_to_read_without(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site.parent / "full").write_bytes(b"")
    monkeypatch.setenv(state_folder.VARIABLE, str(site.parent / "full/state"))
    goes_on_reading_and_refuses_to_write(site, "cannot be made")


def test_a_relative_place_of_the_xdg_specification_is_ignored(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = site.parent / "me"
    monkeypatch.delenv(state_folder.VARIABLE)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    assert edited().code == 0
    assert state(site).is_relative_to(home / ".local/state/qtauthor")
    assert state(site).is_dir()


def test_it_is_of_the_user_alone_and_tells_people_which_site_it_is_of(site: Path) -> None:
    before = os.umask(0)
    try:
        assert edited().code == 0
        here("index")
    finally:
        os.umask(before)
    assert (state(site) / state_folder.ROOT_NAME).read_text() == f"{site}\n"
    for path in (state(site).parent, *state(site).parent.rglob("*")):
        if path.is_dir():
            assert path.stat().st_mode & 0o777 == 0o700


def test_each_root_has_its_own_and_a_link_to_a_root_has_the_same(site: Path) -> None:
    assert edited().code == 0
    copy = site.with_name("copy")
    shutil.copytree(site, copy)
    link = site.with_name("link")
    link.symlink_to(site)
    assert state(copy) != state(site)
    assert state(link) == state(site)
    assert "nothing can be undone" in here("--root", str(copy), "undo").err
    moved = site.with_name("moved")
    site.rename(moved)
    assert "nothing can be undone" in here("--root", str(moved), "undo").err
    moved.rename(site)
    assert here("--root", str(link), "undo").code == 0


@pytest.mark.parametrize("name", ["..", "-", "a b\nc", "é" * 90, "x" * 200, "\udcff"])
def test_a_root_of_any_name_has_one_folder(tmp_path: Path, name: str) -> None:
    root = tmp_path / "sites" / (name if name != ".." else "y")
    folder = state(root)
    assert folder.parent == state(tmp_path).parent
    assert folder.name.isascii()
    assert folder.name.isprintable()
    assert " " not in folder.name
    assert len(folder.name) < 100
    assert made(root) == folder


def test_the_library_goes_on_without_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(state_folder.VARIABLE, "relative")
    found = Site.find(site)
    assert len(list(found.index.entries())) == 8
    assert found.index.refresh().location is None
