"""A site whose files are in several checkouts, in a sparse one, or in one that git cannot read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.support import CHAIN, DOUGH, LAST_ID, SHIFTING, assert_refused, here, tree
from tests.support.repositories import commit_all, git, init

BREAD = "content/learn/bread-baking"
HYDRATION = f"{BREAD}/how-does-hydration-change-the-crumb-of-a-loaf.md"


@pytest.fixture
def checkout(site: Path) -> Path:
    """The sample site, committed."""
    init(site)
    commit_all(site)
    return site


def edit_by_hand(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"\n---\n", b"\nnote: mine\n---\n"))


def changed_since(revision: str) -> list[str]:
    result = here("set", "--changed-since", revision, "author=Z", "--dry-run", "--format", "json")
    return [one["path"] for one in result.json["changed"]]


# Nested


NESTED = ("content/learn", BREAD, "content")


@pytest.fixture(params=NESTED)
def nested(site: Path, request: pytest.FixtureRequest) -> Path:
    """A folder of the site that is a checkout of its own; the outer one ignores it."""
    inner = site / request.param
    init(inner)
    commit_all(inner)
    (site / ".gitignore").write_text(f"/{request.param}/\n")
    init(site)
    commit_all(site)
    return site


def test_hand_edits_in_a_nested_checkout_are_seen(nested: Path) -> None:
    assert here("set", DOUGH, "score=1.5").code == 0
    edit_by_hand(nested / HYDRATION)
    before = tree(nested)
    assert_refused(here("set", HYDRATION, "score=1.5"), "uncommitted-changes", HYDRATION)
    assert tree(nested) == before


def test_what_changed_in_a_nested_checkout_is_checked(nested: Path) -> None:
    edit_by_hand(nested / HYDRATION)
    assert changed_since("HEAD") == [HYDRATION]


def test_a_revision_that_a_nested_checkout_does_not_have_is_told_with_its_name(
    nested: Path,
) -> None:
    git(nested, "tag", "released")
    result = here("check", "--changed-since", "released")
    inner = next(nested / name for name in NESTED if (nested / name / ".git").exists())
    assert_refused(result, "no-git", str(inner), "released")


def test_a_submodule_is_compared_with_what_the_outer_revision_has_there(
    site: Path, tmp_path: Path
) -> None:
    source = tmp_path / "articles"
    shutil.move(site / "content/learn", source)
    init(source)
    commit_all(source)
    init(site)
    allowed = ("-c", "protocol.file.allow=always")
    git(site, *allowed, "submodule", "add", "-q", str(source), "content/learn")
    commit_all(site)
    git(site, "tag", "released")
    inner = site / "content/learn"
    edit_by_hand(site / CHAIN)
    commit_all(inner)
    commit_all(site)
    edit_by_hand(site / DOUGH)
    assert changed_since("released") == [CHAIN, DOUGH]
    assert_refused(here("set", DOUGH, "score=1.5"), "uncommitted-changes", DOUGH)


def test_ids_of_all_branches_are_found_in_a_nested_checkout(nested: Path) -> None:
    inner = next(nested / name for name in NESTED if (nested / name / ".git").exists())
    git(inner, "checkout", "-q", "-b", "other")
    file = nested / HYDRATION
    file.write_bytes(file.read_bytes().replace(b"\nid: 418\n", b"\nid: 99999\n"))
    commit_all(inner)
    git(inner, "checkout", "-q", "main")
    assert here("ids", "next", "--dry-run").text == f"{LAST_ID + 1}\n"
    assert here("ids", "next", "--dry-run", "--all-refs").text == "100000\n"


def test_a_linked_folder_is_asked_for_where_it_is(site: Path, tmp_path: Path) -> None:
    """Links out of the site are refused; within it a link may lead into another checkout."""
    other = site / "other"
    shutil.move(site / BREAD, other / "bread-baking")
    (site / BREAD).symlink_to(other / "bread-baking")
    init(other)
    commit_all(other)
    (site / ".gitignore").write_text("/other/\n")
    init(site)
    commit_all(site)
    edit_by_hand(site / DOUGH)
    assert_refused(here("set", DOUGH, "score=1.5"), "uncommitted-changes", DOUGH)
    assert changed_since("HEAD") == [DOUGH]
    assert here("set", HYDRATION, "score=1.5").code == 0


# Git that gives no answer


def foreign(site: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    return "dubious ownership"


def broken_index(site: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (site / ".git/index").write_bytes(b"no index" * 99)
    return "bad signature"


def broken_head(site: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (site / ".git/HEAD").write_bytes(b"nonsense")
    return "not a git repository"


def lost_commit(site: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (site / ".git/refs/heads/main").write_text("1" * 40 + "\n")
    return "bad object HEAD"


def no_program(site: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PATH", "/nowhere")
    return "git cannot be run"


def nowhere(site: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shutil.rmtree(site / ".git")
    (site / ".git").write_text("gitdir: /nowhere\n")
    return "not a git repository"


def empty(site: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shutil.rmtree(site / ".git")
    (site / ".git").mkdir()
    return "not a git repository"


@pytest.mark.parametrize(
    "spoil", [foreign, broken_index, broken_head, lost_commit, no_program, nowhere, empty]
)
def test_what_git_does_not_say_is_not_taken_for_clean(
    checkout: Path,
    spoil: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert callable(spoil)
    words = spoil(checkout, monkeypatch)
    result = here("set", CHAIN, "score=1.5")
    assert_refused(result, "git-unknown", CHAIN, words, "--allow-dirty")
    assert_refused(here("check", "--changed-since", "HEAD"), "no-git")
    assert here("set", CHAIN, "score=1.5", "--allow-dirty").code == 0


# Not checked out


@pytest.fixture
def sparse(checkout: Path) -> Path:
    """The articles of one of two subjects."""
    git(checkout, "sparse-checkout", "set", "--no-cone", "/*", f"!/{BREAD}/")
    assert not (checkout / BREAD).exists()
    return checkout


def test_links_to_articles_that_are_not_checked_out_are_not_dead(checkout: Path) -> None:
    assert here("related", "add", CHAIN, "418").code == 0
    commit_all(checkout)
    git(checkout, "sparse-checkout", "set", "--no-cone", "/*", f"!/{BREAD}/")
    result = here("check", "--format", "concise")
    assert (result.code, result.err) == (0, "no problems in 5 articles\n")


def test_their_ids_and_addresses_are_not_given_out_again(sparse: Path) -> None:
    largest = max(
        int(line.split(":")[1])
        for name in git(sparse, "ls-files", "content").split()
        for line in git(sparse, "show", f"HEAD:{name}").splitlines()
        if line.startswith("id:")
    )
    assert here("ids", "next", "--dry-run").text == f"{largest + 1}\n"
    words = "How does hydration change the crumb of a loaf?"
    result = here("new", "--subject", "Bread Baking", "--question", words)
    assert_refused(result, "slug-taken")
    assert here("ids", "show", "418").text.splitlines()[1:3] == ["articles: 1", f"  {HYDRATION}"]


def test_one_that_would_be_changed_is_told_to_be_elsewhere(sparse: Path) -> None:
    before = tree(sparse / "content")
    assert_refused(here("set", HYDRATION, "score=1.5"), "not-checked-out", HYDRATION, BREAD)
    assert_refused(here("show", HYDRATION), "not-checked-out", HYDRATION)
    result = here("retitle", HYDRATION, "--question", "Other words?")
    assert_refused(result, "not-checked-out", "sparse-checkout add")
    assert tree(sparse / "content") == before


def test_commands_for_all_articles_work_on_those_that_are_there(sparse: Path) -> None:
    result = here("set", "--all", "author=B")
    assert (result.code, result.err.splitlines()[0]) == (0, "changed 5 articles")
    assert git(sparse, "status", "--porcelain").count(" M ") == 5


def test_a_script_does_not_write_where_git_has_an_article(sparse: Path) -> None:
    from qtauthor import ChangeSet, QtauthorError, Site, commit
    from qtauthor.changes.change import Create

    data = (sparse / CHAIN).read_bytes()
    with pytest.raises(QtauthorError, match="not checked out"):
        commit(Site.at(sparse), ChangeSet((Create(HYDRATION, data),)))


def test_contents_that_a_partial_clone_lacks_are_told(sparse: Path) -> None:
    blob = git(sparse, "rev-parse", f"HEAD:{HYDRATION}").strip()
    (sparse / ".git/objects" / blob[:2] / blob[2:]).unlink()
    where = ("--where", "problem = 'not-checked-out'")
    assert here("ls", *where, "--format", "paths").text == f"{HYDRATION}\n"
    result = here("new", "--subject", "Bicycles", "--question", "A?")
    assert result.code == 0
    assert "1 article is neither checked out nor in this clone" in result.err


def test_files_that_git_was_told_not_to_look_at_are_looked_at(checkout: Path) -> None:
    git(checkout, "update-index", "--assume-unchanged", CHAIN)
    git(checkout, "update-index", "--skip-worktree", SHIFTING)
    assert here("set", CHAIN, SHIFTING, "score=1.5", "--dry-run").code == 1
    assert changed_since("HEAD") == []
    for path in (CHAIN, SHIFTING):
        edit_by_hand(checkout / path)
        assert_refused(here("set", path, "score=1.5"), "uncommitted-changes", path)
    assert changed_since("HEAD") == [SHIFTING, CHAIN]


def test_files_that_are_there_all_the_same_can_change_places(checkout: Path) -> None:
    """What ``skip-worktree`` marks need not be gone."""
    git(checkout, "update-index", "--skip-worktree", CHAIN, SHIFTING)
    assert here("retitle", CHAIN, "--question", "Other words?").code == 0
    assert here("undo").code == 0
    assert here("retitle", CHAIN, "--question", "Other words?").code == 0


def test_what_git_does_not_say_of_a_sparse_checkout_is_told(
    sparse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign(sparse, monkeypatch)
    result = here("ids", "next", "--dry-run")
    assert result.code == 0
    assert result.err.startswith("warning: git does not say which articles are not checked out")
    assert result.err.count("\n") == 1
