"""A change set is written whole or not at all, whatever fails in between."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import Any

import pytest

from qtauthor.changes.change import Change, Create, Delete, Edit, Modify, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, QtauthorError
from qtauthor.sinks import loose_files, syscalls
from qtauthor.sinks.transaction.stage import Staging, WriteOrder
from qtauthor.sinks.transaction.transaction import _Transaction, commit_all
from tests.sinks.faults import failing, faults
from tests.sinks.scenes import move
from tests.sinks.support import ARTICLE, modify, refused, tree


@pytest.fixture
def changes() -> ChangeSet:
    """Two modified, one deleted, two created, one of them in a new folder."""
    return ChangeSet(
        (
            modify("a.md", ARTICLE % 0, ARTICLE % 10),
            Delete("b.md", ARTICLE % 1),
            Create("new/deep/e.md", ARTICLE % 4),
            modify("c.md", ARTICLE % 2, ARTICLE % 12),
            Create("f.md", ARTICLE % 5),
        )
    )


def written(changes: ChangeSet, root: Path) -> bool:
    """Whether all of it, and not nothing, is on disk."""
    states = set()
    for change in changes.changes:
        path = root / change.path
        if isinstance(change, Delete):
            states.add(not path.exists())
        elif isinstance(change, Create):
            states.add(path.is_file() and path.read_bytes() == change.content)
        else:
            states.add(digest(path.read_bytes()) == change.after)
    assert len(states) == 1
    return states == {True}


def contents(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file's bytes and mode, and every folder."""
    return {path: (data, mode) for path, (data, mode, _) in tree(root).items()}


def names(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*")}


def test_all_kinds_of_changes_are_written_and_nothing_else_is_left(
    root: Path, changes: ChangeSet
) -> None:
    loose_files.write(changes, root)
    assert written(changes, root)
    assert names(root) == {"a.md", "c.md", "d.md", "f.md", "new", "new/deep", "new/deep/e.md"}


def test_the_inverse_restores_every_file(root: Path, changes: ChangeSet) -> None:
    before = {path: data for path, (data, _, _) in tree(root).items()}
    loose_files.write(changes, root)
    loose_files.write(changes.invert(), root)
    after = {path: data for path, (data, _, _) in tree(root).items() if data}
    assert after == before


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EIO, "Input/output error"),
        KeyboardInterrupt(),
    ],
    ids=["disk full", "broken disk", "Ctrl-C"],
)
def test_a_failure_at_any_call_leaves_all_old_and_nothing_beside(
    root: Path, changes: ChangeSet, error: BaseException
) -> None:
    before = contents(root)
    struck: list[str] = []
    for at in range(1, 1000):
        with faults(at, failing(error)) as found:
            try:
                loose_files.write(changes, root)
                break
            except (QtauthorError, KeyboardInterrupt) as raised:
                assert isinstance(raised, KeyboardInterrupt) or raised.code == Code.CANNOT_WRITE
        struck.append(found.struck)
        assert contents(root) == before, (at, found.struck)
    assert written(changes, root)
    assert {"create", "write", "fsync", "link", "rename", "unlink", "mkdir"} <= set(struck)
    assert len(struck) > 20


def test_without_hard_links_it_is_all_or_nothing_too(
    root: Path, changes: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "link", refused)
    before = contents(root)
    for at in range(1, 1000):
        with faults(at, failing(OSError(errno.EIO, "Input/output error"))):
            try:
                loose_files.write(changes, root)
                break
            except QtauthorError:
                assert contents(root) == before, at
    assert at > 20
    assert written(changes, root)


def test_what_cannot_be_taken_back_leaves_the_journal_and_names_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, targets = syscalls.rename, list[str]()

    def rename(old: str, new: str) -> None:
        if targets and new.endswith(".md"):
            raise OSError(errno.EIO, "Input/output error")
        targets.extend([new] * new.endswith(".md"))
        original(old, new)

    monkeypatch.setattr(syscalls, "rename", rename)
    both = [modify(f"{n}.md", ARTICLE % i, ARTICLE % 9) for i, n in enumerate("ab")]
    with pytest.raises(QtauthorError) as caught:
        loose_files.write(ChangeSet(tuple(both)), root)
    journals = [path for path in root.glob(".qtauthor-*") if str(path) in caught.value.remedy]
    assert [(ARTICLE % 0) in path.read_bytes() for path in journals] == [True]
    assert "nothing was written" not in caught.value.remedy


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "make room"), (errno.EACCES, "writable"), (errno.EROFS, "writable")],
)
def test_a_refusal_of_the_system_says_what_to_do(root: Path, number: int, remedy: str) -> None:
    strike = failing(OSError(number, os.strerror(number)))
    with pytest.raises(QtauthorError) as caught, faults(1, strike):
        loose_files.write(ChangeSet((modify("a.md", ARTICLE % 0, ARTICLE % 9),)), root)
    assert caught.value.code == Code.CANNOT_WRITE
    assert caught.value.where.path == "a.md"
    assert os.strerror(number) in caught.value.message
    assert remedy in caught.value.remedy


def test_a_file_that_changed_since_is_a_conflict(root: Path) -> None:
    change = modify("b.md", ARTICLE % 7, ARTICLE % 8)
    first = modify("a.md", ARTICLE % 0, ARTICLE % 9)
    assert refused(ChangeSet((first, change)), root).code == Code.CHANGED_SINCE
    (root / "b.md").unlink()
    gone = refused(ChangeSet((first, change)), root)
    assert (gone.code, gone.where.path) == (Code.CHANGED_SINCE, "b.md")


@pytest.mark.parametrize("moment", ["staged", "put"])
def test_a_file_that_changes_while_it_is_written_is_a_conflict(
    root: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    owner: Any = Staging if moment == "staged" else _Transaction
    name = "prepare" if moment == "staged" else "apply"
    original = getattr(owner, name)

    def meddled(self: Any) -> None:
        (root / "b.md").write_bytes(b"someone else's")
        original(self)

    monkeypatch.setattr(owner, name, meddled)
    both = [modify(f"{n}.md", ARTICLE % i, ARTICLE % 9) for i, n in enumerate("ab")]
    with pytest.raises(QtauthorError) as caught:
        loose_files.write(ChangeSet(tuple(both)), root)
    assert caught.value.code == Code.CHANGED_SINCE
    assert (root / "a.md").read_bytes() == ARTICLE % 0
    assert (root / "b.md").read_bytes() == b"someone else's"
    assert names(root) == {"a.md", "b.md", "c.md", "d.md"}


@pytest.mark.parametrize("kind", ["edit", "move", "delete"])
def test_a_file_that_changes_in_secret_while_it_is_written_is_a_conflict(
    root: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """With its size, its inode and its time of change as they were."""
    path = root / "b.md"
    os.utime(path, (1_600_000_000, 1_600_000_000))
    original = _Transaction.apply

    def meddled(self: Any) -> None:
        time.sleep(0.02)
        path.write_bytes(ARTICLE % 5)
        os.utime(path, (1_600_000_000, 1_600_000_000))
        original(self)

    monkeypatch.setattr(_Transaction, "apply", meddled)
    changes: dict[str, Change] = {
        "edit": modify("b.md", ARTICLE % 1, ARTICLE % 9),
        "move": move("b.md", "z.md", ARTICLE % 1, ARTICLE % 9),
        "delete": Delete("b.md", ARTICLE % 1),
    }
    with pytest.raises(QtauthorError) as caught:
        loose_files.write(ChangeSet((changes[kind],)), root)
    assert caught.value.code == Code.CHANGED_SINCE
    assert path.read_bytes() == ARTICLE % 5


def test_a_file_that_appears_in_between_is_never_overwritten(
    root: Path, changes: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = _Transaction.apply

    def meddled(self: Any) -> None:
        (root / "f.md").write_bytes(b"someone else's")
        original(self)

    monkeypatch.setattr(_Transaction, "apply", meddled)
    with pytest.raises(QtauthorError) as caught:
        loose_files.write(changes, root)
    assert caught.value.code == Code.FILE_EXISTS
    assert (root / "f.md").read_bytes() == b"someone else's"
    assert names(root) == {"a.md", "b.md", "c.md", "d.md", "f.md"}
    assert (root / "a.md").read_bytes() == ARTICLE % 0


def test_a_file_that_is_there_is_never_made_again(root: Path) -> None:
    assert refused(ChangeSet((Create("a.md", ARTICLE % 1),)), root).code == Code.FILE_EXISTS
    (root / "link.md").symlink_to("nowhere.md")
    assert refused(ChangeSet((Create("link.md", ARTICLE % 1),)), root).code == Code.FILE_EXISTS


@pytest.mark.parametrize("path", ["../x.md", "new/../../x.md", "/x.md", "link/x.md", ".", ""])
def test_nothing_outside_of_the_site_is_written(root: Path, path: str) -> None:
    inside = root / "site"
    inside.mkdir()
    (inside / "link").symlink_to(root)
    before = tree(root)
    with pytest.raises(QtauthorError) as caught:
        loose_files.write(ChangeSet((Create(path, ARTICLE % 1),)), inside)
    assert caught.value.code == Code.UNSAFE_PATH
    assert tree(root) == before


def test_the_changes_of_several_sites_are_all_written_or_none(root: Path) -> None:
    for name in ("one", "two"):
        (root / name).mkdir()
        (root / name / "a.md").write_bytes(ARTICLE % 0)
    change = ChangeSet((modify("a.md", ARTICLE % 0, ARTICLE % 9),))
    orders = [WriteOrder(root / name, change, is_site=False) for name in ("one", "two")]
    before = contents(root)
    for at in range(1, 1000):
        with faults(at, failing(OSError(errno.ENOSPC, "No space left on device"))):
            try:
                commit_all(orders)
                break
            except QtauthorError:
                assert contents(root) == before, at
    assert at > 10
    assert [(root / name / "a.md").read_bytes() for name in ("one", "two")] == [ARTICLE % 9] * 2


def test_what_cannot_be_proven_is_not_written(root: Path) -> None:
    undeclared = Modify(
        "a.md",
        digest(ARTICLE % 0),
        digest(ARTICLE % 9),
        (Edit(0, ARTICLE % 0, ARTICLE % 9),),
        declared=("/title",),
        touched=("/id",),
    )
    assert refused(ChangeSet((undeclared,)), root).code == Code.UNPROVEN_EDIT


@pytest.mark.parametrize("mark", ["qtauthor.toml", "pyproject.toml", "content/learn"])
@pytest.mark.parametrize("below", ["", "content/learn", "drafts/deep"])
def test_in_a_site_nothing_is_written_without_its_history(
    tmp_path: Path, mark: str, below: str
) -> None:
    if mark.endswith(".toml"):
        (tmp_path / mark).write_text("[tool.qtauthor]\n" if mark == "pyproject.toml" else "")
    else:
        (tmp_path / mark).mkdir(parents=True)
    folder = tmp_path / below
    folder.mkdir(parents=True, exist_ok=True)
    (tmp_path.parent / "link").unlink(missing_ok=True)
    (tmp_path.parent / "link").symlink_to(folder)
    for root in (folder, tmp_path.parent / "link"):
        with pytest.raises(QtauthorError) as caught:
            loose_files.write(ChangeSet((Create("e.md", ARTICLE % 1),)), root)
        assert caught.value.code is Code.INSIDE_SITE
        assert "qtauthor.commit" in caught.value.remedy
    assert not (folder / "e.md").exists()


@pytest.mark.parametrize("text", ["[tool.black]\n", "[tool.other]\nqtauthor = 1\n", "not: toml"])
def test_another_tools_configuration_makes_no_site(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    loose_files.write(ChangeSet((Create("e.md", ARTICLE % 1),)), tmp_path)
    assert (tmp_path / "e.md").exists()
