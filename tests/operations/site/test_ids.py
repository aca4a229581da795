"""Ids: how many, whose, and another one for a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import ids
from tests.support import applying
from tests.support.small_sites import Made, make

A = Made("Question a?", "Baking", 5)
TWIN = Made("Question a?", "Biology", 5)
OTHER = Made("Question b?", "Biology", 5)
DRAFT = Made("Question c?", "Biology", -3)
LINKS = Made(
    "Holder?", "Zoology", 9, (A.link(), TWIN.link(id=77), OTHER.link(), A.link(url="/dead"))
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path, [A, TWIN, OTHER, DRAFT, LINKS])


def done(site: Site, outcome: Outcome) -> Site:
    applying.write(outcome.changes, site.root)
    return Site.at(site.root)


def test_the_overview_counts_what_is_wrong(site: Site) -> None:
    found = ids.overview(site)
    assert found == (9, 4, 3, (5,), (5,), (DRAFT.path,))


def test_next_ids_are_above_all_that_is_taken(site: Site) -> None:
    assert list(ids.next_ids(site, 3)) == [10, 11, 12]
    assert list(ids.next_ids(site, 2, [0, 40])) == [41, 42]


def test_a_question_changes_under_all_its_subjects_and_in_all_links_that_mean_it(
    site: Site,
) -> None:
    site = done(site, ids.reassign(site, A.path))
    assert [site.article(p).id for p in (A.path, TWIN.path, OTHER.path)] == [10, 10, 5]
    assert [x.id for x in site.article(LINKS.path).related] == [10, 10, 5, 5]
    assert not ids.reassign(site, A.path).changes
    assert not ids.reassign(site, OTHER.path).changes


def test_a_placeholder_gets_an_id(site: Site) -> None:
    site = done(site, ids.reassign(site, DRAFT.path, taken=[99]))
    assert site.article(DRAFT.path).id == 100


def test_a_given_id_is_taken_if_it_is_free(site: Site) -> None:
    site = done(site, ids.reassign(site, LINKS.path, 123))
    assert site.article(LINKS.path).id == 123
    assert not ids.reassign(site, LINKS.path, 123).changes
    for number, code in ((5, Code.ID_TAKEN), (0, Code.BAD_ID)):
        with pytest.raises(QtauthorError) as caught:
            ids.reassign(site, LINKS.path, number)
        assert caught.value.code is code


def test_holders_are_articles_and_links(site: Site) -> None:
    found = ids.holders(site, 5)
    assert [entry.path for entry in found.articles] == sorted([A.path, OTHER.path, TWIN.path])
    assert [link.number for link in found.links] == [1, 3, 4]
