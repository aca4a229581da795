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


def test_lists_of_the_whole_site_are_filled_in_one_change(site: Path) -> None:
    before = tree(site)
    told = here("related", "suggest", "--all").text.splitlines()
    assert told
    assert all(line.split(": ")[0] in before for line in told)
    assert here("related", "suggest", "--all", "--dry-run", "--apply").code == 1
    assert tree(site) == before
    result = here("related", "suggest", "--all", "--apply")
    assert result.code == 0, result.err
    changed = {path for path in before if before[path] != tree(site)[path]}
    assert changed == {line.split(": ")[0] for line in told}
    assert here("check", "--select", "QT5", "--ignore", "QT509").code == 0
    assert here("related", "suggest", "--all", "--apply").err.endswith("nothing to change\n")
    assert here("undo").code == 0
    assert tree(site) == before


def test_a_hidden_article_is_never_proposed(site: Path) -> None:
    hidden = here("ls", "--where", "no_index").text.split()
    assert hidden
    found = here("related", "suggest", "--question", "Which bicycle is best?", "-n", "50").text
    assert found
    assert not any(path in found for path in hidden)


def test_what_is_asked_already_is_not_proposed_for_itself(site: Path) -> None:
    question = "How often should a bicycle chain be replaced?"
    found = here("related", "suggest", "--question", question, "-n", "50").text
    assert found
    assert CHAIN not in found
