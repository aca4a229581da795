"""Files with changes that git has no copy of."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from qtauthor.changes.change import Create, Delete
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, SiteError
from qtauthor.sinks.git import dirty as git
from qtauthor.sinks.history import undo
from tests.sinks.scenes import KEEP, body, build, commit, everything, modify, move

D = f"{KEEP}/s/d.md"
X = f"{KEEP}/t/x.md"


def run(folder: Path, *arguments: str) -> str:
    """Git in that folder and in no other one, with nobody's configuration."""
    names = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CEILING_DIRECTORIES": str(folder.parents[1]),
    }
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-C", str(folder), *arguments],
        capture_output=True,
        env={**os.environ, **names},
        check=True,
    )
    return done.stdout.decode()


def commit_all(folder: Path) -> None:
    run(folder, "add", "-A")
    run(folder, "commit", "-q", "-m", "x")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in a folder of a checkout, all of it committed."""
    root = tmp_path / "checkout/site"
    build(root)
    run(root.parent, "init", "-q")
    commit_all(root.parent)
    (root / ".qtauthor").mkdir()
    (root / ".qtauthor/.gitignore").write_text("*\n")
    return root


def edit(path: str, old: bytes, new: bytes = b"new") -> ChangeSet:
    return ChangeSet((modify(path, old, new),))


def touched(changes: ChangeSet) -> list[str]:
    return [change.path for change in changes.changes if not isinstance(change, Create)]


def is_refused(site: Path, changes: ChangeSet) -> bool:
    try:
        git.refuse_uncommitted(site, touched(changes))
    except SiteError as error:
        assert error.code is Code.UNCOMMITTED_CHANGES
        assert "--allow-dirty" in error.remedy
        return True
    return False


def assert_unknown(site: Path, words: str) -> None:
    with pytest.raises(SiteError) as caught:
        git.refuse_uncommitted(site, [D])
    assert caught.value.code is Code.GIT_UNKNOWN
    assert words in caught.value.message
    assert "--allow-dirty" in caught.value.remedy


def test_a_committed_file_is_changed_without_asking(site: Path) -> None:
    assert not is_refused(site, edit(D, body(3)))
    assert git.dirty(site, [D, X]) == []


@pytest.mark.parametrize("staged", [False, True])
def test_a_file_that_was_edited_is_refused_and_another_is_not(site: Path, staged: bool) -> None:
    (site / D).write_bytes(b"mine")
    if staged:
        run(site, "add", "-A")
    assert git.dirty(site, [D, X]) == [D]
    assert is_refused(site, edit(D, b"mine"))
    assert not is_refused(site, edit(X, body(7)))


def test_a_file_that_git_never_saw_is_refused_unless_it_is_ignored(site: Path) -> None:
    (site / "new.md").write_bytes(b"mine")
    assert is_refused(site, edit("new.md", b"mine"))
    (site / ".gitignore").write_text("new.md\n")
    assert not is_refused(site, edit("new.md", b"mine"))


def test_removing_and_moving_are_changes_too_and_making_is_none(site: Path) -> None:
    (site / D).write_bytes(b"mine")
    assert is_refused(site, ChangeSet((Delete(D, b"mine"),)))
    assert is_refused(site, ChangeSet((move(D, X + "2", b"mine", b"mine"),)))
    assert not is_refused(site, ChangeSet((Create(f"{KEEP}/s/new.md", body(1)),)))


def test_several_files_are_all_named(site: Path) -> None:
    for path in (D, X):
        (site / path).write_bytes(b"mine")
    both = ChangeSet((*edit(D, b"mine").changes, *edit(X, b"mine").changes))
    with pytest.raises(SiteError, match="2 files") as caught:
        git.refuse_uncommitted(site, touched(both))
    assert caught.value.excerpt == f"{D}, {X}"


def test_what_qtauthor_wrote_last_can_be_changed_again(site: Path) -> None:
    commit(site, edit(D, body(3), body(4)))
    commit(site, edit(D, body(4), body(5)))
    assert git.dirty(site, [D]) == [D]
    assert not is_refused(site, edit(D, body(5)))
    (site / D).write_bytes(b"mine")
    assert is_refused(site, edit(D, b"mine"))


def test_what_qtauthor_wrote_upon_an_edit_is_still_uncommitted(site: Path) -> None:
    (site / D).write_bytes(b"mine")
    commit(site, edit(D, b"mine", body(4)))
    assert is_refused(site, edit(D, body(4)))
    commit_all(site)
    commit(site, edit(D, body(4), body(5)))
    assert not is_refused(site, edit(D, body(5)))


def test_files_that_were_made_and_moved_by_qtauthor_can_be_changed_again(site: Path) -> None:
    commit(site, everything())
    names = ("s/b", "s/c", "new/deep/c", "s/swap1", "s/swap2", "s/Case", "t/one", "fresh/e")
    paths = [f"{KEEP}/{name}.md" for name in names]
    assert set(git.dirty(site, paths)) == set(paths)
    again = [edit(path, (site / path).read_bytes()) for path in paths]
    assert not any(is_refused(site, changes) for changes in again)


def test_what_was_undone_does_not_count_for_qtauthors(site: Path) -> None:
    (site / D).write_bytes(b"mine")
    commit(site, edit(D, b"mine", body(4)))
    undo.make(site, undo.plan(site, 1, redo=False, force=False), KEEP)
    assert is_refused(site, edit(D, b"mine"))


def test_without_a_commit_every_file_is_uncommitted(tmp_path: Path) -> None:
    build(tmp_path / "site")
    run(tmp_path / "site", "init", "-q")
    assert is_refused(tmp_path / "site", edit(D, body(3)))


def test_outside_of_git_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path / "site")
    monkeypatch.setattr(subprocess, "run", None)
    assert not is_refused(tmp_path / "site", edit(D, body(3)))


def test_without_the_program_it_is_not_known_what_is_committed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(site))
    assert_unknown(site, "git cannot be run: No such file or directory")


def test_more_files_than_can_be_named_are_looked_up_at_once(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "_FEW", 1)
    (site / D).write_bytes(b"mine")
    (site / "other.txt").touch()
    assert git.dirty(site, [X, D]) == [D]


@pytest.mark.parametrize("name", ["ä b.md", 'q"uote.md', "*.md", ":x.md", "\udcff.md", "a\nb.md"])
def test_names_are_taken_as_they_are(site: Path, name: str) -> None:
    path = f"{KEEP}/s/{name}"
    (site / path).write_bytes(body(1))
    assert git.dirty(site, [path, D]) == [path]
    commit_all(site)
    assert git.dirty(site, [path, D]) == []
    commit(site, edit(path, body(1), body(2)))
    assert not is_refused(site, edit(path, body(2)))


def test_a_worktree_is_a_checkout(site: Path) -> None:
    other = site.parents[1] / "other"
    run(site.parent, "worktree", "add", "-q", str(other))
    (other / "site" / D).write_bytes(b"mine")
    assert git.dirty(other / "site", [D]) == [D]
    assert git.dirty(site, [D]) == []


def test_a_site_in_a_submodule_is_asked_for_there(site: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    run(outer, "init", "-q")
    source = str(site.parent)
    run(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", source, "sub")
    inner = outer / "sub/site"
    assert git.dirty(inner, [D]) == []
    (inner / D).write_bytes(b"mine")
    assert git.dirty(inner, [D]) == [D]


def test_nothing_is_staged_and_no_lock_is_left(site: Path) -> None:
    (site / D).write_bytes(b"mine")
    before = run(site, "status", "--porcelain")
    git.dirty(site, [D])
    assert run(site, "status", "--porcelain") == before
    assert not (site.parent / ".git/index.lock").exists()


def test_every_state_of_an_index_and_a_head_is_told_rightly(site: Path) -> None:
    e = f"{KEEP}/s/e f.md"
    (site / e).write_bytes(body(1))
    run(site, "add", "--intent-to-add", e)
    assert git.dirty(site, [D, e]) == [e]
    run(site, "rm", "-q", "--cached", X)
    assert git.dirty(site, [D, X]) == [X]
    run(site, "reset", "-q", "--hard")
    run(site, "mv", D, f"{KEEP}/s/renamed.md")
    assert git.dirty(site, [D, X, f"{KEEP}/s/renamed.md"]) == [D, f"{KEEP}/s/renamed.md"]
    run(site, "reset", "-q", "--hard")
    run(site, "checkout", "-q", "--detach")
    (site / D).write_bytes(b"one")
    assert git.dirty(site, [D, X]) == [D]
    commit_all(site)
    other = run(site, "rev-parse", "HEAD").strip()
    run(site, "checkout", "-q", "HEAD~1")
    (site / D).write_bytes(b"two")
    commit_all(site)
    with pytest.raises(subprocess.CalledProcessError):
        run(site, "merge", "-q", other)
    assert git.dirty(site, [D, X]) == [D]


def test_line_ends_that_git_converts_are_no_changes(site: Path) -> None:
    run(site, "config", "core.autocrlf", "true")
    for path in (D, X):
        (site / path).unlink()
    run(site, "checkout", "-q", "--", ".")
    assert b"\r\n" in (site / D).read_bytes()
    assert git.dirty(site, [D, X]) == []
    (site / D).write_bytes(b"mine\r\n")
    assert git.dirty(site, [D, X]) == [D]


def test_where_case_is_folded_a_file_is_known_by_any_spelling(site: Path) -> None:
    """As on a system where the file that git calls by one name is listed by another."""
    run(site, "config", "core.ignoreCase", "true")
    other = D.replace("/d.md", "/D.md")
    assert git.dirty(site, [other, X]) == []
    (site / D).write_bytes(b"mine")
    assert git.dirty(site, [other, X]) == [other]


def test_a_site_above_several_checkouts(tmp_path: Path) -> None:
    root = tmp_path / "site"
    build(root)
    for name in ("s", "t"):
        run(root / KEEP / name, "init", "-q")
        commit_all(root / KEEP / name)
    assert git.dirty(root, [D, X]) == []
    for path in (D, X):
        (root / path).write_bytes(b"mine")
    assert git.dirty(root, [X, D]) == [X, D]
