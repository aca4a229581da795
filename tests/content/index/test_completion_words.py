"""What completion reads of an index."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.index import completion_words
from qtauthor.content.index.storage import stored_paths, tables
from qtauthor.content.index.storage.file_mark import NAME
from qtauthor.content.index.storage.store import Store
from qtauthor.content.site import Site
from qtauthor.files import state_folder
from qtauthor.files.private_folder import Folder
from tests.support.sites import copy_demo
from tests.support.state import state

SLUGS = st.sets(st.text(alphabet="ab-é\udc80", min_size=1, max_size=6), max_size=30)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_demo(tmp_path)


def test_slugs_come_with_their_questions(site: Site) -> None:
    site.index.refresh()
    found = completion_words.slugs(state_folder.of(site.root), "why-does-", 9)
    assert [slug.text for slug in found] == [
        "why-does-a-moving-bicycle-stay-upright",
        "why-does-dough-rise-faster-in-a-warm-kitchen",
    ]
    assert found[0].question == "Why does a moving bicycle stay upright?"


def test_subjects_come_once_whatever_their_case(site: Site) -> None:
    site.index.refresh()
    folder = state_folder.of(site.root)
    assert completion_words.subjects(folder, "") == ["Bicycles", "Bread Baking", "Everyday Physics"]
    assert completion_words.subjects(folder, "bREAD") == ["Bread Baking"]
    assert completion_words.subjects(folder, "x") == []


def test_nothing_is_made_and_nothing_is_read_anew(site: Site, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        completion_words.slugs(state_folder.of(site.root), "", 9)
    assert not state(site.root).exists()
    site.index.refresh()
    before = (state(site.root) / NAME).read_bytes()
    for path in list(site.paths()):
        os.unlink(site.root / path)  # noqa: PTH108
    assert len(completion_words.slugs(state_folder.of(site.root), "", 99)) == 7
    assert (state(site.root) / NAME).read_bytes() == before


@given(there=SLUGS, beginning=st.text(alphabet="ab-é", max_size=3), most=st.integers(1, 9))
def test_many_slugs_are_told_up_to_their_next_hyphen(
    tmp_path_factory: pytest.TempPathFactory, there: set[str], beginning: str, most: int
) -> None:
    folder = Folder(str(tmp_path_factory.mktemp("index")))
    store = Store(Path(folder.entry(NAME)), "x")
    columns = "number, path, slug, size, mtime, ctime, inode"
    insert = f"INSERT INTO article ({columns}) VALUES (?, ?, ?, 0, 0, 0, 0)"  # noqa: S608
    with store.writing():
        for number, slug in enumerate(there):
            stored = stored_paths.stored(slug)
            store.connection.execute(insert, (number, stored, stored))
        for statement in tables.INDEXES:
            store.connection.execute(statement)
    store.close()
    found = [slug.text for slug in completion_words.slugs(folder, beginning, most)]
    wanted = {slug for slug in there if slug.startswith(beginning)}
    if len(wanted) > most:
        length = len(beginning)
        wanted = {slug[:length] + re.split("(?<=-)", slug[length:])[0] for slug in wanted}
    assert set(found) == wanted
    assert len(found) == len(wanted)
