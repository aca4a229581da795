"""Let a call that writes fail, once or for good; hold what is said against the files.

Then the next run has to do what was said, and leave nothing behind.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.torture.parts import Part, Result, Tally
from tests.sinks import telling
from tests.sinks.telling import Scene, Undoing

_SCENES: dict[str, type[Scene]] = {"commit": Scene, "undo": Undoing}
_NUMBERS = ("EIO", "ENOSPC", "EROFS", "EACCES", "EDQUOT", "interrupt")
_STRIPES = 6


def parts(*, quick: bool) -> Iterator[Part]:
    stripes = range(1) if quick else range(_STRIPES)
    for scene in _SCENES:
        for number in _NUMBERS:
            for stripe in stripes:
                for how in ("once", "for good"):
                    run = partial(_each, scene, number, how == "for good", stripe)
                    yield Part("errors", f"{scene} {number} {how} {stripe}/{_STRIPES}", run)
        for stripe in stripes:
            run = partial(_later, scene, stripe)
            yield Part("errors", f"{scene} later {stripe}/{_STRIPES}", run)


def _error(name: str) -> BaseException:
    if name == "interrupt":
        return KeyboardInterrupt()
    return telling.error_of(getattr(errno, name))


def _each(scene: str, name: str, for_good: bool, stripe: int, folder: Path) -> Result:
    stage, tally = _SCENES[scene](folder), Tally()
    for at in range(stripe + 1, 1000, _STRIPES):
        stage.fresh()
        told = telling.told_by(stage.act, stage.root, at, _error(name), for_good=for_good)
        if told == "":
            break
        _judge(stage, tally, told, f"{name} at {at}")
    return tally.result


def _later(scene: str, stripe: int, folder: Path) -> Result:
    """One call fails, and from a later one on, in the taking back, nothing works any more."""
    stage, tally = _SCENES[scene](folder), Tally()
    for at in range(stripe + 1, 1000, _STRIPES):
        for later in range(at + 1, at + 150, 3):
            stage.fresh()
            act = partial(telling.broken_again, stage.act, later)
            told = telling.told_by(act, stage.root, at, _error("EIO"), for_good=False)
            if told == "":
                return tally.result
            _judge(stage, tally, told, f"EIO at {at}, for good from {later}")
    return tally.result


def _judge(stage: Scene, tally: Tally, told: str | None, what: str) -> None:
    tally.count("errors")
    try:
        if told is None:  # a failure that does no harm, or comes when the change is made
            tally.count("done all the same")
            telling.assert_made(stage)
        elif "not known" in told:
            tally.count("not known")
            telling.assert_said_or_unknown(told, stage)
        else:
            tally.count(_kind(told))
            telling.assert_true(told, stage.root, stage.old, stage.new)
    except AssertionError as error:
        tally.wrong(f"{what}: {told} {str(error)[:300]}")


def _kind(told: str) -> str:
    found = [end for end in telling.ENDS if end in told]
    return f"the next run {found[0]}" if found else "taken back at once"
