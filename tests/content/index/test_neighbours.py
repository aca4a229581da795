"""What the index tells of close ids, of links in bulk, and of how rare a word is."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.site import Site
from tests.support.small_sites import Made, make

A = Made("What do livers do?", "Medicine", 10)
B = Made("What does a liver need?", "Medicine", 12)
C = Made("Why is the sky blue?", "Physics", 40)
DEAD = {"id": 9, "title": "Gone", "subject": "Physics", "url": "/learn/physics/questions/gone"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    a = A._replace(links=(B.link(), C.link(), DEAD))
    return make(tmp_path, [a, B._replace(links=(C.link(),)), C])


def test_close_ids(site: Site) -> None:
    assert [e.id for e in site.index.close_to(11, 1)] == [10, 12]
    assert [e.id for e in site.index.close_to(12, 28)] == [10, 12, 40]
    assert site.index.close_to(2**63, 5) == []


def test_entries_of_some_paths(site: Site) -> None:
    found = site.index.among([C.path, "content/learn/physics/gone.md", A.path])
    assert [entry.path for entry in found] == [A.path, C.path]
    assert site.index.among([]) == []


def test_links_from_and_to_articles(site: Site) -> None:
    gone = "content/learn/physics/gone.md"
    assert set(site.index.linked([B.path])) == {(A.path, B.path), (B.path, C.path)}
    assert set(site.index.linked([A.path])) == {(A.path, p) for p in (B.path, C.path, gone)}
    assert list(site.index.linked([])) == []


def test_how_many_articles_have_a_word(site: Site) -> None:
    total, words = site.index.frequencies(["liver", "livers", "blue", "nothing", "", "…", "a-b"])
    assert total == 3
    assert {word: count for word, (_, count) in words.items()} == {
        "liver": 2,
        "livers": 2,
        "blue": 1,
        "nothing": 0,
    }
    assert words["liver"].stem == words["livers"].stem


def test_counts_are_made_again_when_the_site_has_grown(site: Site) -> None:
    assert site.index.frequencies(["sky"]).words["sky"].articles == 1
    many = [Made(f"What is sky number {n}?", "Physics", 100 + n) for n in range(250)]
    make(site.root, many)
    site.refresh()
    assert site.index.frequencies(["sky"]).words["sky"].articles == 251
    site.index.refresh(rebuild=True)
    assert site.index.frequencies(["sky"]).words["sky"].articles == 251
