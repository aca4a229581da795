"""What lies in the user's folder under a name of ours and is a link, or not ours: it is left."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qtauthor.content.index.storage import store
from qtauthor.content.site import Site
from qtauthor.files.private_folder import Folder
from tests.cli.support import CHAIN, here
from tests.security import attacks
from tests.support.state import made, state

Put = Callable[[Path, Path], None]


def a_link(name: Path, target: Path) -> None:
    name.symlink_to(target)


def a_second_name(name: Path, target: Path) -> None:
    name.hardlink_to(target)


def a_pipe(name: Path, _: Path) -> None:
    os.mkfifo(name)


WAYS = {"a link": a_link, "a second name": a_second_name}


def database(path: Path) -> Path:
    """Another program's database, with rows that it would miss."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE passwords (name, secret)")
        connection.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID")
        connection.execute("INSERT INTO meta VALUES ('identity', 'mine')")
        connection.executemany("INSERT INTO passwords VALUES (?, ?)", [("a", "b")] * 50)
        connection.commit()
    return path


def act(_: Path) -> None:
    for words in (
        ("ls",),
        ("index", "--rebuild"),
        ("set", CHAIN, "score=1.5", "--allow-dirty"),
        ("ids", "next"),
        ("undo",),
    ):
        here(*words)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_another_programs_database_loses_nothing(
    site: Path, home: Path, way: Put, suffix: str
) -> None:
    target = database(home / "passwords.sqlite")
    way(made(site) / f"index.sqlite{suffix}", target)
    before = attacks.snapshot(home)
    shown = here("ls")
    assert len(shown.text.splitlines()) == 8
    assert shown.err.count(f"index.sqlite{suffix} is not used") == 1
    act(site)
    assert attacks.snapshot(home) == before


def test_another_programs_database_in_the_place_of_the_index_stays(site: Path) -> None:
    place = database(made(site) / "index.sqlite")
    before = place.read_bytes()
    shown = here("ls")
    assert len(shown.text.splitlines()) == 8
    assert "a database of another program" in shown.err
    act(site)
    assert place.read_bytes() == before
    assert not store.discard(state_folder_of(site))


def state_folder_of(site: Path) -> Folder:
    folder = Site.at(site)._state
    assert folder is not None
    return folder


@pytest.mark.parametrize("way", [*WAYS.values(), a_pipe], ids=[*WAYS, "a pipe"])
@pytest.mark.parametrize(
    "name", ["journal", "journal.back", "journal.part", "reserved-ids", "lock", "root.txt"]
)
def test_a_file_elsewhere_is_neither_obeyed_nor_written(
    site: Path, home: Path, way: Put, name: str
) -> None:
    old = (site / CHAIN).read_bytes()
    target = home / "target"
    attacks.plant(target, attacks.overwrite(CHAIN, old))
    before = attacks.snapshot(home)
    (made(site) / name).unlink(missing_ok=True)
    way(state(site) / name, target)
    for words in (("ls",), ("show", CHAIN), ("ids", "next")):
        assert here(*words).code in (0, 2)
    assert (site / CHAIN).read_bytes() == old
    act(site)
    assert attacks.snapshot(home) == before
    assert attacks.THEIRS not in (site / CHAIN).read_bytes()


@pytest.mark.parametrize("name", ["history", "drafts", "rules"])
def test_a_folder_elsewhere_is_neither_read_nor_written(site: Path, home: Path, name: str) -> None:
    elsewhere = home / "elsewhere"
    old = (site / CHAIN).read_bytes()
    attacks.plant(elsewhere / "000001", attacks.overwrite(CHAIN, old))
    attacks.plant(elsewhere / "000002.new", attacks.overwrite(CHAIN, old))
    (elsewhere / "qt101-no-answer.md").write_bytes(b"x")
    elsewhere.chmod(0o700)
    (made(site) / name).symlink_to(elsewhere)
    before = attacks.snapshot(home)
    assert f"{state(site) / name} is not used: it is a link" in here("ls").err
    assert "innocent" not in here("log").text
    act(site)
    assert attacks.snapshot(home) == before
    if name == "history":
        result = here("set", CHAIN, "score=2.5", "--allow-dirty")
        assert "[unusable-state]" in result.err
        assert attacks.snapshot(home) == before


def test_an_entry_of_the_history_that_is_a_link_is_not_undone(site: Path, home: Path) -> None:
    here("set", CHAIN, "score=1.5", "--allow-dirty")
    entry = state(site) / "history/000001"
    entry.rename(home / "entry")
    entry.symlink_to(home / "entry")
    now = (site / CHAIN).read_bytes()
    assert "[damaged-journal]" in here("undo").err
    assert (site / CHAIN).read_bytes() == now


def test_a_temporary_name_of_ours_is_not_written_through(site: Path, home: Path) -> None:
    before = attacks.snapshot(home)
    for name in ("reserved-ids.tmp", f"reserved-ids.{os.getpid()}.tmp"):
        (made(site) / name).symlink_to(home / ".bashrc")
    assert here("ids", "next").code == 0
    assert attacks.snapshot(home) == before
    assert (state(site) / "reserved-ids").read_text() == "3056\n"
