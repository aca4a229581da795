"""``qtauthor retitle``, and what all commands over the site have in common."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import DOUGH, SHIFTING, assert_refused, git, here, process, terminal, tree

QUESTION = "Friction shifting: is it easier?"
NEW = "content/learn/bicycles/friction-shifting-is-it-easier.md"


@pytest.fixture
def listed(site: Path) -> Path:
    """The sample site with a list of redirects."""
    (site / "qtauthor.toml").write_text('[redirects]\npath = "redirects.json"\n')
    return site


def test_the_new_path_is_the_data_and_the_summary_the_words(listed: Path) -> None:
    result = here("retitle", SHIFTING, "--question", QUESTION)
    assert result == (
        0,
        f"{NEW}\n".encode(),
        "changed: 1 article, 3 related blocks in 3 articles, 1 redirect\n",
    )
    after = tree(listed)
    assert SHIFTING not in after
    assert NEW in after
    assert json.loads(after["redirects.json"])[0]["status"] == 301


def test_an_article_is_a_path_from_here_a_url_a_slug_or_an_id(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = Path(SHIFTING).stem
    names = [SHIFTING, slug, "1215", f"/learn/bicycles/questions/{slug}", f"bicycles/{slug}"]
    answers = [here("retitle", n, "--question", QUESTION, "--dry-run") for n in names]
    assert all(answer == answers[0] for answer in answers)
    monkeypatch.chdir(site / "content/learn/bicycles")
    assert here("retitle", f"{slug}.md", "--question", QUESTION, "--dry-run") == answers[0]


def test_what_is_ambiguous_or_unknown_is_refused(site: Path) -> None:
    before = tree(site)
    slug = Path(DOUGH).stem
    assert_refused(here("move", slug, "--subject", "Bicycles"), "ambiguous-article", DOUGH)
    assert_refused(here("retitle", "9", "--question", "New?"), "unknown-article")
    assert_refused(here("retitle", SHIFTING), "usage", "--question")
    both = here("retitle", SHIFTING, "--question", "New?", "--slug", "new", "--keep-url")
    assert_refused(both, "usage", "exclude")
    assert tree(site) == before


def test_a_question_under_two_subjects_changes_under_both(site: Path) -> None:
    result = here("retitle", DOUGH, "--question", "Does dough rise faster when warm?")
    assert result.code == 0
    assert "filed under 2 subjects: Bread Baking, Everyday Physics" in result.err
    assert len(result.text.splitlines()) == 2
    assert "changed: 2 articles," in result.err


def test_an_id_that_means_one_question_under_two_subjects_is_not_ambiguous(site: Path) -> None:
    wanted = ("--question", "Does dough rise faster when warm?", "--dry-run")
    answers = [here("retitle", n, *wanted) for n in (DOUGH, "412", Path(DOUGH).stem)]
    assert answers[0] == answers[1] == answers[2]
    here("set", DOUGH, "question=Another one?")
    assert_refused(here("retitle", "412", *wanted), "ambiguous-article")


def test_a_dry_run_and_a_diff_write_nothing_and_exit_with_1(listed: Path) -> None:
    before = tree(listed)
    dry = here("retitle", SHIFTING, "--question", QUESTION, "--dry-run")
    assert dry.code == 1
    assert dry.err.startswith("would change: 1 article, ")
    diff = here("retitle", SHIFTING, "--question", QUESTION, "--diff")
    assert diff.code == 1
    assert f"rename to {NEW}\n".encode() in diff.out
    assert tree(listed) == before


def test_git_takes_the_diff_and_sees_a_rename(listed: Path) -> None:
    git(listed, "init", "-q")
    git(listed, "add", ".")
    git(listed, "commit", "-qm", "first")
    diff = here("retitle", SHIFTING, "--question", QUESTION, "--diff").out
    applied = git(listed, "apply", "--index", "-", stdin=diff)
    assert applied.returncode == 0, applied.stderr
    by_git = tree(listed)
    git(listed, "reset", "-q", "--hard")
    assert here("retitle", SHIFTING, "--question", QUESTION).code == 0
    assert tree(listed) == by_git
    git(listed, "add", ".")
    status = git(listed, "status", "--porcelain", "-M").stdout.decode()
    assert f"R  {SHIFTING} -> {NEW}" in status


def test_json_tells_the_counts_the_files_and_the_notices(site: Path) -> None:
    args = ("retitle", SHIFTING, "--question", QUESTION, "--format", "json")
    told = here(*args, "--diff").json
    assert told["written"] is False
    assert told["summary"] == {
        "articles": 1,
        "related_blocks": 3,
        "related_articles": 3,
        "redirects": 0,
    }
    moved = next(change for change in told["changed"] if change["path"] == SHIFTING)
    assert (moved["change"], moved["to"]) == ("moved", NEW)
    assert "/file_name" in moved["keys"]
    assert "redirects.path is not configured" in told["notices"][0]
    assert told["diff"].startswith("diff --git")
    assert here(*args).json["written"] is True


def test_nothing_to_change_is_no_change(site: Path) -> None:
    before = tree(site)
    question = here("get", SHIFTING, "question").text.rstrip("\n")
    result = here("retitle", SHIFTING, "--question", question)
    assert result == (0, b"", "nothing to change\n")
    assert tree(site) == before


@pytest.mark.parametrize("columns", [60, 80])
def test_the_summary_fits_a_narrow_terminal(listed: Path, columns: int) -> None:
    args = ("retitle", DOUGH, "--question", "Does dough rise faster when warm?", "--dry-run")
    with terminal(*args, cwd=listed, columns=columns) as run:
        printed = run.rest()
    words = [line for line in printed.replace("\r", "").split("\n") if ".md" not in line]
    assert any(line.startswith("would change: 2 articles") for line in words)
    assert max(map(len, words)) <= columns
    assert " redirects" in " ".join(words)


def test_a_malformed_list_of_redirects_is_refused_with_its_place(listed: Path) -> None:
    (listed / "redirects.json").write_text('[\n  {"from": "/a"}\n]\n')
    before = tree(listed)
    result = here("retitle", SHIFTING, "--question", QUESTION)
    assert_refused(result, "bad-redirects", "redirects.json:2:3")
    assert tree(listed) == before


def test_a_process_of_its_own_does_the_same(site: Path) -> None:
    result = process("retitle", "1215", "--question", QUESTION, "--keep-url", cwd=site)
    assert (result.code, result.out) == (0, b"")
    assert result.err == "changed: 1 article, 3 related blocks in 3 articles\n"
