"""``qtauthor ids`` and its commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import (
    CHAIN,
    DOUGH,
    LAST_ID,
    SHIFTING,
    Result,
    assert_refused,
    git,
    here,
    start,
    tree,
)
from tests.support.patience import PATIENCE
from tests.support.state import state


def numbers(result: Result) -> list[int]:
    assert result.code == 0
    return [int(line) for line in result.text.split()]


def test_an_id_that_was_given_out_is_not_given_again(site: Path) -> None:
    before = tree(site)
    assert numbers(here("ids", "next", "--dry-run")) == [LAST_ID + 1]
    assert numbers(here("ids", "next", "--count", "3")) == [LAST_ID + n for n in (1, 2, 3)]
    assert numbers(here("ids", "next")) == [LAST_ID + 4]
    assert tree(site) == before
    made = here("new", "--subject", "Bicycles", "--question", "Why?", "--format", "json")
    assert made.json["id"] == LAST_ID + 5
    assert here("ids", "next", "--format", "json").json["ids"] == [LAST_ID + 6]


def test_what_is_kept_may_be_lost_or_damaged(site: Path) -> None:
    here("ids", "next")
    (state(site) / "reserved-ids").write_text("x\n")
    assert numbers(here("ids", "next")) == [LAST_ID + 1]


@pytest.mark.parametrize("rounds", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_two_processes_at_the_same_time_get_different_ids(site: Path, rounds: int) -> None:
    count = 1 if rounds > 100 else 50
    found: list[int] = []
    for _ in range(rounds):
        pair = [start("ids", "next", "--count", str(count), cwd=site) for _ in "ab"]
        for one in pair:
            out, _ = one.communicate(timeout=PATIENCE)
            found += [int(line) for line in out.split()]
    assert len(found) == len(set(found)) == 2 * rounds * count
    assert sorted(found) == list(range(LAST_ID + 1, LAST_ID + 1 + len(found)))


def test_show_tells_what_there_is_and_who_has_one(site: Path) -> None:
    here("set", SHIFTING, "id:=-2")
    told = here("ids", "show", "--format", "json").json
    assert (told["largest"], told["next"]) == (LAST_ID, LAST_ID + 1)
    assert told["placeholders"] == [SHIFTING]
    assert told["under_several_subjects"] == 1
    number = here("get", DOUGH, "id").text.strip()
    one = here("ids", "show", number, "--format", "json").json
    assert len(one["articles"]) == 2
    assert len(one["links"]) > 1
    assert here("ids", "show", DOUGH).out == here("ids", "show", number).out
    assert here("ids", "show", "99999").text == "id: 99999\narticles: 0\nlinks: 0\n"


def test_reassign_gives_a_free_id_where_one_is_needed(site: Path) -> None:
    assert here("ids", "reassign", SHIFTING).err == "nothing to change\n"
    here("set", SHIFTING, "id:=-2")
    result = here("ids", "reassign", SHIFTING)
    assert result.err == "changed: 1 article, 3 related blocks in 3 articles\n"
    assert here("get", SHIFTING, "id").text == f"{LAST_ID + 1}\n"
    assert here("ids", "reassign", SHIFTING, "--id", "4000").code == 0
    chain = here("get", CHAIN, "id").text.strip()
    assert_refused(here("ids", "reassign", SHIFTING, "--id", chain), "id-taken")
    assert_refused(here("ids", "reassign", SHIFTING, "--id", "0"), "bad-id")


def test_ids_of_other_branches_are_passed_over(site: Path) -> None:
    git(site, "init", "-q", "-b", "main")
    git(site, "add", ".")
    git(site, "commit", "-qm", "first")
    git(site, "checkout", "-qb", "side")
    here("set", SHIFTING, "id=8000")
    git(site, "commit", "-qam", "second")
    git(site, "tag", "kept")
    here("set", SHIFTING, "id=7000")
    git(site, "commit", "-qam", "third")
    git(site, "checkout", "-q", "main")
    assert numbers(here("ids", "next", "--dry-run")) == [LAST_ID + 1]
    assert numbers(here("ids", "next", "--dry-run", "--all-refs")) == [8001]
    git(site, "tag", "-d", "kept")
    assert numbers(here("ids", "next", "--dry-run", "--all-refs")) == [7001]
    made = here(
        "new",
        "--new-subject",
        "--subject",
        "A",
        "--question",
        "Why?",
        "--all-refs",
        "--format",
        "json",
    )
    assert made.json["id"] == 7001


def test_an_id_of_head_counts_though_its_file_was_deleted_or_changed(site: Path) -> None:
    here("set", SHIFTING, "id=8000")
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "first")
    here("set", SHIFTING, "id=10")
    assert numbers(here("ids", "next", "--dry-run", "--all-refs")) == [8001]
    (site / SHIFTING).unlink()
    assert numbers(here("ids", "next", "--dry-run", "--all-refs")) == [8001]


def test_a_site_below_the_top_of_its_checkout_is_found(site: Path) -> None:
    git(site.parent, "init", "-q")
    git(site.parent, "add", ".")
    git(site.parent, "commit", "-qm", "first")
    (site / SHIFTING).unlink()
    assert numbers(here("ids", "next", "--dry-run", "--all-refs")) == [LAST_ID + 1]
    git(site.parent, "rm", "-rq", "--cached", "site/content/learn/bread-baking")
    assert numbers(here("ids", "next", "--dry-run", "--all-refs")) == [LAST_ID + 1]


def test_outside_of_git_there_are_no_refs(site: Path) -> None:
    assert_refused(here("ids", "next", "--all-refs"), "no-git", "no git checkout")
