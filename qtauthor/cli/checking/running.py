"""Checks many articles, in several processes where that is quicker."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence

from qtauthor.rules.checker import Checker
from qtauthor.rules.context import Snapshot
from qtauthor.rules.finding import Finding

MANY = 2000
"""From so many articles on, more than one process is worth while."""
_MOST = 4
_CHUNK = 200

Findings = dict[str, list[Finding]]
_checker: Checker | None = None  # what the processes that are forked find here


def check(
    checker: Checker,
    paths: Sequence[str],
    progress: Callable[[int, int], None],
    workers: int | None = None,
) -> Findings:
    """What is found in each article; the same for any number of ``workers``."""
    count = _workers(len(paths)) if workers is None else workers
    found: Findings = {}
    results = _serially(checker, paths) if count < 2 else _forked(checker, paths, count)
    for chunk, findings in results:
        found.update(zip(chunk, findings, strict=True))
        progress(len(found), len(paths))
    return found


def _workers(articles: int) -> int:
    """Only Linux forks a process safely and shares what is known with it."""
    if articles < MANY or sys.platform != "linux":
        return 1
    return min(_MOST, len(os.sched_getaffinity(0)))


def _chunks(paths: Sequence[str]) -> list[Sequence[str]]:
    return [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]


def _serially(
    checker: Checker, paths: Sequence[str]
) -> Iterator[tuple[Sequence[str], list[list[Finding]]]]:
    for chunk in _chunks(paths):
        yield chunk, [checker.check_file(path) for path in chunk]


def _forked(
    checker: Checker, paths: Sequence[str], count: int
) -> Iterator[tuple[Sequence[str], list[list[Finding]]]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _checker  # noqa: PLW0603  a process that is forked gets it without a copy
    known = checker.context.known
    if isinstance(known, Snapshot) and any(rule.code == "QT509" for rule in checker.rules):
        known.sources("")  # all are asked for now: processes must not share a database
    sys.stdout.flush()
    _checker = checker
    gc.freeze()  # what is there is not looked at again, and stays shared
    chunks = _chunks(paths)
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _begin)
    done = 0
    try:
        for chunk, findings in zip(chunks, pool.map(_check, chunks), strict=True):
            yield chunk, findings
            done += 1
    except BrokenProcessPool:  # someone ended one of them, or the memory did
        yield from _serially(checker, paths[done * _CHUNK :])
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()
        _checker = None


def _begin() -> None:
    """An interrupt ends the process that asked, and with it these."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _check(paths: Sequence[str]) -> list[list[Finding]]:
    assert _checker is not None  # it was there before this process was
    return [_checker.check_file(path) for path in paths]
