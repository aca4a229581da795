"""One thread for all that asks sites: an index belongs to the thread that opened it.

Messages come in on the thread of the event loop, which never waits. Requests go before checks, and
checks before what is only good to have.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from itertools import count
from typing import TypeVar

Result = TypeVar("Result")


class Rank(IntEnum):
    """What goes first."""

    REQUEST = 0
    CHECK = 1
    UPKEEP = 2


class Worker:
    """Does jobs one after the other. A job that nobody waits for any more is not begun."""

    def __init__(self) -> None:
        self._jobs: queue.PriorityQueue[tuple[int, int, Callable[[], None]]] = queue.PriorityQueue()
        self._numbers = count()
        self._thread = threading.Thread(target=self._work, name="qtauthor", daemon=True)
        self._thread.start()

    async def run(self, rank: Rank, job: Callable[[], Result]) -> Result:
        """The result of ``job``, or what it raises. Cancelling the awaiting task cancels it."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()

        def work() -> None:
            if done.cancelled():
                return
            try:
                result = job()
            except BaseException as error:  # it belongs to whoever waits
                _tell(loop, done, partial(done.set_exception, error))
            else:
                _tell(loop, done, partial(done.set_result, result))

        self._jobs.put((rank, next(self._numbers), work))
        return await done

    def _work(self) -> None:
        while True:
            self._jobs.get()[2]()


def _tell(
    loop: asyncio.AbstractEventLoop, done: asyncio.Future[Result], answer: Callable[[], None]
) -> None:
    """Answer on the thread of the loop, if that still runs and someone waits."""

    def tell() -> None:
        if not done.done():
            answer()

    if not loop.is_closed():
        loop.call_soon_threadsafe(tell)
