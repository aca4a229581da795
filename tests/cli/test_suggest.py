"""``qtauthor related suggest``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.support import CHAIN, SHIFTING, assert_refused, here, tree


def test_what_is_proposed_is_new_and_of_the_site(site: Path) -> None:
    before = tree(site)
    found = here("related", "suggest", SHIFTING, "--format", "json").json
    paths = [one["path"] for one in found["suggestions"][0]["articles"]]
    assert paths
    assert SHIFTING not in paths
    assert len(set(paths)) == len(paths) <= 5
    assert tree(site) == before


def test_a_question_that_is_not_there_gets_proposals(site: Path) -> None:
    result = here("related", "suggest", "--question", "When does a chain wear out?", "-n", "1")
    assert result.code == 0
    assert CHAIN.rpartition("/")[2].removesuffix(".md") in result.text


def test_proposals_are_added_behind_what_is_there_and_taken_back(site: Path) -> None:
    before = tree(site)
    result = here("related", "suggest", SHIFTING, "--apply")
    assert result.code == 0, result.err
    after = tree(site)
    assert [path for path in before if before[path] != after[path]] == [SHIFTING]
    assert here("undo").code == 0
    assert tree(site) == before


def test_what_to_suggest_for_has_to_be_named(site: Path) -> None:
    assert_refused(here("related", "suggest"), "usage")
    assert_refused(here("related", "suggest", "no-such"), "unknown-article")
