"""The index's file: damaged, foreign, shared, forbidden."""

from __future__ import annotations

import gc
import os
import sqlite3
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qtauthor.content.index import Index
from qtauthor.content.index.conditions.condition import Selection
from qtauthor.content.index.refresh import Rows
from qtauthor.content.index.storage import store, tables
from qtauthor.content.site import Site
from qtauthor.errors import RequestError
from tests.support.patience import PATIENCE
from tests.support.sites import CHAIN, copy_demo
from tests.support.state import state

PLACE = "index.sqlite"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    found = copy_demo(tmp_path)
    for path in found.paths():
        os.utime(found.root / path, (1_600_000_000.5, 1_600_000_000.5))
    found.index.refresh()
    assert list(found.select("articles match 'chain'"))
    found.index.close()
    return found


def again(site: Site) -> Index:
    return Site.at(site.root).index


def whole(index: Index) -> bool:
    return len(list(index.entries())) == 8 and len(list(index.links())) == 22


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def blot(path: Path) -> None:
    """Garbage in the middle, under a whole head."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))


def forge(path: Path) -> None:
    """Tables of the right names and identity, and other columns."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE article")
        connection.execute("CREATE TABLE article (path, size, mtime, inode, number)")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(b"no database\n" * 9999),
    "head only": lambda path: os.truncate(path, 100),
    "half": cut,
    "blotted": blot,
    "forged": forge,
    "gone": Path.unlink,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_anew(site: Site, damage: str) -> None:
    DAMAGES[damage](state(site.root) / PLACE)
    index = again(site)
    assert whole(index)
    assert index.refresh().location == str(state(site.root) / PLACE)
    assert list(index.select(Selection(where="articles match 'chain'")))
    index.close()
    assert again(site).refresh().read == 0


def test_an_index_that_is_damaged_while_it_is_open_is_made_anew(site: Site) -> None:
    index = again(site)
    assert whole(index)
    blot(state(site.root) / PLACE)
    index.refresh(rebuild=True)
    assert whole(index)


@pytest.mark.parametrize("number", ["VERSION", "LINKS"])
def test_an_index_of_another_version_or_of_more_links_is_made_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setattr(tables, number, getattr(tables, number) + 1)
    assert again(site).refresh().read == 8
    assert again(site).refresh().read == 0


@pytest.mark.parametrize(
    "line",
    ['url.pattern = "/x/{subject}/{slug}"', 'answer.codec = "plain"', 'slug.style = "ascii"'],
)
def test_an_index_of_another_configuration_is_made_anew(site: Site, line: str) -> None:
    (site.root / "qtauthor.toml").write_text(line)
    assert again(site).refresh().read == 8
    entry = again(site).entry(CHAIN)
    assert entry is not None
    assert entry.address.startswith("/x/bicycles/" if "url" in line else "/learn/")


def test_a_folder_that_cannot_be_written_leaves_the_index_in_memory(site: Site) -> None:
    state(site.root).rename(state(site.root).with_name("old"))
    state(site.root).write_text("in the way")
    index = again(site)
    assert whole(index)
    assert index.refresh().location is None
    assert list(index.select(Selection(where="articles match 'chain'")))
    (site.root / CHAIN).unlink()
    index.expire()
    assert index.entry(CHAIN) is None


def test_a_folder_in_the_place_of_the_file_leaves_the_index_in_memory(site: Site) -> None:
    (state(site.root) / PLACE).unlink()
    (state(site.root) / PLACE).mkdir()
    assert again(site).refresh().location is None


def test_an_index_that_another_process_holds_leaves_it_in_memory(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    (site.root / CHAIN).unlink()
    with closing(sqlite3.connect(state(site.root) / PLACE, isolation_level=None)) as other, other:
        other.execute("BEGIN IMMEDIATE")
        index = again(site)
        assert index.refresh().location is None
        assert index.entry(CHAIN) is None
        other.execute("ROLLBACK")
    assert again(site).refresh().gone == 1


def test_a_reader_goes_on_while_another_process_writes(site: Site) -> None:
    with closing(sqlite3.connect(state(site.root) / PLACE, isolation_level=None)) as other, other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM article")
        index = again(site)
        assert whole(index)
        assert index.refresh().location is not None
        other.execute("ROLLBACK")


def test_an_interrupted_filling_leaves_nothing_half(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    (state(site.root) / PLACE).unlink()

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    index = again(site)
    with monkeypatch.context() as patched:
        patched.setattr(Rows, "add", interrupt)
        with pytest.raises(KeyboardInterrupt):
            index.refresh()
    assert again(site).refresh().read == 8


FILL = """
import sys
from pathlib import Path
from qtauthor.content.site import Site
site = Site.at(Path(sys.argv[1]))
print(len(list(site.index.entries())), site.next_id(), len(site.select("articles match 'chain'")))
"""


def test_processes_that_fill_it_at_once_all_get_it_whole(site: Site) -> None:
    (state(site.root) / PLACE).unlink()
    line = [sys.executable, "-c", FILL, str(site.root)]
    folder = Path(__file__).parents[4]
    running = [
        subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder)
        for _ in range(4)
    ]
    for process in running:
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err.decode()
        assert out.split() == [b"8", b"3056", b"1"]
    assert again(site).refresh().read == 0


def test_changes_and_questions_at_the_same_time_do_no_harm(site: Site) -> None:
    stop = threading.Event()
    path = site.root / CHAIN
    data = path.read_bytes()

    def change() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            path.write_bytes(data + b"\n" * (number % 7))

    writer = threading.Thread(target=change)
    writer.start()
    try:
        for _ in range(20):
            assert len(list(again(site).entries())) == 8
    finally:
        stop.set()
        writer.join()


def test_an_index_that_nobody_has_any_more_closes_its_database_at_once(site: Site) -> None:
    """Without a search for garbage: until it is closed, Windows removes no folder around it."""
    gc.collect()
    gc.disable()
    try:
        index = again(site)
        where = "title regexp 'chain' and articles match 'chain' and inbound > 0 and answer <> ''"
        assert list(index.select(Selection(where)))
        assert index.search("chain")
        assert index.frequencies(["chain"]).words
        assert index._session is not None
        connection, gone = index._session.connection, weakref.ref(index._session)
        del index
        assert gone() is None
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
    finally:
        gc.enable()


def test_so_does_one_with_a_condition_that_was_refused(site: Site) -> None:
    gc.collect()
    gc.disable()
    try:
        index = again(site)
        for where in ("title regexp '('", "articles match '\"'", "hash_of('x')"):
            with pytest.raises(RequestError):
                list(index.select(Selection(where)))
        assert index._session is not None
        gone = weakref.ref(index._session)
        del index
        assert gone() is None
    finally:
        gc.enable()


def test_one_that_is_let_go_of_in_a_circle_closes_its_database(site: Site) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("only Linux tells which files are open")
    gc.collect()
    index = again(site)
    assert index.with_id(1207)
    circle: list[object] = [index]
    circle.append(circle)
    before = len(list(descriptors.iterdir()))
    del index, circle
    gc.collect()
    assert len(list(descriptors.iterdir())) < before
