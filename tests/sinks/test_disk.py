"""A change set is written whole or not at all, whatever fails in between."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qtauthor.changes.change import Create, Delete, Edit, Modify, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, QtauthorError
from qtauthor.sinks import disk
from tests.sinks.support import ARTICLE, modify, refused, tree

CALLS = ("open", "write", "fsync", "link", "rename", "replace", "unlink", "mkdir", "chmod", "utime")
"""The functions of ``os`` behind every change of the disk."""


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


class Fault:
    """Makes the call number ``at`` of the functions in ``CALLS`` fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
        self.count = 0
        self.at = at
        self.error = error
        self.last = ""
        for name in CALLS:
            monkeypatch.setattr(os, name, self.wrapped(name, getattr(os, name)))
        self.wrap_writing(monkeypatch)

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.strike(name)
            return function(*arguments, **options)

        return call

    def strike(self, name: str) -> None:
        self.count += 1
        if self.count == self.at:
            self.last = name
            raise self.error

    def wrap_writing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        original = os.fdopen

        @contextlib.contextmanager
        def opened(handle: int, mode: str) -> Iterator[Any]:
            with original(handle, mode) as file:
                yield _Writer(file, self)

        monkeypatch.setattr(os, "fdopen", opened)


class _Writer:
    def __init__(self, file: Any, fault: Fault) -> None:
        self.file, self.fault = file, fault
        self.flush, self.fileno = file.flush, file.fileno

    def write(self, data: bytes) -> None:
        self.file.write(data[: len(data) // 2])
        self.fault.strike("write")
        self.file.write(data[len(data) // 2 :])


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


def names(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*")}


def test_all_kinds_of_changes_are_written_and_nothing_else_is_left(
    root: Path, changes: ChangeSet
) -> None:
    disk.write(changes, root)
    assert written(changes, root)
    assert names(root) == {"a.md", "c.md", "d.md", "f.md", "new", "new/deep", "new/deep/e.md"}


def test_the_inverse_restores_every_file(root: Path, changes: ChangeSet) -> None:
    before = {path: data for path, (data, _, _) in tree(root).items()}
    disk.write(changes, root)
    disk.write(changes.invert(), root)
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
    before = tree(root)
    struck: list[str] = []
    for at in range(1, 1000):
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, at, error)
            try:
                disk.write(changes, root)
                failed = False
            except (QtauthorError, KeyboardInterrupt) as raised:
                failed = True
                assert isinstance(raised, KeyboardInterrupt) or raised.code == Code.CANNOT_WRITE
        if not failed:
            break
        struck.append(fault.last)
        assert tree(root) == before, (at, fault.last)
    assert written(changes, root)
    assert {"open", "write", "fsync", "link", "utime", "mkdir"} <= set(struck)
    assert {"replace", "rename"} & set(struck)
    assert len(struck) > 20


def test_without_hard_links_it_is_all_or_nothing_too(
    root: Path, changes: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "link", refused)
    before = {path: data for path, (data, _, _) in tree(root).items()}
    for at in range(1, 1000):
        with pytest.MonkeyPatch.context() as patch:
            Fault(patch, at, OSError(errno.EIO, "Input/output error"))
            try:
                disk.write(changes, root)
                break
            except QtauthorError:
                after = {path: data for path, (data, _, _) in tree(root).items()}
                assert after == before, at
    assert at > 20
    assert written(changes, root)


def test_an_old_file_that_cannot_be_put_back_is_kept_and_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, calls = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) > 1:
            raise OSError(errno.EIO, "Input/output error")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    both = [modify(f"{n}.md", ARTICLE % i, ARTICLE % 9) for i, n in enumerate("ab")]
    with pytest.raises(QtauthorError) as caught:
        disk.write(ChangeSet(tuple(both)), root)
    (kept,) = root.glob(".qtauthor-*")
    assert kept.read_bytes() == ARTICLE % 0
    assert caught.value.where.path == "a.md"
    assert kept.name in caught.value.remedy
    assert "nothing was written" not in caught.value.remedy


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "make room"), (errno.EACCES, "writable"), (errno.EROFS, "writable")],
)
def test_a_refusal_of_the_system_says_what_to_do(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str
) -> None:
    Fault(monkeypatch, 1, OSError(number, os.strerror(number)))
    with pytest.raises(QtauthorError) as caught:
        disk.write(ChangeSet((modify("a.md", ARTICLE % 0, ARTICLE % 9),)), root)
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
    original = getattr(disk, "_stage" if moment == "staged" else "_commit")

    def meddled(*arguments: Any) -> Any:
        (root / "b.md").write_bytes(b"someone else's")
        return original(*arguments)

    monkeypatch.setattr(disk, original.__name__, meddled)
    both = [modify(f"{n}.md", ARTICLE % i, ARTICLE % 9) for i, n in enumerate("ab")]
    with pytest.raises(QtauthorError) as caught:
        disk.write(ChangeSet(tuple(both)), root)
    assert caught.value.code == Code.CHANGED_SINCE
    assert (root / "a.md").read_bytes() == ARTICLE % 0
    assert (root / "b.md").read_bytes() == b"someone else's"
    assert names(root) == {"a.md", "b.md", "c.md", "d.md"}


def test_a_file_that_appears_in_between_is_never_overwritten(
    root: Path, changes: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = disk._put

    def meddled(item: Any) -> None:
        (root / "f.md").write_bytes(b"someone else's")
        original(item)

    monkeypatch.setattr(disk, "_put", meddled)
    with pytest.raises(QtauthorError) as caught:
        disk.write(changes, root)
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
        disk.write(ChangeSet((Create(path, ARTICLE % 1),)), inside)
    assert caught.value.code == Code.UNSAFE_PATH
    assert tree(root) == before


def test_the_changes_of_several_sites_are_all_written_or_none(root: Path) -> None:
    for name in ("one", "two"):
        (root / name).mkdir()
        (root / name / "a.md").write_bytes(ARTICLE % 0)
    change = ChangeSet((modify("a.md", ARTICLE % 0, ARTICLE % 9),))
    plans = [(root / "one", change), (root / "two", change)]
    before = tree(root)
    for at in range(1, 1000):
        with pytest.MonkeyPatch.context() as patch:
            Fault(patch, at, OSError(errno.ENOSPC, "No space left on device"))
            try:
                disk.write_all(plans)
                break
            except QtauthorError:
                assert tree(root) == before, at
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
