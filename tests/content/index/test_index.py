"""What the index answers, and that it notices every change of a file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from qtauthor.content.index import Entry, Index, Link
from qtauthor.content.index.conditions.condition import Selection
from qtauthor.content.site import Site
from qtauthor.content.source import DiskSource, Stamp
from qtauthor.files import state_folder
from qtauthor.model.derived_names import SITE_NAMING
from tests.support.sites import CHAIN, DOUGH, copy_demo
from tests.support.state import state

SECOND = 1_000_000_000
LONG_AGO = 1_600_000_000 * SECOND + 1
TICK = 0.02
"""Seconds in which the clock of a file system goes on."""
"""So old that no file is suspected of having changed while it was read."""

PHYSICS = "content/learn/everyday-physics/why-does-dough-rise-faster-in-a-warm-kitchen.md"
ADDRESS = "/learn/bicycles/questions/how-often-should-a-bicycle-chain-be-replaced"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    found = copy_demo(tmp_path)
    for path in found.paths():
        os.utime(found.root / path, ns=(LONG_AGO, LONG_AGO))
    time.sleep(TICK)
    return found


def again(site: Site) -> Index:
    """The index as another process would open it."""
    return Site.at(site.root).index


def rewrite(path: Path, old: str, new: str, mtime: int = LONG_AGO + SECOND) -> None:
    """Change a file in place, and say when that was; the clock of files has gone on then."""
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    os.utime(path, ns=(mtime, mtime))
    time.sleep(TICK)


def test_entries_are_all_files_sorted(site: Site) -> None:
    assert [entry.path for entry in site.index.entries()] == list(site.paths())


def test_an_entry_has_what_the_article_says(site: Site) -> None:
    assert site.index.entry(CHAIN) == Entry(
        path=CHAIN,
        address=ADDRESS,
        id=1207,
        title="How often should a bicycle chain be replaced?",
        question="How often should a bicycle chain be replaced?",
        subject="Bicycles",
        url=ADDRESS,
        file_name=CHAIN.rpartition("/")[2],
    )
    assert site.index.entry("content/learn/none.md") is None


def test_articles_are_found_by_each_key(site: Site) -> None:
    index = site.index
    assert [entry.path for entry in index.with_id(412)] == [DOUGH, PHYSICS]
    assert [entry.path for entry in index.with_slug(DOUGH.rpartition("/")[2][:-3])] == [
        DOUGH,
        PHYSICS,
    ]
    assert [entry.path for entry in index.in_subject("bicycles")] == list(site.paths())[:3]
    assert index.in_subject("bicycle") == index.in_subject("%") == index.with_id(10**30) == []
    found = index.at_address(ADDRESS)
    assert found is not None
    assert found.path == CHAIN
    assert index.at_address("/elsewhere") is None


def test_links_are_told_from_both_ends(site: Site) -> None:
    index = site.index
    assert len(list(index.links())) == 22
    mine = index.links_of(CHAIN)
    assert [link.number for link in mine] == [1, 2, 3]
    assert {link.source for link in mine} == {CHAIN}
    inbound = index.links_to(ADDRESS)
    assert len(inbound) == 3
    assert all(link.url == ADDRESS for link in inbound)
    assert [link for link in index.links() if link.id == 412] == index.links_with_id(412)
    assert isinstance(mine[0], Link)


def test_what_is_of_another_type_is_missing(site: Site) -> None:
    text = '---\nid: "5"\ntitle: 7\nno_index: 1\nurl: [a]\nrelated_article1: x\n'
    text += "related_article3: {id: 1.5, url: 2}\n---\n"
    (site.root / CHAIN).write_text(text)
    found = site.index.entry(CHAIN)
    assert found == Entry(CHAIN, ADDRESS)
    assert site.index.links_of(CHAIN) == [Link(CHAIN, 3, None, None, None, None)]


@pytest.mark.parametrize(
    "text",
    ["---\nid: 99999999999999999999\n---\n", '---\ntitle: "\\ud800 x"\n---\n', "---\n---\n"],
)
def test_what_no_database_holds_does_no_harm(site: Site, text: str) -> None:
    (site.root / CHAIN).write_text(text)
    assert site.index.entry(CHAIN) is not None
    assert len(list(site.index.entries())) == 8


def test_a_file_that_cannot_be_read_stays_with_its_problem(site: Site) -> None:
    (site.root / CHAIN).write_bytes(b"\n---\nid: 77\n---\n")
    assert site.index.entry(CHAIN) == Entry(CHAIN, ADDRESS, problem="empty-line-before-fence")
    assert site.ids[77] == (CHAIN,)
    assert site.index.links_of(CHAIN) == []


def test_a_name_that_is_no_utf8_is_an_article_as_any_other(site: Site) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    (site.root / CHAIN).rename((site.root / CHAIN).with_name(name))
    path = f"content/learn/bicycles/{name}"
    assert [entry.path for entry in site.index.with_slug(name[:-3])] == [path]
    assert path in [entry.path for entry in site.index.entries()]
    assert [link.source for link in site.index.links_of(path)] == [path] * 3
    assert (path,) in site.index.select(Selection(where="answer like '%chain%'"))


# Noticing changes


def test_nothing_is_read_twice(site: Site) -> None:
    first = site.index.refresh()
    assert (first.total, first.read, first.gone) == (8, 8, 0)
    assert site.index.refresh().read == 0
    second = again(site).refresh()
    assert (second.read, second.gone) == (0, 0)
    assert second.location == str(state(site.root) / "index.sqlite")


def test_only_the_changed_file_is_read(site: Site) -> None:
    site.index.refresh()
    rewrite(site.root / CHAIN, "id: 1207", "id: 1208")
    assert [entry.id for entry in site.index.entries() if entry.path == CHAIN] == [1207]
    site.refresh()
    assert [entry.path for entry in site.index.with_id(1208)] == [CHAIN]
    assert site.index.with_id(1207) == []
    rewrite(site.root / CHAIN, "id: 1208", "id: 1209", LONG_AGO + 2 * SECOND)
    assert again(site).refresh().read == 1


def test_a_file_that_came_went_or_was_renamed_is_noticed(site: Site) -> None:
    site.index.refresh()
    (site.root / CHAIN).rename(site.root / "content/learn/bicycles/other.md")
    (site.root / PHYSICS).unlink()
    index = again(site)
    assert index.entry(CHAIN) is None
    assert [entry.path for entry in index.with_id(1207)] == ["content/learn/bicycles/other.md"]
    assert [entry.path for entry in index.with_id(412)] == [DOUGH]
    assert {link.source for link in index.links()} == {entry.path for entry in index.entries()}


def test_a_folder_that_went_takes_its_articles_along(site: Site) -> None:
    site.index.refresh()
    (site.root / "content/learn/bicycles").rename(site.root / "elsewhere")
    assert again(site).in_subject("bicycles") == []


def test_another_file_of_the_same_size_and_time_is_noticed(site: Site) -> None:
    site.index.refresh()
    path = site.root / CHAIN
    copy = path.with_suffix(".tmp")
    copy.write_bytes(path.read_bytes().replace(b"id: 1207", b"id: 1208"))
    os.utime(copy, ns=(LONG_AGO, LONG_AGO))
    copy.replace(path)
    assert [entry.path for entry in again(site).with_id(1208)] == [CHAIN]


def test_a_file_changed_within_one_tick_of_the_clock_is_read_again(site: Site) -> None:
    path = site.root / CHAIN
    future = 4_000_000_000 * SECOND + 1
    rewrite(path, "id: 1207", "id: 1208", future)
    assert site.index.with_id(1208)
    rewrite(path, "id: 1208", "id: 1209", future)  # same size, same time, same inode
    assert again(site).with_id(1209)
    rewrite(path, "id: 1209", "id: 1210", LONG_AGO)
    assert again(site).with_id(1210)
    assert again(site).refresh().read == 0


def test_a_file_that_keeps_size_time_and_inode_is_read_again(site: Site) -> None:
    """As after `cat new > file; touch -r old file`."""
    path = site.root / CHAIN
    assert site.index.with_id(1207)
    before = path.stat()
    rewrite(path, "id: 1207", "id: 1208", LONG_AGO)
    after = path.stat()
    assert (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    assert before.st_ino == after.st_ino
    assert again(site).with_id(1208)
    found = again(site).refresh()
    assert (found.read, found.gone) == (0, 0)


@pytest.mark.parametrize("kind", ["mode", "link", "restored"])
def test_what_only_touches_a_file_costs_one_reading(site: Site, kind: str) -> None:
    assert site.index.with_id(1207)
    path = site.root / CHAIN
    if kind == "mode":
        path.chmod(0o640)
    elif kind == "link":
        (site.root / "other").hardlink_to(path)
    else:
        shutil.copy2(path, site.root / "copy")
        path.unlink()
        (site.root / "copy").rename(path)
    time.sleep(TICK)
    assert again(site).refresh().read == 1
    assert again(site).refresh().read == 0


def test_an_index_on_another_file_system_has_another_clock(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the newest file tells the time: it may still change within its tick."""
    path = site.root / CHAIN
    path.write_bytes(path.read_bytes())
    assert site.index.refresh().read == 8
    monkeypatch.setattr(DiskSource, "device", lambda *_: -1)
    assert again(site).refresh(rebuild=True).read == 8
    assert again(site).refresh().read == 1


def test_a_folder_of_the_index_that_is_taken_away_is_made_again(site: Site) -> None:
    assert site.index.with_id(1207)
    shutil.rmtree(state(site.root))
    rewrite(site.root / CHAIN, "id: 1207", "id: 1208")
    site.refresh()
    assert site.index.with_id(1208)
    assert again(site).with_id(1208)


def test_who_rebuilds_lets_nobody_see_an_empty_index(site: Site) -> None:
    other = again(site)
    assert other.largest_id() == site.index.largest_id() > 0
    seen: list[int] = []
    site.index.progress = lambda *_: seen.append(other.largest_id())
    site.index.refresh(rebuild=True)
    assert seen
    assert set(seen) == {other.largest_id()}


def test_a_search_finds_what_another_process_has_taken_in(site: Site) -> None:
    assert site.index.search("chain")
    new = site.root / CHAIN.replace("how-often", "how-soon")
    shutil.copy(site.root / CHAIN, new)
    again(site).refresh()
    site.refresh()
    assert len(site.index.search("chain")) == 2


def test_a_site_without_articles_can_be_searched(tmp_path: Path) -> None:
    (tmp_path / "content/learn").mkdir(parents=True)
    assert Site.at(tmp_path).index.search("anything") == []


def test_a_file_written_just_now_is_not_trusted_before_it_is_older(site: Site) -> None:
    path = site.root / CHAIN
    data = path.read_bytes()
    for number in range(1210, 1230):
        path.write_bytes(data.replace(b"id: 1207", b"id: %d" % number))
        assert again(site).with_id(number)


def test_a_file_without_permission_is_read_once_it_has_it(site: Site) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = site.root / CHAIN
    path.chmod(0)
    found = site.index.entry(CHAIN)
    assert found is not None
    assert found.problem == "cannot-read"
    path.chmod(0o600)
    assert again(site).with_id(1207)


def test_links_to_nowhere_and_pipes_are_no_articles(site: Site) -> None:
    folder = site.root / "content/learn/bicycles"
    (folder / "nowhere.md").symlink_to("gone.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    assert len(list(site.index.entries())) == 8


# Editors' buffers


class Slow(DiskSource):
    """Files that another process renames, and notes in the index, just after they are listed."""

    meanwhile: Callable[[], None] | None = None

    def stamps(self, folder: str) -> dict[str, Stamp]:
        listed = super().stamps(folder)
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return listed


def test_who_listed_the_files_earlier_takes_nothing_back_from_who_wrote_later(site: Site) -> None:
    renamed = CHAIN.replace("how-often", "how-soon")
    source = Slow(site.root)
    slow = Site(site.root, site.config, source=source)
    slow.index.refresh()
    late = again(site)

    def rename() -> None:
        (site.root / CHAIN).rename(site.root / renamed)
        late.refresh()

    source.meanwhile = rename
    slow.index.refresh()
    reader = sqlite3.connect(state(site.root) / "index.sqlite")
    there = {path for (path,) in reader.execute("SELECT path FROM article")}
    reader.close()
    assert renamed in there
    assert CHAIN not in there


class Buffers(DiskSource):
    """The disk with open buffers over it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.open: dict[str, tuple[int, bytes]] = {}

    def read(self, path: str) -> bytes:
        return self.open[path][1] if path in self.open else super().read(path)

    def buffers(self) -> Mapping[str, int]:
        return {path: version for path, (version, _) in self.open.items()}


class Opened:
    """A site with an editor's buffers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.source = Buffers(site.root)
        folder = state_folder.of(site.root)
        self.index = Index(self.source, "content/learn", SITE_NAMING, folder=folder)

    def type(self, path: str, old: bytes, new: bytes) -> None:
        version, data = self.source.open.get(path, (0, (self.site.root / CHAIN).read_bytes()))
        self.source.open[path] = (version + 1, data.replace(old, new))
        self.index.expire()


@pytest.fixture
def opened(site: Site) -> Opened:
    return Opened(site)


def test_a_buffer_stands_in_the_place_of_its_file(opened: Opened) -> None:
    opened.index.refresh()
    opened.type(CHAIN, b"id: 1207", b"id: 9")
    assert [entry.path for entry in opened.index.with_id(9)] == [CHAIN]
    assert opened.index.with_id(1207) == []
    assert len(list(opened.index.entries())) == 8
    assert len(list(opened.index.links())) == 22
    opened.type(CHAIN, b"id: 9", b"id: 10")
    assert opened.index.with_id(9) == []
    assert opened.index.largest_id() == 3055
    rows = opened.index.select(Selection(where="id = 10 and answer like '%chain%'"))
    assert list(rows) == [(CHAIN,)]
    opened.source.open.clear()
    opened.index.expire()
    assert opened.index.with_id(10) == []
    assert opened.index.with_id(1207)


def test_a_buffer_is_never_seen_by_another_process(opened: Opened) -> None:
    opened.type(CHAIN, b"id: 1207", b"id: 9")
    assert opened.index.with_id(9)
    assert again(opened.site).with_id(9) == []
    assert again(opened.site).refresh().read == 0
    rewrite(opened.site.root / CHAIN, "id: 1207", "id: 1208")
    opened.index.expire()
    assert opened.index.with_id(9)
    assert again(opened.site).refresh().read == 0


def test_a_buffer_without_a_file_is_an_article_too(opened: Opened) -> None:
    path = "content/learn/bicycles/new.md"
    opened.type(path, b"id: 1207", b"id: 4000")
    opened.type("notes/x.md", b"id: 1207", b"id: 5000")
    assert opened.index.largest_id() == 4000
    assert [entry.path for entry in opened.index.with_slug("new")] == [path]


def test_full_text_finds_what_is_typed(opened: Opened) -> None:
    found = Selection(where="articles match 'zeppelin'")
    assert list(opened.index.select(found)) == []
    opened.type(CHAIN, b"answer: >-\n    ", b"answer: >-\n    Zeppelins ")
    assert list(opened.index.select(found)) == [(CHAIN,)]
    opened.type(CHAIN, b"Zeppelins ", b"")
    assert list(opened.index.select(found)) == []
