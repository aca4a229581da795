"""Cut the power of a simulated disk after each call that writes, and let the next start recover.

A cut is tried with many choices of what was not synced, and so is a second cut while the first one
is being mended. Where the change was told to be made, it has to be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.torture.disk import Choice, Disk, Tree, build, followed
from benchmarks.torture.parts import Part, Result, Tally
from benchmarks.torture.scenes import SCENES, Stage
from qtauthor.errors import QtauthorError
from qtauthor.sinks.locks import site_lock

_CHOICES = 42
"""Choices for each place; the first ones are one of each kind."""

_STRIPES = 6


def parts(*, quick: bool) -> Iterator[Part]:
    stripes = range(1) if quick else range(_STRIPES)
    for scene in SCENES:
        if scene != "feed":  # what another process writes, this one cannot follow
            for stripe in stripes:
                run = partial(_run, scene, stripe)
                yield Part("cuts", f"{scene} {stripe}/{_STRIPES}", run)


def _run(scene: str, stripe: int, folder: Path) -> Result:
    stage, tally = Stage(folder, SCENES[scene]), Tally()
    numbers = range(stripe, _CHOICES, _STRIPES)
    disk = Disk(stage.base)
    found: list[tuple[int, int, Tree]] = []
    count = 0

    def cut() -> None:
        nonlocal count
        count += 1
        found.extend((count, number, disk.cut(_choice(count, number))) for number in numbers)

    with followed(disk, cut):
        stage.act(stage.root)
    for at, number, tree in found:
        build(stage.base, tree)
        _mended(stage, tally, (at, number), made=False)
        if number == stripe:
            _twice(stage, tally, tree, at)
    for number in numbers:  # after the last call the command says that it is done
        build(stage.base, disk.cut(_choice(count, number)))
        _mended(stage, tally, (count, number), made=True)
    return tally.result


def _choice(at: int, number: int) -> Choice:
    return Choice(number + len(Choice.WAYS) * 1000 * at)


def _mended(stage: Stage, tally: Tally, where: object, *, made: bool) -> None:
    """Start once more, and see on which side the site is."""
    try:
        with site_lock.locked(stage.root):
            pass
    except QtauthorError as error:
        tally.wrong(f"cut at {where}: {error.message}")
    side, left = stage.judge()
    tally.count("cuts")
    tally.count(side)
    if side == "neither" or left or (made and side != "new"):
        tally.wrong(f"cut at {where}: {side}{' after it was made' * made} {left}")


def _twice(stage: Stage, tally: Tally, tree: Tree, at: int) -> None:
    """Cut the power again at some calls of the mending."""
    build(stage.base, tree)
    disk = Disk(stage.base)
    again: list[tuple[int, Tree]] = []
    count = 0

    def cut() -> None:
        nonlocal count
        count += 1
        if count % 7 == at % 7:
            again.append((count, disk.cut(_choice(at * 1000 + count, count))))

    with followed(disk, cut), site_lock.locked(stage.root):
        pass
    for number, found in again:
        build(stage.base, found)
        _mended(stage, tally, (at, "again", number), made=False)
