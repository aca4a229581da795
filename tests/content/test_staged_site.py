"""A site as it will be: its files, and its index, beside that of everyone else."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.staged_site import staged
from qtauthor.errors import SiteError
from tests.support.sites import CHAIN, DOUGH, copy_demo

NEW = "content/learn/bicycles/new.md"


def test_files_and_index_are_those_that_will_be(tmp_path: Path) -> None:
    site = copy_demo(tmp_path)
    data = site.source.read(CHAIN)
    edited = site.source.read(DOUGH).replace(b"id: 412", b"id: 9412", 1)
    later = staged(site, {CHAIN: None, NEW: data, DOUGH: edited})
    assert set(later.paths()) == {*site.paths(), NEW} - {CHAIN}
    assert [entry.path for entry in later.index.entries()] == sorted(later.paths())
    assert later.index.entry(CHAIN) is None
    assert later.index.links_of(CHAIN) == []
    assert later.index.links_of(NEW)
    assert [entry.path for entry in later.index.with_id(9412)] == [DOUGH]
    assert later.source.read(NEW) == data
    assert not later.source.exists(CHAIN)
    with pytest.raises(SiteError):
        later.source.read(CHAIN)


def test_the_index_of_others_stays(tmp_path: Path) -> None:
    site = copy_demo(tmp_path)
    before = list(site.index.entries())
    list(staged(site, {CHAIN: None, NEW: site.source.read(CHAIN)}).index.entries())
    site.refresh()
    assert list(site.index.entries()) == before
