"""Proposals taken over into the lists of related articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.operations.links import suggest
from tests.support import applying
from tests.support.deadlinks import block_texts, without_blocks
from tests.support.sites import CHAIN, copy_demo
from tests.support.small_sites import Made, make

ALL = [Made(f"What does the {word} do?", "Biology", n) for n, word in
       enumerate(("liver", "kidney", "heart", "lung", "brain", "skin", "spleen"), 1)]  # fmt: skip
HEART = ALL[2].path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    full = ALL[0]._replace(links=tuple(other.link() for other in ALL[1:6]))
    some = ALL[2]._replace(links=(ALL[0].link(), ALL[1].link(), ALL[3].link()))
    return make(tmp_path, [full, ALL[1], some, *ALL[3:]])


def test_proposals_fill_the_room_and_leave_all_else_as_it_is(site: Site) -> None:
    before = (site.root / HEART).read_bytes()
    proposal = suggest.missing(site, HEART)
    assert len(proposal.suggestions) == 2
    applying.write(suggest.apply(site, [proposal]).changes, site.root)
    after = (site.root / HEART).read_bytes()
    assert block_texts(after)[:3] == block_texts(before)
    assert without_blocks(after) == without_blocks(before)
    urls = [link.url for link in Site.at(site.root).article(HEART).related]
    assert urls[3:] == [one.entry.address for one in proposal.suggestions]
    assert len(set(urls)) == 5


def test_a_full_list_gets_nothing(site: Site) -> None:
    assert suggest.missing(site, ALL[0].path).suggestions == ()
    assert len(suggest.propose(site, ALL[0].path).suggestions) == 1


def test_no_more_than_asked_for(site: Site) -> None:
    assert len(suggest.missing(site, ALL[4].path, 2).suggestions) == 2
    assert suggest.missing(site, ALL[4].path, 0).suggestions == ()


def test_applied_twice_changes_nothing_the_second_time(site: Site) -> None:
    proposal = suggest.missing(site, HEART)
    applying.write(suggest.apply(site, [proposal]).changes, site.root)
    again = Site.at(site.root)
    assert not suggest.apply(again, [suggest.missing(again, HEART)]).changes
    assert not suggest.apply(again, [proposal]).changes


def test_every_list_of_a_site_is_filled_and_what_cannot_be_read_is_told(site: Site) -> None:
    broken = site.root / ALL[6].path
    broken.write_bytes(broken.read_bytes().replace(b"author:", b"author: a: b", 1))
    told: list[tuple[int, int]] = []
    found, unreadable = suggest.missing_everywhere(
        site, progress=lambda done, total: told.append((done, total))
    )
    assert unreadable == [ALL[6].path]
    assert {proposal.path for proposal in found} == {one.path for one in ALL[1:6]}
    assert told[-1] == (7, 7)
    applying.write(suggest.apply(site, found).changes, site.root)
    after = Site.at(site.root)
    assert {len(after.article(one.path).related) for one in ALL[:6]} == {5}
    assert suggest.missing_everywhere(after)[0] == []


def test_a_hidden_article_gets_no_links_with_all_others(tmp_path: Path) -> None:
    site = copy_demo(tmp_path)
    file = site.root / CHAIN
    file.write_bytes(file.read_bytes().replace(b"\nanswer:", b"\nno_index: True\nanswer:", 1))
    site.refresh()
    found, _ = suggest.missing_everywhere(site)
    assert CHAIN not in {proposal.path for proposal in found}
    assert all(s.entry.path != CHAIN for proposal in found for s in proposal.suggestions)
