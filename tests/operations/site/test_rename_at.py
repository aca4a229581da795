"""What a rename at a place of a text means."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.site import rename_at
from tests.support.small_sites import Made, make, text

OSMOSIS = Made("What is osmosis?", "Biology", 10)
CELLS = Made("How do cells drink?", "Biology", 13, (OSMOSIS.link(),))
TEXT = text(CELLS)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path, (OSMOSIS, CELLS))


@pytest.mark.parametrize(
    ("place", "path", "old", "is_slug"),
    [
        ("title: >-", CELLS.path, CELLS.question, False),
        ("question: >-", CELLS.path, CELLS.question, False),
        (f"url: {CELLS.url}", CELLS.path, CELLS.file, True),
        ("file_name:", CELLS.path, CELLS.file, True),
        (f"url: {OSMOSIS.url}", OSMOSIS.path, OSMOSIS.file, True),
        ("What is osmosis?", OSMOSIS.path, OSMOSIS.question, False),
    ],
)
def test_the_name_at_a_place(site: Site, place: str, path: str, old: str, is_slug: bool) -> None:
    found = rename_at.name_at(site, CELLS.path, TEXT, TEXT.index(place))
    assert found is not None
    assert (found.path, found.old, found.is_slug) == (path, old, is_slug)


@pytest.mark.parametrize("place", ["id: 13", "answer:", "related_article1:", "&nbsp;", "id: 10"])
def test_where_no_name_is(site: Site, place: str) -> None:
    assert rename_at.name_at(site, CELLS.path, TEXT, TEXT.index(place)) is None


def test_a_title_that_is_not_the_question_is_refused(site: Site) -> None:
    shown = TEXT.replace(f"article_title: >-\n    {CELLS.question}", "article_title: Another")
    (site.root / CELLS.path).write_bytes(shown.encode())
    with pytest.raises(QtauthorError, match="is not the question"):
        rename_at.name_at(site, CELLS.path, shown, shown.index("Another"))


@pytest.mark.parametrize(
    "new", ["cells-drink", "cells-drink.md", "/learn/biology/questions/cells-drink"]
)
def test_a_slug_may_be_given_as_a_file_or_url(site: Site, new: str) -> None:
    found = rename_at.name_at(site, CELLS.path, TEXT, TEXT.index("file_name:"))
    assert found is not None
    wanted = rename_at.request(site, found, new)
    assert (wanted.path, wanted.question, wanted.slug) == (
        CELLS.path,
        CELLS.question,
        "cells-drink",
    )


def test_another_subject_is_no_rename(site: Site) -> None:
    found = rename_at.name_at(site, CELLS.path, TEXT, TEXT.index("file_name:"))
    assert found is not None
    with pytest.raises(QtauthorError, match="the slug alone"):
        rename_at.request(site, found, "/learn/physics/questions/cells-drink")
