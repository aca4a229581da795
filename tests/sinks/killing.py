"""Kill a process at every call that writes, and let another one recover.

    python -m tests.sinks.killing FOLDER SCENE [STRIDE]

It prints JSON: how many places there were, how often which side came out, and what went wrong. Each
victim is a fork of this process, which has one thread.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from qtauthor.errors import QtauthorError
from qtauthor.files import state_folder
from qtauthor.sinks.history import stored_entries, undo
from qtauthor.sinks.transaction import recovery
from tests.sinks import scenes
from tests.sinks.faults import faults, kill
from tests.support.state import made, state

DONE, FAILED = 0, 7
Act = Callable[[], None]


class Place:
    """A folder in which a site is made anew for every kill."""

    def __init__(self, folder: Path, prepare: Callable[[Path], None]) -> None:
        self.root = folder / "site"
        self.model = folder / "model"
        self.model.mkdir()
        scenes.build(self.model)
        prepare(self.model)
        self.sides: dict[str, Any] = {}
        self.found: Counter[str] = Counter()
        self.wrong: list[str] = []

    def fresh(self) -> None:
        for folder in (self.root, state(self.root)):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.model, self.root)
        shutil.copytree(made(self.model), made(self.root), dirs_exist_ok=True)

    def judge(self, where: object) -> None:
        """Note on which side the site is."""
        now = scenes.tree(self.root)
        side = next((name for name, tree in self.sides.items() if tree == now), "neither")
        self.found[side] += 1
        left = scenes.leftovers(self.root)
        if left or side == "neither":
            self.wrong.append(f"{where}: {side}, {left}")
        undone = [entry.undone for entry in stored_entries.entries(self.root)]
        if side != "neither" and undone != self.sides[side + " history"]:
            self.wrong.append(f"{where}: {side}, history {undone}")


def in_a_fork(act: Act) -> int:
    """The exit code of a child that did this, or the negative number of the signal."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except QtauthorError:
            os._exit(FAILED)
        os._exit(DONE)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(at: int, act: Act) -> bool:
    """Whether a child that does this has so many calls; it is killed at that one."""

    def victim() -> None:
        with faults(at, kill):
            act()

    return in_a_fork(victim) < 0


def every_call(place: Place, act: Act, recover: Act, stride: int) -> int:
    """Kill at every call; then recover."""
    at = count = 1
    while True:
        place.fresh()
        if not killed_at(at, act):
            return count - 1
        assert in_a_fork(recover) == DONE
        place.judge(at)
        at += stride
        count += 1


def every_recovery(place: Place, act: Act, recover: Act, stride: int) -> int:
    """Kill at every ``stride``th call, the recovery at each of its calls, and recover again."""
    at = count = 1
    while True:
        again = 1
        while True:
            place.fresh()
            if not killed_at(at, act):
                return count
            if not killed_at(again, recover):
                break
            assert in_a_fork(recover) == DONE
            place.judge((at, again))
            again += 1
            count += 1
        at += stride


def every_rollback(place: Place, act: Act, recover: Act, stride: int) -> int:
    """Fail at every ``stride``th call, kill at every later one, and recover."""
    at = count = 1
    while True:
        again = at + 1
        while True:
            place.fresh()
            code = in_a_fork(partial(_fail_then_die, act, at, again))
            if code == DONE and again > at + 1:
                return count
            if code >= 0:
                break
            assert in_a_fork(recover) == DONE
            place.judge((at, again))
            again += 1
            count += 1
        at += stride
        if at > 400:
            return count


def _fail_then_die(act: Act, at: int, again: int) -> None:
    def strike() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with faults(at, strike), faults(again, kill):
        act()


WAYS = {"commit": every_call, "undo": every_call, "force": every_call}
WAYS |= {"recovery": every_recovery, "rollback": every_rollback}


def scene(name: str, folder: Path) -> tuple[Place, Act]:
    """What is to be killed."""
    root = folder / "site"
    if name in ("undo", "force"):
        place = Place(folder, lambda model: scenes.commit(model, scenes.everything()))
        if name == "force":
            (place.model / scenes.LEARN / "t/x.md").write_bytes(b"edited since")
        return place, lambda: rewind(root)
    place = Place(folder, lambda _model: None)
    return place, lambda: scenes.commit(root, scenes.everything())


def rewind(root: Path) -> None:
    """Undo the last change, but for what was edited since."""
    undo.make(root, undo.plan(root, 1, redo=False, force=True), scenes.KEEP)


def main() -> None:
    folder, name = Path(sys.argv[1]), sys.argv[2]
    os.environ[state_folder.VARIABLE] = str(folder / "states")
    stride = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    place, act = scene(name, folder)
    for side in ("old", "new"):
        place.fresh()
        if side == "new":
            act()
        place.sides[side] = scenes.tree(place.root)
        undone = [entry.undone for entry in stored_entries.entries(place.root)]
        place.sides[side + " history"] = undone
    count = WAYS[name](place, act, partial(_recover, place.root), stride)
    json.dump({"places": count, "sides": place.found, "wrong": place.wrong[:9]}, sys.stdout)


def _recover(root: Path) -> None:
    recovery.recover(root)


if __name__ == "__main__":
    main()
