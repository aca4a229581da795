"""Filling in what derives from the rest of an article."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from qtauthor.changes.change import Modify, apply
from qtauthor.changes.proof import prove
from qtauthor.content.site import Site
from qtauthor.operations.fields.derive import fill
from tests.support.small_sites import Made, make, text

TEA = Made("What is tea: a drink?", "Hot Drinks", 5)
COCOA = Made("What is cocoa?", "Hot Drinks", 7)
TODAY = datetime.date(2026, 2, 3)


def filled(site: Site, old: str) -> str:
    """The article on tea with this text, after its derived fields were filled in."""
    (site.root / TEA.path).write_bytes(old.encode())
    site.refresh()
    changes = fill(site, TEA.path, today=TODAY, taken=[40]).changes
    prove(changes, site.source.read)
    for change in changes.changes:
        assert isinstance(change, Modify)
        return apply(old.encode(), change.edits).decode()
    return old


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path, [TEA, COCOA])


def test_an_article_that_has_everything_stays(site: Site) -> None:
    assert filled(site, text(TEA)) == text(TEA)


@pytest.mark.parametrize(
    "line",
    [
        "_schema: default\n",
        "title: >-\n    What is tea: a drink?\n",
        "article_title: >-\n    What is tea: a drink?\n",
        "date_format: MMM DD, YYYY\n",
        "post_on_text: Posted on\n",
        "  title: QuickTakes | Hot Drinks\n",
        "author: QuickTakes\n",
        "question: >-\n    What is tea: a drink?\n",
        "subject: Hot Drinks\n",
        "file_name: what-is-tea-a-drink.md\n",
        "url: /learn/hot-drinks/questions/what-is-tea-a-drink\n",
    ],
)
def test_what_is_missing_comes_back_as_it_was(site: Site, line: str) -> None:
    whole = text(TEA)
    assert f"\n{line}" in whole
    assert filled(site, whole.replace(f"\n{line}", "\n", 1)) == whole


def test_names_follow_the_place_of_the_file(site: Site) -> None:
    wrong = (
        text(TEA).replace("questions/what-is-tea-a-drink", "questions/x").replace("k.md", "y.md")
    )
    assert filled(site, wrong.replace("| Hot Drinks", "| Else")) == text(TEA)


def test_a_missing_id_is_the_next_free_one_and_a_missing_date_today(site: Site) -> None:
    found = filled(site, text(TEA).replace("id: 5\ndate: 2024-12-18\n", ""))
    assert found == text(TEA).replace("id: 5\ndate: 2024-12-18\n", "id: 41\ndate: 2026-02-03\n")


def test_words_that_a_person_chose_are_left(site: Site) -> None:
    chosen = text(TEA).replace("title: >-\n    What is tea: a drink?", "title: Tea", 1)
    assert filled(site, chosen) == chosen
