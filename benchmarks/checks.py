"""What checking costs, beside reading the files and making the index of the same site.

    python -m benchmarks.checks [FOLDER]

FOLDER is a site such as ``benchmarks.make_site`` makes; without it one of 36,000 articles is made
in a temporary folder.
"""

from __future__ import annotations

import datetime
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.make_site import make
from benchmarks.table import show
from qtauthor.content.site import Site
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.reading import quickly
from qtauthor.rules.subject import Subject
from qtauthor.text.files import STATE_FOLDER

COUNT = 36_000
SLOWEST = 12
Result = TypeVar("Result")


def timed(action: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def main(root: Path) -> None:
    shutil.rmtree(root / STATE_FOLDER, ignore_errors=True)
    site = Site.at(root)
    reading, files = timed(lambda: [(path, site.source.read(path)) for path in site.paths()])
    indexing, _ = timed(site.index.refresh)
    today = datetime.date(2026, 1, 1)
    knowing, around = timed(lambda: context(site, len(files), today))
    checker = Checker(around)
    values, _ = timed(lambda: [quickly(data) for _, data in files])
    checking, found = timed(lambda: [checker.check(path, data) for path, data in files])
    clean = [file for file, findings in zip(files, found, strict=True) if not findings]
    cleanly, _ = timed(lambda: [checker.check(path, data) for path, data in clean])
    rows = [
        ("reading the files", reading, len(files)),
        ("the index, cold", indexing, len(files)),
        ("what is known, in memory", knowing, len(files)),
        ("values by the quick reader", values, len(files)),
        ("checking, all articles", checking, len(files)),
        ("checking, clean articles", cleanly, len(clean)),
    ]
    show(
        f"{len(files):,} articles, {sum(map(len, found)):,} findings",
        ("", "s", "ms/article"),
        [(name, f"{t:.2f}", f"{t / max(1, n) * 1000:.3f}") for name, t, n in rows],
    )
    _rules(checker, clean)


def _rules(checker: Checker, clean: list[tuple[str, bytes]]) -> None:
    """What each rule costs in clean articles."""
    usual = [rule for rule in registry.DEFAULT if not rule.formal]
    times = dict.fromkeys(usual, 0.0)
    for path, data in clean:
        subject = Subject(path, data, checker.context, usual=quickly(data))
        for rule in usual:
            start = time.perf_counter()
            list(rule.check(subject))
            times[rule] += time.perf_counter() - start
    slowest = sorted(times.items(), key=lambda item: -item[1])[:SLOWEST]
    each = [(f"{r.code} {r.name}", f"{t / max(1, len(clean)) * 1e6:.1f}") for r, t in slowest]
    show("the slowest rules, clean articles", ("", "µs/article"), each)


if __name__ == "__main__":
    if sys.argv[1:]:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            make(COUNT, Path(folder))
            main(Path(folder))
