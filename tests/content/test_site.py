"""A site's articles, ids and spellings; templates."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.model import templates
from tests.support.sites import CHAIN, DOUGH, copy_demo


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_demo(tmp_path)


def test_paths_are_all_articles_sorted(site: Site) -> None:
    paths = list(site.paths())
    assert len(paths) == 8
    assert paths == sorted(paths)
    assert CHAIN in paths


def test_other_files_are_no_articles(site: Site) -> None:
    (site.root / "content/learn/notes.md").write_text("x")
    (site.root / "content/learn/bicycles/picture.png").write_bytes(b"")
    assert len(list(site.paths())) == 8


def test_a_new_site_has_no_articles(tmp_path: Path) -> None:
    (tmp_path / "qtauthor.toml").write_text('content = "questions"')
    site = Site.at(tmp_path)
    assert list(site.paths()) == []
    assert site.next_id() == 1


def test_one_id_can_have_several_articles(site: Site) -> None:
    assert len(site.ids[412]) == 2
    assert site.by_id(412).question == site.article(DOUGH).question


def test_an_unknown_id_is_refused(site: Site) -> None:
    with pytest.raises(QtauthorError) as caught:
        site.by_id(1)
    assert caught.value.code is Code.UNKNOWN_ID


def test_a_site_is_found_from_any_folder_in_it(site: Site) -> None:
    assert Site.find(site.root / "content/learn/bicycles").root == site.root.resolve()


def test_an_error_in_an_article_names_its_file(site: Site) -> None:
    (site.root / CHAIN).write_bytes(b"\n---\n---\n")
    with pytest.raises(QtauthorError) as caught:
        site.article(CHAIN)
    assert caught.value.where.path == CHAIN


def test_the_configured_spelling_of_a_subject_goes_before_the_articles(site: Site) -> None:
    assert site.canonical_subject("bicycles") == "Bicycles"
    assert site.canonical_subject("Typography") == "Typography"
    (site.root / "qtauthor.toml").write_text('subjects = ["BICYCLES"]')
    assert Site.at(site.root).canonical_subject("bicycles") == "BICYCLES"


def test_the_id_of_a_file_that_cannot_be_read_is_not_given_away(site: Site) -> None:
    highest = max(site.ids)
    (path,) = site.ids[highest]
    broken = (site.root / path).read_bytes().replace(b"author: ", b"author: a: ")
    for damaged in (broken, broken + b"\xff"):
        (site.root / path).write_bytes(damaged)
        assert Site.at(site.root).next_id() == highest + 1


def test_a_pipe_is_no_article(site: Site) -> None:
    os.mkfifo(site.root / "content/learn/bicycles/pipe.md")
    assert len(list(site.paths())) == 8
    with pytest.raises(QtauthorError) as caught:
        site.article("content/learn/bicycles/pipe.md")
    assert caught.value.code is Code.NOT_A_FILE


@pytest.mark.parametrize("name", templates.SHIPPED)
def test_shipped_templates_are_articles(name: str) -> None:
    document = templates.load(name, Path())
    assert document.style("/title") == document.style("/related_article5/title") == name
    assert document.style("/question") == "folded"


@pytest.mark.parametrize(
    "text",
    ["no front matter", "---\ntitle: only\n---\n", "---\nid: [\n---\n"],
)
def test_a_template_that_is_no_article_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.md").write_text(text)
    for name in ("mine.md", "missing.md"):
        with pytest.raises(QtauthorError) as caught:
            templates.load(name, tmp_path)
        assert caught.value.code is Code.BAD_TEMPLATE
        assert name in caught.value.message
