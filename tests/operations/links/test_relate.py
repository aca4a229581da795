"""The list of related articles, changed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.links import related_list
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.links import relate
from tests.support import applying
from tests.support.deadlinks import block_texts, without_blocks
from tests.support.small_sites import Made, make

ALL = [Made(f"Question {n}?", "Baking", n, folded=bool(n % 2)) for n in range(1, 8)]
PATHS = {article.id: article.path for article in ALL}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    first = ALL[0]._replace(links=tuple(article.link() for article in ALL[1:4]))
    return make(tmp_path, [first, *ALL[1:]])


def ids(site: Site, number: int) -> list[int]:
    document = site.article(PATHS[number]).document
    assert related_list.numbers(document) == list(range(1, len(related_list.numbers(document)) + 1))
    there = document.keys()
    assert [x for x in there if "related" in x] == [
        f"related_article{n}" for n in related_list.numbers(document)
    ]
    return [x.id for x in site.article(PATHS[number]).related]


def done(site: Site, changes: ChangeSet) -> Site:
    applying.write(changes, site.root)
    return Site.at(site.root)


def test_links_are_added_at_the_end_and_once(site: Site) -> None:
    wanted = [PATHS[n] for n in (6, 3, 6)]
    site = done(site, relate.add(site, PATHS[1], wanted))
    assert ids(site, 1) == [2, 3, 4, 6]
    link = site.article(PATHS[1]).related[3]
    assert (link.title, link.subject, link.url) == ("Question 6?", "Baking", ALL[5].url)
    assert not relate.add(site, PATHS[1], wanted)


def test_both_adds_and_removes_in_both_lists(site: Site) -> None:
    site = done(site, relate.add(site, PATHS[1], [PATHS[2], PATHS[5]], both=True))
    assert (ids(site, 1), ids(site, 2), ids(site, 5)) == ([2, 3, 4, 5], [1], [1])
    site = done(site, relate.remove(site, PATHS[1], [PATHS[2]], both=True))
    assert (ids(site, 1), ids(site, 2), ids(site, 5)) == ([3, 4, 5], [], [1])
    site = done(site, relate.clear(site, PATHS[1], both=True))
    assert (ids(site, 1), ids(site, 5)) == ([], [])


def test_there_may_be_five_on_either_side(site: Site) -> None:
    with pytest.raises(QtauthorError) as caught:
        relate.add(site, PATHS[1], [PATHS[5], PATHS[6], PATHS[7]])
    assert caught.value.code is Code.TOO_MANY_RELATED
    full = done(site, relate.add(site, PATHS[7], [PATHS[n] for n in range(2, 7)]))
    with pytest.raises(QtauthorError) as caught:
        relate.add(full, PATHS[1], [PATHS[7]], both=True)
    assert caught.value.where.path == PATHS[7]


def test_an_article_is_not_related_to_itself(site: Site) -> None:
    for change in (relate.add, relate.replace):
        with pytest.raises(QtauthorError) as caught:
            change(site, PATHS[1], [PATHS[1]])
        assert caught.value.code is Code.SELF_RELATED


@pytest.mark.parametrize(
    ("first", "result"), [([4], [4, 2, 3]), ([3, 2], [3, 2, 4]), ([4, 3, 2], [4, 3, 2])]
)
def test_order_moves_whole_blocks(site: Site, first: list[int], result: list[int]) -> None:
    before = (site.root / PATHS[1]).read_bytes()
    site = done(site, relate.order(site, PATHS[1], [PATHS[n] for n in first]))
    assert ids(site, 1) == result
    after = (site.root / PATHS[1]).read_bytes()
    kept = dict(zip([2, 3, 4], block_texts(before), strict=True))
    assert block_texts(after) == [kept[n] for n in result]
    assert without_blocks(after) == without_blocks(before)
    assert not relate.order(site, PATHS[1], [PATHS[n] for n in first])


def test_order_of_what_is_not_there_is_refused(site: Site) -> None:
    with pytest.raises(QtauthorError) as caught:
        relate.order(site, PATHS[1], [PATHS[7]])
    assert caught.value.code is Code.NOT_RELATED


@pytest.mark.parametrize("wanted", [[4, 2], [6, 4, 7], [5, 2, 3, 4, 6], [2, 3, 4], []])
def test_set_makes_a_list_and_keeps_the_blocks_that_are_there(
    site: Site, wanted: list[int]
) -> None:
    before = dict(zip([2, 3, 4], block_texts((site.root / PATHS[1]).read_bytes()), strict=True))
    changes = relate.replace(site, PATHS[1], [PATHS[n] for n in wanted])
    site = done(site, changes)
    assert ids(site, 1) == wanted
    after = block_texts((site.root / PATHS[1]).read_bytes())
    for number, block in zip(wanted, after, strict=True):
        assert before.get(number, block) == block
    assert not relate.replace(site, PATHS[1], [PATHS[n] for n in wanted])


def test_what_is_undone_is_as_it_was(site: Site) -> None:
    before = (site.root / PATHS[1]).read_bytes()
    changes = relate.replace(site, PATHS[1], [PATHS[n] for n in (6, 4, 7)], both=True)
    site = done(done(site, changes), changes.invert())
    assert (site.root / PATHS[1]).read_bytes() == before


def test_comments_go_with_their_block(site: Site) -> None:
    path = site.root / PATHS[1]
    text = path.read_text().replace("related_article3:", "# third\nrelated_article3:  # it")
    path.write_text(text)
    site = done(Site.at(site.root), relate.order(Site.at(site.root), PATHS[1], [PATHS[4]]))
    assert "# third\nrelated_article1:  # it\n    id: 4\n" in path.read_text()


def test_a_block_is_taken_out_or_put_first_by_its_number(site: Site) -> None:
    site = done(site, relate.first(site, PATHS[1], 3))
    assert ids(site, 1) == [4, 2, 3]
    site = done(site, relate.without(site, PATHS[1], 2))
    assert ids(site, 1) == [4, 3]
    assert not relate.first(site, PATHS[1], 1)
    assert not relate.first(site, PATHS[1], 5)
    assert not relate.without(site, PATHS[1], 5)
