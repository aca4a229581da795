"""One writer for a folder with files that stand alone, which keeps nothing of ours."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qtauthor.errors import Code, SiteError

try:
    import fcntl

    _HAS_LOCKS = True
except ImportError:  # Windows opens no folder
    _HAS_LOCKS = False

_PAUSE = 0.05
"""Seconds between two tries."""


@contextmanager
def locked(folder: Path, timeout: float = 30.0) -> Iterator[None]:
    """Hold the lock of the folder itself, where the system has such a thing.

    Raises ``SiteError`` with ``locked`` after ``timeout`` seconds.
    """
    handle = _opened(folder)
    if handle is None:
        yield
        return
    try:
        _wait(handle, folder, time.monotonic() + timeout)
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int | None:
    if _HAS_LOCKS:
        with suppress(OSError):
            return os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    return None


def _wait(handle: int, folder: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise SiteError(
                    Code.LOCKED,
                    "another qtauthor is writing in this folder",
                    excerpt=str(folder),
                    remedy="wait until it is done, then run the command again",
                ) from None
            time.sleep(_PAUSE)
        except OSError:  # this file system has no locks
            return
        else:
            return
