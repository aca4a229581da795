"""A change set in the words of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.operations.fields.edit import Set, edit
from qtauthor.operations.links import relate
from qtauthor.operations.summary import Summary, summarise
from tests.support.small_sites import Made, make

ALL = [Made(f"Question {n}?", "Baking", n) for n in range(1, 6)]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    first = ALL[0]._replace(links=tuple(article.link() for article in ALL[1:4]))
    return make(tmp_path, [first, *ALL[1:]])


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        (Summary(0, 0, 0, 0, 0), "nothing"),
        (Summary(1, 4, 4, 1, 1), "1 article, 4 related blocks in 4 articles, 1 redirect"),
        (Summary(2, 1, 1, 0, 2), "2 articles, 1 related block in 1 article, 0 redirects"),
        (Summary(0, 3, 2, 0, 0), "3 related blocks in 2 articles"),
    ],
)
def test_the_words(summary: Summary, words: str) -> None:
    assert str(summary) == words


def test_a_block_that_only_moves_up_does_not_count(site: Site) -> None:
    changes = relate.remove(site, ALL[0].path, [ALL[1].path])
    assert summarise(site, changes) == Summary(0, 1, 1, 0, 0)


def test_of_blocks_in_another_order_those_count_that_moved(site: Site) -> None:
    changes = relate.order(site, ALL[0].path, [ALL[2].path])
    assert summarise(site, changes) == Summary(0, 2, 1, 0, 0)


def test_a_field_makes_a_changed_article(site: Site) -> None:
    path = ALL[0].path
    steps = [Set("score", 1.0), Set("/related_article1/id", 9)]
    change = edit(path, site.article(path), steps)
    assert change is not None
    assert summarise(site, ChangeSet((change,))) == Summary(1, 1, 1, 0, 0)
