"""What a failure says was written is what is on the disk, and the next run does what it says."""

from __future__ import annotations

import errno
import re
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from qtauthor.changes.change import Create, Delete
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import QtauthorError, SiteError
from qtauthor.sinks import loose_files, outcome, syscalls
from qtauthor.sinks.history import undo
from qtauthor.sinks.locks import site_lock
from qtauthor.sinks.transaction import file_names, roll
from qtauthor.sinks.transaction.stage import WriteOrder
from qtauthor.sinks.transaction.transaction import commit_all
from tests.sinks import scenes
from tests.sinks.faults import failing, faults
from tests.sinks.support import ARTICLE, modify
from tests.sinks.telling import (
    COUNTED,
    ENDS,
    Scene,
    Undoing,
    assert_said_or_unknown,
    assert_true,
    broken_again,
    error_of,
    told_by,
)
from tests.support.state import made, state


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("number", [errno.EIO, errno.EROFS])
@pytest.mark.parametrize("scene", [Scene, Undoing])
def test_what_is_said_of_a_failure_at_any_call_is_true(
    memory: Path, scene: type[Scene], number: int, for_good: bool
) -> None:
    stage, kinds = scene(memory), set()
    for at in range(1, 1000, 5):
        stage.fresh()
        told = told_by(stage.act, stage.root, at, error_of(number), for_good=for_good)
        if told is not None and told:
            assert_true(told, stage.root, stage.old, stage.new)
            kinds |= {end for end in ENDS if end in told} or {outcome.NOTHING}
        if told == "":
            break
    assert at > 90
    wanted = {ENDS[0], ENDS[2], outcome.NOTHING} if for_good else {outcome.NOTHING}
    assert wanted <= kinds


def test_what_is_said_when_the_taking_back_fails_later_is_true(memory: Path) -> None:
    """One call fails, the mending begins, and from some later call on nothing works any more."""
    stage, kinds = Scene(memory), set()
    for at in range(30, 140, 21):
        for later in range(at + 1, at + 50, 8):
            stage.fresh()
            act = partial(broken_again, stage.act, later)
            told = told_by(act, stage.root, at, error_of(errno.EIO), for_good=False)
            if told:
                assert_true(told, stage.root, stage.old, stage.new)
                kinds |= {end for end in ENDS if end in told}
    assert kinds == set(ENDS)


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_what_is_said_of_an_interrupt_is_true(memory: Path, for_good: bool) -> None:
    stage = Scene(memory)
    for at in range(1, 1000, 5):
        stage.fresh()
        told = told_by(stage.act, stage.root, at, KeyboardInterrupt(), for_good=for_good)
        if told == "":
            break
        if told:
            assert_said_or_unknown(told, stage)


def test_what_cannot_be_looked_at_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Scene(tmp_path)
    stage.fresh()

    def unreadable(*_: object, **__: object) -> bytes:
        raise error_of(errno.EIO)

    calls: list[str] = []
    original = syscalls.rename

    def rename(old: str, new: str) -> None:
        calls.append(new)
        if len(calls) > 8:
            patch.setattr(syscalls, "read", unreadable)
            patch.setattr(syscalls, "look", unreadable)
            raise error_of(errno.EIO)
        original(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(syscalls, "rename", rename)
        with pytest.raises(SiteError) as caught:
            stage.act(stage.root)
    assert "how much was written is not known" in caught.value.remedy
    assert "it finishes the change" in caught.value.remedy
    with site_lock.locked(stage.root):
        pass
    assert scenes.tree(stage.root) == stage.new


def test_a_damaged_journal_is_not_called_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Scene(tmp_path)
    stage.fresh()
    monkeypatch.setattr(roll._Settling, "run", damaged)
    original, calls = syscalls.rename, list[str]()

    def rename(old: str, new: str) -> None:
        calls.append(new)
        if len(calls) == 9:
            raise error_of(errno.EIO)
        original(old, new)

    monkeypatch.setattr(syscalls, "rename", rename)
    with pytest.raises(SiteError) as caught:
        stage.act(stage.root)
    assert outcome.NOTHING not in caught.value.remedy
    kept = Path(file_names.of_site(stage.root).back + ".damaged")
    assert kept.exists()
    assert str(kept) in caught.value.remedy


def damaged(self: Any) -> list[str]:
    from qtauthor.sinks.transaction.journal import damaged as error

    raise error(self.journal.path)


def test_each_of_several_folders_is_told_of(memory: Path) -> None:
    """One that cannot be taken back does not keep the others from it."""
    roots = [memory / name for name in ("one", "two", "three")]
    change = ChangeSet((modify("a.md", ARTICLE % 0, ARTICLE % 9), Create("n.md", ARTICLE % 3)))
    seen = set()
    for at in range(1, 200, 3):
        for root in roots:
            shutil.rmtree(root, ignore_errors=True)
            shutil.rmtree(state(root), ignore_errors=True)
            (root / scenes.KEEP).mkdir(parents=True)
            made(root)
            (root / "a.md").write_bytes(ARTICLE % 0)
        orders = [WriteOrder(root, change, keep=scenes.KEEP) for root in roots]
        with faults(at, failing(error_of(errno.EIO)), for_good=True) as found:
            try:
                commit_all(orders)
                assert found.struck in ("", "unlink")
                if not found.struck:
                    break
                continue
            except SiteError as error:
                told = error.remedy
        for root in roots:
            part = next((p for p in told.split("in /") if p.startswith(f"{str(root)[1:]}:")), told)
            counted = COUNTED.search(part)
            new = ((root / "a.md").read_bytes() == ARTICLE % 9) + (root / "n.md").exists()
            assert new == (int(counted[1]) if counted else 0), (at, told)
            with site_lock.locked(root) as ended:
                pass
            how = ended.how if ended else None
            assert (how == "finished") is (ENDS[0] in part), (at, told)
            seen.add(how)
    assert {"finished", "taken back"} <= seen


def test_a_folder_that_is_no_site_is_told_the_name_of_its_record(tmp_path: Path) -> None:
    for at in range(1, 200):
        root = tmp_path / f"at{at}"
        root.mkdir()
        (root / "a.md").write_bytes(ARTICLE % 0)
        (root / "b.md").write_bytes(ARTICLE % 1)
        with faults(at, failing(error_of(errno.EIO)), for_good=True) as found:
            try:
                loose_files.write(
                    ChangeSet(
                        (modify("a.md", ARTICLE % 0, ARTICLE % 9), Delete("b.md", ARTICLE % 1))
                    ),
                    root,
                )
            except SiteError as error:
                said = re.search(r"the record of the change is (\S+)$", error.remedy)
                kept = [
                    str(path) for path in root.glob(".qtauthor-*.tmp") if "-" not in path.stem[10:]
                ]
                assert ([said[1]] if said else []) == kept, error.remedy
        if not found.struck:
            break
    assert at > 14


def test_the_steps_of_an_undo_that_were_made_are_told(memory: Path) -> None:
    scenes.build(memory)
    first = ChangeSet((scenes.modify(f"{scenes.LEARN}s/d.md", scenes.body(3), scenes.body(13)),))
    second = ChangeSet((scenes.modify(f"{scenes.LEARN}s/d.md", scenes.body(13), scenes.body(23)),))
    for change in (first, second):
        scenes.commit(memory, change)
    seen = set()
    for at in range(1, 100, 3):
        for error in (error_of(errno.EIO), KeyboardInterrupt()):
            steps = undo.plan(memory, 2, redo=False, force=False)
            with faults(at, failing(error)) as found:
                try:
                    undo.make(memory, steps, scenes.KEEP)
                    told = None
                except QtauthorError as raised:
                    told = raised.remedy
                except KeyboardInterrupt as raised:
                    told = str(raised.args[0])
            one = (memory / scenes.LEARN / "s/d.md").read_bytes() == scenes.body(13)
            if told is not None:
                assert ("1 of 2 changes was undone; of the next one nothing was" in told) is one
                seen.add(one)
            redone = (
                undo.plan(memory, 1 if told else 2, redo=True, force=False)
                if (one or told is None)
                else []
            )
            undo.make(memory, redone, scenes.KEEP)
        if not found.struck:
            break
    assert seen == {False, True}
