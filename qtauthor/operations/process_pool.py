"""The same work on many articles. What comes out does not depend on how many processes do it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from typing import Any, Protocol, TypeAlias, TypeVar

from qtauthor.content.site import Site
from qtauthor.content.source import DiskSource
from qtauthor.errors import Code, SiteError
from qtauthor.model.config.site_config import Config

Found_co = TypeVar("Found_co", covariant=True)
Item = TypeVar("Item")
Item_contra = TypeVar("Item_contra", contravariant=True)

WORTH_IT = 1500
"""Articles from which on a second process is faster than its own start."""

FORKS = sys.platform == "linux"
"""Whether the processes have what this one has: its objects, its open files and locks."""

_CHUNK = 200
_AHEAD = 4
"""Chunks for each process that are begun before the results of the first are taken: of the others
neither items nor results are in memory."""
_Chunk: TypeAlias = tuple[list[Any], Exception | None]
_GRACE = 0.5
"""Seconds in which a process may come to the end of its work when nobody wants it any more."""
_GARBAGE = 20_000
"""New objects after which a worker looks for garbage; documents leave next to none."""


class ArticleWork(Protocol[Item_contra, Found_co]):
    """What is done with one article; ``number`` is its place among all of them."""

    def __call__(self, site: Site, number: int, item: Item_contra, /) -> Found_co:
        """What comes of one item, which is the ``number``th of all, from 0."""

    def flush(self) -> None:
        """Called after some articles, and after the last one."""
        ...


def jobs_for(count: int, worth_it: int = WORTH_IT) -> int:
    """How many processes to use for so many articles, if nobody says."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores, 8) if count >= worth_it else 1


def each(
    site: Site, items: Sequence[Item], work: ArticleWork[Item, Found_co], jobs: int
) -> Generator[Found_co, None, None]:
    """What ``work`` gives for each item, mostly a path, in their order, as it becomes known.

    Of many items only some are asked for at a time, so that a sequence may make them then. When it
    ends or is closed, no process is at work any more. Raises what the work raises, and
    ``SiteError`` with ``stopped-process``.
    """
    if jobs < 2 or len(items) < 2 or not isinstance(site.source, DiskSource):
        for number, item in enumerate(items):
            yield work(site, number, item)
        work.flush()
        return
    size = max(1, min(_CHUNK, len(items) // (jobs * 4)))
    starts = range(0, len(items), size)
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    heard, tell = context.Pipe(duplex=False)
    given = (site.root, site.config, work, heard)
    pool = ProcessPoolExecutor(min(jobs, len(starts)), context, _begin, given)
    waiting: deque[Future[_Chunk]] = deque()
    try:
        for start in starts:
            waiting.append(pool.submit(_chunk, start, items[start : start + size]))
            if len(waiting) > jobs * _AHEAD:
                yield from _found(waiting.popleft())
        while waiting:
            yield from _found(waiting.popleft())
    except BrokenProcessPool:
        raise _stopped() from None
    except BaseException:  # nobody waits for the rest of the work, which may take long
        tell.send_bytes(b"end")
        raise
    finally:
        _end(pool)
        heard.close()
        tell.close()


@contextmanager
def no_collector() -> Iterator[None]:
    """No search for garbage in between: tens of thousands of results that stay would be searched
    again and again, and the work on articles leaves none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _end(pool: ProcessPoolExecutor) -> None:
    """Wait until no process works any more, whoever is impatient."""
    for _ in range(9):
        try:
            pool.shutdown(wait=True, cancel_futures=True)
        except KeyboardInterrupt:
            continue
        return


class _Worker:
    """What a process of the pool works with."""

    site: Site
    work: ArticleWork[Any, Any]


def _begin(
    root: Path, configuration: Config, work: ArticleWork[Any, Any], told: Connection
) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP if os.name == "posix" else None):
        if number is not None:  # the parent ends the pool
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    gc.freeze()  # what was inherited lives as long as the process
    gc.set_threshold(_GARBAGE)
    Thread(target=_watch_parent, args=(told,), daemon=True).start()
    _Worker.site = Site(root, configuration)
    _Worker.work = work


def _watch_parent(told: Connection) -> None:
    """End with the parent: what it had begun is nobody's any more, and its lock was inherited.

    End soon when it is ``told``, too, which stays unread so that all processes see it.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        if parent.sentinel not in wait([parent.sentinel, told]):
            wait([parent.sentinel], _GRACE)
        os._exit(1)


def _found(future: Future[_Chunk]) -> Iterator[Any]:
    found, failure = future.result()
    yield from found
    if failure is not None:
        raise failure


def _chunk(start: int, items: Sequence[Any]) -> _Chunk:
    """What is found for these items, up to a failure."""
    found: list[Any] = []
    try:
        for number, item in enumerate(items, start):
            found.append(_Worker.work(_Worker.site, number, item))
        _Worker.work.flush()
    except Exception as error:
        return found, error
    return found, None


def _stopped() -> SiteError:
    return SiteError(
        Code.STOPPED_PROCESS,
        "a process that was at work was ended from outside",
        remedy="nothing was written; see whether there is enough memory, or give --jobs 1",
    )
