"""A file that is reached by two names is one file, and counts under its own place."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from tests.cli.support import SHIFTING, assert_refused, here
from tests.support.sites import CHAIN, DOUGH

BAKING = "content/learn/bread-baking"
LINK = "content/learn/baking"
THROUGH = DOUGH.replace("bread-baking", "baking")
COPY = "content/learn/bicycles/dough.md"


@pytest.fixture(params=["folder", "file", "chain of folders", "chain of files", "absolute"])
def linked(request: pytest.FixtureRequest, site: Path) -> tuple[Path, str]:
    """A site with a second name for an article, and that name."""
    if request.param == "folder":
        (site / LINK).symlink_to("bread-baking")
        return site, THROUGH
    if request.param == "chain of folders":
        (site / "way").symlink_to("content/learn/bread-baking")
        (site / LINK).symlink_to("../../way")
        return site, THROUGH
    if request.param == "absolute":
        (site / LINK).symlink_to(site / BAKING)
        return site, THROUGH
    if request.param == "chain of files":
        (site / "way.md").symlink_to(DOUGH)
        (site / COPY).symlink_to("../../../way.md")
        return site, COPY
    (site / COPY).symlink_to(f"../../../{DOUGH}")
    return site, COPY


def listed() -> list[str]:
    """All articles, which the index and the source tell alike."""
    site = Site.at(Path.cwd())
    found = [entry.path for entry in site.index.entries()]
    assert found == list(site.paths())
    return found


def test_each_file_is_listed_once_under_its_own_place(linked: tuple[Path, str]) -> None:
    paths = listed()
    assert DOUGH in paths
    assert linked[1] not in paths
    assert len(paths) == 8


def test_a_bulk_edit_changes_each_file_once(linked: tuple[Path, str]) -> None:
    site, name = linked
    assert here("set", "--all", "score=9").code == 0
    assert b"score: 9.0" in (site / DOUGH).read_bytes()
    assert (site / name).read_bytes() == (site / DOUGH).read_bytes()


def test_no_fix_follows_a_second_name(linked: tuple[Path, str]) -> None:
    site, name = linked
    before = (site / DOUGH).read_bytes()
    for _ in range(2):
        here("check", "--fix", "--select", "QT3")
        assert (site / DOUGH).read_bytes() == before
    found = json.loads(here("check", "--select", "QT3", "--output-format", "json").out)
    assert name not in json.dumps(found)


def test_who_names_the_link_edits_the_file_under_its_own_place(linked: tuple[Path, str]) -> None:
    site, name = linked
    link = (site / name).is_symlink()
    assert here("set", name, DOUGH, "score=9").code == 0
    assert (site / name).is_symlink() == link
    assert b"score: 9.0" in (site / DOUGH).read_bytes()
    assert here("undo").code == 0
    pattern = f"{name.rpartition('/')[0]}/*dough*.md"
    assert here("set", pattern, "--where", "id > 0", "score=9").code == 0
    assert here("get", name, "score").out == b"9.0\n"
    others = ("--all", "--exclude", name, "--expect", "7")
    assert here("set", *others, "score=8", "--dry-run").code == 1
    assert here("retitle", name, "--question", "What is dough for?").code == 0
    assert (site / BAKING / "what-is-dough-for.md").is_file()


def test_a_link_to_what_is_no_article_is_one_under_its_own_name(site: Path) -> None:
    kept = site / "content/kept.md"
    (site / CHAIN).rename(kept)
    (site / CHAIN).symlink_to("../../kept.md")
    second = CHAIN.replace("bicycles/", "bread-baking/")
    (site / second).symlink_to("../../kept.md")
    paths = listed()
    assert (CHAIN in paths, second in paths, len(paths)) == (True, False, 8)
    assert_refused(here("set", CHAIN, second, "score=9"), "two-names", CHAIN, second)
    assert here("set", CHAIN, "score=9").code == 0
    assert (site / CHAIN).is_symlink()
    assert b"score: 9.0" in kept.read_bytes()


def test_links_that_lead_nowhere_or_round_are_no_articles(site: Path) -> None:
    learn = site / "content/learn"
    (learn / "gone").symlink_to("nowhere")
    (learn / "round").symlink_to("round")
    (learn / "bicycles/gone.md").symlink_to("nowhere.md")
    (learn / "bicycles/round.md").symlink_to("round.md")
    (learn / "self").symlink_to(".")
    assert len(listed()) == 8
    assert here("set", "--all", "score=9").code == 0


def test_hard_links_are_two_articles_that_are_not_changed_at_once(site: Path) -> None:
    os.link(site / SHIFTING, site / COPY)
    assert len(listed()) == 9
    for arguments in (("--all",), (COPY, SHIFTING)):
        told = here("set", *arguments, "score=9")
        assert_refused(told, "two-names", "one file with two names", "make a copy")
    assert here("set", COPY, "score=9").code == 0
    assert (site / SHIFTING).stat().st_nlink == 1
    assert b"score: 9.0" not in (site / SHIFTING).read_bytes()
    assert here("set", "--all", "score=9").code == 0


def test_a_folder_that_is_a_link_gets_no_article(site: Path) -> None:
    (site / LINK).symlink_to("bread-baking")
    told = here("new", "--subject", "Baking", "--question", "What is a crumb?")
    assert_refused(told, "two-names", "this folder is a link")
    assert not (site / BAKING / "what-is-a-crumb.md").exists()


def test_a_content_folder_that_is_a_link_is_no_second_name(site: Path) -> None:
    (site / "content").rename(site / "data")
    (site / "content").symlink_to("data")
    assert len(listed()) == 8
    assert here("set", "--all", "score=9").code == 0
    assert here("new", "--subject", "Bicycles", "--question", "What is a hub?").code == 0
