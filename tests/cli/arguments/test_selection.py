"""Which articles an editing command works on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, DOUGH, SHIFTING, assert_refused, git, here

BICYCLES = "content/learn/bicycles"


def chosen(*arguments: str, stdin: bytes = b"") -> list[str]:
    """The articles that a selection means."""
    result = here("set", *arguments, "/x=y", "--dry-run", "--format", "json", stdin=stdin)
    assert result.code in (0, 1), result.err
    return [one["path"] for one in result.json["changed"]]


def test_nothing_selected_is_refused(site: Path) -> None:
    assert_refused(here("fmt"), "no-selection", "--all")
    assert_refused(here("fmt", "--exclude", "x.md"), "no-selection")


def test_all_is_every_article_in_the_order_of_paths(site: Path) -> None:
    found = chosen("--all")
    assert len(found) == 8
    assert found == sorted(found)


def test_folders_patterns_slugs_ids_and_urls_name_articles(site: Path) -> None:
    here_ = chosen(BICYCLES)
    assert len(here_) == 3
    assert chosen(f"{BICYCLES}/*.md", "--all") == here_
    assert chosen(CHAIN.rpartition("/")[2].removesuffix(".md"), "--all") == [CHAIN]
    assert chosen("1207", "--all") == [CHAIN]
    assert chosen("/learn/bicycles/questions/" + CHAIN.split("/")[-1][:-3], "--all") == [CHAIN]
    assert chosen("--id", "1207", "--id", "1215") == sorted([CHAIN, SHIFTING])


def test_names_add_up_and_conditions_narrow_down(site: Path) -> None:
    assert chosen(CHAIN, DOUGH, "--subject", "Bicycles") == [CHAIN]
    assert chosen("--subject", "bicycles", "--subject", "bread baking", "--where", "id < 1000") == [
        path for path in chosen("--all") if "bread-baking" in path
    ]
    assert chosen("--where", "id = :N", "-p", "N", "1207") == [CHAIN]
    assert chosen("--all", "--exclude", BICYCLES) == [
        path for path in chosen("--all") if not path.startswith(BICYCLES)
    ]
    assert chosen("--all", "--exclude", "*dough*", "--exclude", f"{BICYCLES}/*") == [
        path for path in chosen("--all") if "dough" not in path and BICYCLES not in path
    ]


@pytest.mark.parametrize("separator", ["\n", "\0", "\r\n"])
def test_a_list_names_articles(site: Path, separator: str) -> None:
    listed = separator.join([CHAIN, "1215", ""]).encode()
    assert chosen("--from-file", "-", stdin=listed) == sorted([CHAIN, SHIFTING])
    (site / "list").write_bytes(listed)
    assert chosen("--from-file", "list") == sorted([CHAIN, SHIFTING])


def test_a_list_of_nothing_is_nothing(site: Path) -> None:
    assert chosen("--from-file", "-", stdin=b"") == []


def test_another_number_than_expected_is_refused(site: Path) -> None:
    assert len(chosen("--all", "--expect", "8")) == 8
    result = here("set", "--all", "--expect", "7", "score=1")
    assert_refused(result, "unexpected-count", "8 articles are selected, not 7")
    assert_refused(here("set", "--where", "0", "--expect", "1", "score=1"), "unexpected-count")


def test_a_sample_is_spread_evenly_and_the_same_each_time(site: Path) -> None:
    everything = chosen("--all")
    assert chosen("--all", "--sample", "2", "--expect", "8") == [everything[0], everything[4]]
    assert chosen("--all", "--sample", "99") == everything


def test_what_git_says_has_changed(site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "a")
    assert chosen("--changed-since", "HEAD") == []
    (site / CHAIN).write_bytes((site / CHAIN).read_bytes() + b"\n")
    new = f"{BICYCLES}/new.md"
    (site / new).write_bytes((site / SHIFTING).read_bytes())
    assert chosen("--changed-since", "HEAD") == sorted([CHAIN, new])
    assert_refused(here("fmt", "--changed-since", "nowhere"), "no-git")


def test_a_name_that_means_nothing_is_refused(site: Path) -> None:
    assert_refused(here("fmt", "no-such-slug"), "unknown-article")
    assert_refused(here("fmt", "no/such/*.md"), "not-found")
    assert_refused(here("fmt", "--id", "9", "--all"), "unknown-id")
    assert_refused(here("fmt", "--where", "titel = 1"), "bad-condition")
    assert_refused(here("fmt", ".."), "unsafe-path")


@pytest.mark.parametrize("name", ["1x", "a b", "_folder", "é", ""])
def test_a_value_needs_a_name_that_sql_can_use(site: Path, name: str) -> None:
    for command in (("ls",), ("set", "score=1")):
        assert_refused(here(*command, "--where", "id = 1", "-p", name, "1"), "usage")


def test_a_link_to_an_article_goes_by_its_own_name(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "kept.md"
    elsewhere.write_bytes((site / CHAIN).read_bytes())
    (site / CHAIN).unlink()
    (site / CHAIN).symlink_to(elsewhere)
    assert_refused(here("fmt", "../*.md", "--all"), "unsafe-path")
    (site / CHAIN).unlink()
    real = site / "content" / "kept.md"
    real.write_bytes(elsewhere.read_bytes())
    (site / CHAIN).symlink_to(real)
    assert CHAIN in chosen(f"{BICYCLES}/*.md", "--all")
