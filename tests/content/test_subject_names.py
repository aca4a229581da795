"""Which subjects are known, and which one was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content import subject_names
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from tests.support.sites import copy_demo


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_demo(tmp_path)


@pytest.mark.parametrize("name", ["Bread Baking", "bread baking", "BREAD  BAKING "])
def test_a_subject_is_known_however_it_is_spelled(site: Site, name: str) -> None:
    subject_names.refuse_new(site, " ".join(name.split()))


@pytest.mark.parametrize(("name", "meant"), [("Braed Baking", "Bread Baking"), ("Bi", "Bicycles")])
def test_the_nearest_one_is_named(site: Site, name: str, meant: str) -> None:
    for ask in (subject_names.refuse_new, subject_names.key):
        with pytest.raises(QtauthorError) as caught:
            ask(site, name)
        assert caught.value.code is Code.UNKNOWN_SUBJECT
        assert f"did you mean {meant}?" in caught.value.remedy


def test_the_library_selects_by_known_subjects_only(site: Site) -> None:
    assert site.select(subject="bicycles")
    with pytest.raises(QtauthorError):
        site.select(subject="Bicicles")


def test_a_configured_subject_is_known_without_articles(site: Site) -> None:
    (site.root / "qtauthor.toml").write_text('subjects = ["Chemistry"]\n')
    subject_names.refuse_new(Site.at(site.root), "chemistry")


def test_the_first_subject_of_a_site_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "content" / "learn").mkdir(parents=True)
    subject_names.refuse_new(Site.at(tmp_path), "Chemistry")
    (tmp_path / "qtauthor.toml").write_text('subjects = ["Biology"]\n')
    with pytest.raises(QtauthorError):
        subject_names.refuse_new(Site.at(tmp_path), "Biolgy")
