"""Kill a process, or all processes of a command, at a call that writes; let another one recover.

Also the recovery is killed, and a process whose change has failed and that is taking it back.
"""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.torture.parts import Part, Result, Tally
from benchmarks.torture.scenes import SCENES, Stage
from qtauthor.sinks.locks import site_lock
from tests.sinks.faults import failing, faults
from tests.sinks.killing import DONE, in_a_fork

_STRIPES = 8
"""Parts of one way of dying in one scene."""


def parts(*, quick: bool) -> Iterator[Part]:
    stripes = range(1) if quick else range(_STRIPES)
    for scene in SCENES:
        for way in _WAYS:
            if way != "worker" or scene == "feed":
                for stripe in stripes:
                    key = f"{scene} {way} {stripe}/{_STRIPES}"
                    yield Part("kills", key, partial(_run, scene, way, stripe))


def _run(scene: str, way: str, stripe: int, folder: Path) -> Result:
    stage, tally = Stage(folder, SCENES[scene]), Tally()
    for at in range(stripe + 1, _MOST, _STRIPES):
        if not _WAYS[way](stage, tally, at):
            break
    return tally.result


_MOST = 1000
"""No scene has so many calls."""


def _killed_here() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed_all() -> None:
    os.killpg(0, signal.SIGKILL)


def _killed_worker(mark: Path) -> None:
    """Kill a process that another one has started for its work; that one is not killed."""
    if os.getpid() != os.getpgrp():
        mark.touch()
        _killed_here()


def _victim(stage: Stage, at: int, strike: Callable[[], None]) -> int:
    def act() -> None:
        os.setsid()
        with faults(at, strike):
            stage.act(stage.root)

    return in_a_fork(act)


def _recover(stage: Stage) -> None:
    with site_lock.locked(stage.root):
        pass


def _all(stage: Stage, tally: Tally, at: int) -> bool:
    """Kill all processes at a call. Gives whether there is such a call."""
    stage.fresh()
    if _victim(stage, at, _killed_all) >= 0:
        return False
    _judged(stage, tally, at)
    return True


def _worker(stage: Stage, tally: Tally, at: int) -> bool:
    """Kill a worker at a call: the others do what it left."""
    stage.fresh()
    mark = stage.base.parent / "struck"
    mark.unlink(missing_ok=True)
    code = _victim(stage, at, partial(_killed_worker, mark))
    if mark.exists():
        _judged(stage, tally, at)
        if code != DONE:
            tally.wrong(f"a worker killed at {at} ended the change: {code}")
    return at < 200


def _judged(stage: Stage, tally: Tally, at: object) -> None:
    ended = in_a_fork(partial(_recover, stage))
    side, left = stage.judge()
    tally.count("kills")
    tally.count(side)
    if side == "neither" or left or ended != DONE:
        tally.wrong(f"killed at {at}: {side} {left} {ended}")


def _in_recovery(stage: Stage, tally: Tally, at: int) -> bool:
    for again in range(1, 1000, 2):
        stage.fresh()
        if _victim(stage, at, _killed_all) >= 0:
            return False
        if not _dies(partial(_recover, stage), again):
            return True
        _judged(stage, tally, (at, again))
    return True


def _dies(act: Callable[[], None], at: int) -> bool:
    def victim() -> None:
        with faults(at, _killed_here):
            act()

    return in_a_fork(victim) < 0


def _in_rollback(stage: Stage, tally: Tally, at: int) -> bool:
    """Fail at a call, and die at a later one."""
    for later in range(at + 1, at + 1000, 2):
        stage.fresh()

        def victim(later: int = later) -> None:
            os.setsid()
            error = failing(OSError(errno.EIO, os.strerror(errno.EIO)))
            with faults(at, error), faults(later, _killed_all):
                stage.act(stage.root)

        code = in_a_fork(victim)
        if code == DONE:  # it failed at no call, or that did no harm
            return later > at + 1
        if code >= 0:
            return True
        _judged(stage, tally, (at, later))
    return True


_WAYS: dict[str, Callable[[Stage, Tally, int], bool]] = {
    "all": _all,
    "worker": _worker,
    "recovery": _in_recovery,
    "rollback": _in_rollback,
}
