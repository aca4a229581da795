"""Put many files in place in several processes, each of them its run of the files.

A process that dies or fails ends there; this one then does what is left of its run, and so meets
the failure itself.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

from qtauthor.files import presence
from qtauthor.sinks.transaction.prepare import Replaced

WORTH_IT = 2000
"""Files from which on a second process is faster than its own start."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
"""Of these the parent ends its processes."""

Put = Callable[[Replaced], None]


def put_all(items: Sequence[Replaced], put: Put, jobs: int) -> None:
    """Call ``put`` for each item, in their order where one process does all. Raises what it does.

    No other process is at work when this ends, however it ends.
    """
    count = jobs if len(items) >= WORTH_IT and hasattr(os, "fork") else 1
    size = -(-len(items) // count) if items else 1
    runs = [items[start : start + size] for start in range(0, len(items), size)]
    children: list[int] = []
    try:
        for run in runs[1:]:
            children.append(_forked(run, put))
        for item in runs[0] if runs else ():
            put(item)
        for run in runs[1:]:
            if _status(children[0]) != 0:
                _rest(run, put)
            children.pop(0)
    finally:
        _stop(children)


def _forked(run: Sequence[Replaced], put: Put) -> int:
    """The number of a process that does this run."""
    # Blocked, so that none of them raises in the child before that can catch it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        child = os.fork()
        if child == 0:
            _work(run, put)
        return child
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(run: Sequence[Replaced], put: Put) -> NoReturn:
    try:
        for item in run:
            put(item)
        os._exit(0)
    finally:
        os._exit(1)


def _rest(run: Sequence[Replaced], put: Put) -> None:
    """Do what is left of a run: new contents that are in place have no other name any more."""
    for item in run:
        if presence.is_there(item.fresh):
            put(item)


def _status(child: int) -> int:
    return os.waitpid(child, 0)[1]


def _stop(children: Sequence[int]) -> None:
    """End these processes, and wait until they are gone, whoever is impatient."""
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    for child in children:
        for _ in range(9):
            try:
                with suppress(ChildProcessError):
                    _status(child)
            except KeyboardInterrupt:
                continue
            break
