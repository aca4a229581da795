"""One edit of many articles. What comes out does not depend on how many processes work on it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeAlias

from qtauthor.changes.change import Modify
from qtauthor.content.article import Article
from qtauthor.content.config import Config
from qtauthor.content.site import Site
from qtauthor.content.source import DiskSource
from qtauthor.errors import QtauthorError

Edit: TypeAlias = Callable[[str, Article], Modify | None]
"""From a path and its article to the change of it. To run in several processes it has to be one
that can be pickled where processes do not fork."""

Result: TypeAlias = Modify | QtauthorError | None
"""A change, why there is none, or nothing to change."""

WORTH_IT = 1500
"""Articles from which on a second process is faster than its own start."""

_CHUNK = 200
_GARBAGE = 20_000
"""New objects after which a worker looks for garbage; documents leave next to none."""


def jobs_for(count: int) -> int:
    """How many processes to use for so many articles, if nobody says."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores, 8) if count >= WORTH_IT else 1


def one(site: Site, path: str, edit: Edit) -> Result:
    """The result for one article."""
    try:
        return edit(path, site.article(path))
    except QtauthorError as error:
        return error.at(path)


def results(site: Site, paths: Sequence[str], edit: Edit, jobs: int) -> Iterator[Result]:
    """The result for each path, in their order, as they become known."""
    if jobs < 2 or not isinstance(site.source, DiskSource):
        for path in paths:
            yield one(site, path, edit)
        return
    chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
    method = "fork" if sys.platform == "linux" else "spawn"
    pool = ProcessPoolExecutor(
        min(jobs, len(chunks)),
        multiprocessing.get_context(method),
        _begin,
        (site.root, site.config, edit),
    )
    try:
        for found in pool.map(_chunk, chunks):
            yield from found
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Worker:
    """What a process of the pool works with."""

    site: Site
    edit: Edit


def _begin(root: Path, configuration: Config, edit: Edit) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP if os.name == "posix" else None):
        if number is not None:  # the parent ends the pool
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    gc.freeze()  # what was inherited lives as long as the process
    gc.set_threshold(_GARBAGE)
    _Worker.site = Site(root, configuration)
    _Worker.edit = staticmethod(edit)


def _chunk(paths: Sequence[str]) -> list[Result]:
    return [one(_Worker.site, path, _Worker.edit) for path in paths]
