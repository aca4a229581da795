"""What `qtauthor check` costs, beside starting a command and making the index of the same site.

    python -m benchmarks.checks [FOLDER]

FOLDER is a site such as ``benchmarks.make_site`` makes; without it one of 36,000 articles is made
in a temporary folder. Commands run in processes of their own, each in turn with what it is held
against; the least disturbed time of several counts. The memory is that of all processes together,
where Linux tells it.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import qtauthor
from benchmarks.make_site import make
from benchmarks.table import show
from qtauthor.content.site import Site
from qtauthor.rules import registry
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.quick_values import quickly

COUNT = 36_000
SLOWEST = 12
ROUNDS = 3
_MB = 1 / 1024  # from kB


class Run(NamedTuple):
    """Seconds by the clock and on all processors, and MB at the most."""

    clock: float
    processor: float
    memory: float


def run(root: Path, *arguments: str) -> Run:
    """Run a command in a site, and watch how much memory it takes."""
    environment = {**os.environ, "PYTHONPATH": str(Path(qtauthor.__file__).parents[1])}
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "qtauthor", *arguments],
        cwd=root,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most = 0.0
    while True:
        try:
            process.wait(0.2)
            break
        except subprocess.TimeoutExpired:
            most = max(most, sum(map(_resident, _family(process.pid))) * _MB)
    clock, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system
    return Run(clock, used - before.children_user - before.children_system, most)


def _family(process: int) -> list[int]:
    found = [process]
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [one for child in tasks.read_text().split() for one in _family(int(child))]
        except OSError:  # it has just ended
            continue
    return found


def _resident(process: int) -> int:
    """The memory of a process in kB; what it shares counts in parts."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(told.partition("\nPss:")[2].split()[0])


def least(runs: list[Run]) -> Run:
    return Run(
        *(
            pick(values)
            for pick, values in zip((min, min, max), zip(*runs, strict=True), strict=True)
        )
    )


def main(root: Path) -> None:
    site = Site.at(root)
    paths = list(site.paths())
    one = paths[len(paths) // 2]
    together: list[Callable[[], Run]] = [
        lambda: run(root, "index", "--rebuild"),
        lambda: run(root, "check"),
    ]
    index, everything = (least(list(runs)) for runs in zip(*_rounds(together), strict=True))
    alone: list[Callable[[], Run]] = [
        lambda: run(root, "check", "--help"),
        lambda: run(root, "check", one),
    ]
    start, single = (least(list(runs)) for runs in zip(*_rounds(alone, 7), strict=True))
    rows = [
        ("the index, cold", index, ""),
        ("check, all articles", everything, f"{everything.clock / index.clock:.2f} × the index"),
        ("check --help", start, ""),
        ("check, one article", single, f"{single.clock / start.clock:.2f} × the start"),
    ]
    show(
        f"{len(paths):,} articles, {len(os.sched_getaffinity(0))} processors",
        ("", "s", "s of processors", "MB", ""),
        [(name, f"{t:.2f}", f"{p:.2f}", f"{m:.0f}", told) for name, (t, p, m), told in rows],
    )
    _rules(site, paths)


def _rounds(runs: list[Callable[[], Run]], rounds: int = ROUNDS) -> list[list[Run]]:
    return [[action() for action in runs] for _ in range(rounds)]


def _rules(site: Site, paths: list[str]) -> None:
    """What each rule costs in clean articles."""
    checker = Checker(context(site, len(paths), datetime.date(2026, 1, 1)))
    usual = [rule for rule in registry.DEFAULT if not rule.formal]
    times = dict.fromkeys(usual, 0.0)
    clean = 0
    for path in paths:
        data = site.source.read(path)
        if checker.check(path, data):
            continue
        clean += 1
        subject = CheckedArticle(path, data, checker.context, usual=quickly(data))
        for rule in usual:
            start = time.perf_counter()
            list(rule.check(subject))
            times[rule] += time.perf_counter() - start
    slowest = sorted(times.items(), key=lambda item: -item[1])[:SLOWEST]
    each = [(f"{r.code} {r.name}", f"{t / max(1, clean) * 1e6:.1f}") for r, t in slowest]
    show(f"the slowest rules, {clean:,} clean articles", ("", "µs/article"), each)


if __name__ == "__main__":
    if sys.argv[1:]:
        main(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            make(COUNT, Path(folder))
            main(Path(folder).resolve())
