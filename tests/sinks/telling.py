"""Hold what a failure says was written against what is on the disk, and against the next run."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qtauthor.changes.change import Change, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import QtauthorError
from qtauthor.sinks import outcome
from qtauthor.sinks.history import stored_entries, undo
from qtauthor.sinks.locks import site_lock
from tests.sinks import scenes
from tests.sinks.faults import failing, faults
from tests.support.state import state

COUNTED = re.compile(r"(\d+) of (\d+) files (?:is|are) written")
ENDS = ("finishes the change", "takes the change back", "removes what was made ready")
Act = Callable[[Path], None]


def error_of(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def told_by(act: Act, root: Path, at: int, error: BaseException, *, for_good: bool) -> str | None:
    """What is said when the call number ``at`` fails; nothing if there is no failure."""
    with faults(at, failing(error), for_good=for_good) as found:
        try:
            act(root)
        except QtauthorError as raised:
            return f"{raised.message}\n{raised.remedy}"
        except KeyboardInterrupt as raised:
            assert raised.args, found.struck
            return f"\n{raised.args[0]}"
        return None if found.struck else ""


def in_place(root: Path, changes: ChangeSet, old: Any, new: Any) -> int:
    """How many changes are on the new side, by the files alone."""
    now = scenes.tree(root)

    def is_new(path: str) -> bool:
        return (now.get(path) or (None,))[0] == (new.get(path) or (None,))[0]

    def names(change: Change) -> list[str]:
        return [change.path, change.to] if isinstance(change, Move) else [change.path]

    return sum(all(map(is_new, names(change))) for change in changes.changes)


def assert_true(told: str, root: Path, old: Any, new: Any) -> None:
    """Hold what was said against the files now, and after the next run."""
    changes, remedy = scenes.everything(), told.split("\n", 1)[1]
    counted = COUNTED.search(remedy)
    if outcome.NOTHING in remedy:
        assert not counted
        assert articles(root) == articles_of(old)
    elif counted:
        assert int(counted[2]) == len(changes.changes)
        assert int(counted[1]) == in_place(root, changes, old, new), told
    else:
        assert "not known" in remedy
    ends = [end for end in ENDS if end in remedy]
    with site_lock.locked(root) as found:
        pass
    assert (found is not None) is bool(ends)
    assert articles(root) == articles_of(new if ends == [ENDS[0]] else old)
    assert scenes.leftovers(root) == []


def articles(root: Path) -> dict[str, bytes]:
    return articles_of(scenes.tree(root))


def articles_of(tree: Any) -> dict[str, bytes]:
    """The bytes of all files but the temporary ones."""
    return {name: found[0] for name, found in tree.items() if found and not name.endswith(".tmp")}


class Scene:
    """A change of everything, and the sites before and after it."""

    def __init__(self, folder: Path) -> None:
        self.model, self.root = folder / "model", folder / "site"
        self.kept = folder / "state"
        scenes.build(self.model)
        self.old = scenes.tree(self.model)
        self.fresh()
        self.act(self.root)
        self.new = scenes.tree(self.root)

    def act(self, root: Path) -> None:
        scenes.commit(root, scenes.everything())

    def fresh(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.model, self.root)
        shutil.rmtree(state(self.root), ignore_errors=True)
        if self.kept.is_dir():
            shutil.copytree(self.kept, state(self.root))


class Undoing(Scene):
    """The same, taken back."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        shutil.rmtree(self.model)
        shutil.copytree(self.root, self.model)
        shutil.copytree(state(self.root), self.kept)
        self.old, self.new = self.new, self.old

    def act(self, root: Path) -> None:
        if stored_entries.entries(root):
            undo.make(root, undo.plan(root, 1, redo=False, force=False), scenes.KEEP)
        else:
            super().act(root)


def broken_again(act: Act, later: int, root: Path) -> None:
    with faults(later, failing(error_of(errno.EIO)), for_good=True):
        act(root)


def assert_made(stage: Scene) -> None:
    assert articles(stage.root) == articles_of(stage.new)


def assert_said_or_unknown(told: str, stage: Scene) -> None:
    if "not known" not in told:
        assert_true(told, stage.root, stage.old, stage.new)
        return
    with site_lock.locked(stage.root):
        pass
    assert articles(stage.root) in (articles_of(stage.old), articles_of(stage.new))
