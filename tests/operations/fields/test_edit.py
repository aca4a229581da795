"""One article's edit as a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.changes.change import apply, invert
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.fields.edit import Set, Unset, edit
from tests.support.sites import CHAIN, copy_demo


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_demo(tmp_path)


def test_a_change_names_what_was_asked_and_what_it_touched(site: Site) -> None:
    change = edit(CHAIN, site.article(CHAIN), [Set("score", 2.0), Set("seo.title", "x")])
    assert change is not None
    assert change.declared == change.touched == ("/score", "/seo/title")


def test_applied_and_inverted_it_gives_the_original(site: Site) -> None:
    data = site.source.read(CHAIN)
    change = edit(CHAIN, site.article(CHAIN), [Set("no_index", True), Unset("related_article1")])
    assert change is not None
    after = apply(data, change.edits)
    assert after != data
    back = invert(change)
    assert back.path == CHAIN
    assert apply(after, back.edits) == data  # type: ignore[union-attr]


def test_an_edit_that_changes_nothing_is_no_change(site: Site) -> None:
    article = site.article(CHAIN)
    assert edit(CHAIN, article, [Set("title", article.get("title"))]) is None
    assert edit(CHAIN, article, [Unset("score")] if not article.has("score") else []) is None


def test_one_step_that_is_refused_refuses_all(site: Site) -> None:
    with pytest.raises(QtauthorError) as caught:
        edit(CHAIN, site.article(CHAIN), [Set("score", 2.0), Set("id", "x")])
    assert caught.value.code is Code.WRONG_TYPE
