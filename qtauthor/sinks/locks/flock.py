"""The lock of a folder, which the system lets go of when the process ends, however it ends.

Where the system has ``flock`` it is that of the folder itself: nothing is made for it, no link is
followed, and every user, in every container that shares the folder, meets the same lock. Some file
systems know no such lock; they say so to each process alike, and then a file in the user's own
folder is locked instead, which excludes the processes of this user.

The system is asked by a thread of its own: there are file systems that never answer.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from contextlib import suppress
from typing import Protocol

from qtauthor.files import private_folder
from qtauthor.files.private_folder import Folder

try:
    import fcntl
except ImportError:
    _HAS_FLOCK = False
else:
    _HAS_FLOCK = hasattr(fcntl, "flock")

NAME = "lock"
"""The file that is locked where a folder cannot be."""

ANSWER = 5.0
"""Seconds in which a file system has to say whether a lock is free."""

_PAUSE = 0.02
_UNKNOWN = frozenset({errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EBADF, errno.EINVAL})
"""What file systems answer that have no such locks, or none for folders."""


class Held(Protocol):
    """A lock, until it is released."""

    def release(self) -> None:
        """Let others have it."""


def hold(folder: str, own: Folder, timeout: float) -> Held:
    """The lock of ``folder``; ``own`` is the user's folder for it.

    Raises ``BlockingIOError`` if another has it for ``timeout`` seconds, ``TimeoutError`` if the
    file system does not answer, other ``OSError`` if there can be no lock.
    """
    if not _HAS_FLOCK:
        return _Elsewhere(own, timeout)
    try:
        return _Lock(folder, os.O_RDONLY, timeout)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
    os.close(private_folder.opened(own.entry(NAME), os.O_RDWR | os.O_CREAT))
    return _Lock(own.entry(NAME), os.O_RDWR | os.O_NOFOLLOW, timeout)


class _Lock:
    """Holds a lock from the moment at which it is made, on a handle that goes with this object.

    An interrupt can come between any two steps of this thread, so each of them leaves nothing that
    the next one cannot mend: nothing here waits for another lock.
    """

    _process = 0
    """The one that asked; none of an object that is only half made."""

    def __init__(self, path: str, flags: int, timeout: float) -> None:
        self._handles: list[int] = []
        self._unwanted = False
        self._error: OSError | None = None
        self._process = os.getpid()
        worker = threading.Thread(
            target=self._ask, args=(path, flags, timeout), daemon=True, name="lock"
        )
        try:
            worker.start()
            worker.join(max(timeout, 0) + ANSWER)
        except BaseException:
            self.release()
            raise
        if worker.is_alive():
            self.release()
            raise TimeoutError(errno.ETIMEDOUT, "the file system does not answer", path)
        if self._error is not None:
            raise self._error

    def release(self) -> None:
        """Let others have it, or what comes of asking for it; an interrupt does not stop that."""
        try:
            self._let_go()
        except KeyboardInterrupt:
            self._let_go()
            raise

    def _let_go(self) -> None:
        self._unwanted = True
        while self._handles:
            # First let go of what a process that inherited the handle may still hold.
            with suppress(OSError, IndexError):
                fcntl.flock(self._handles[-1], fcntl.LOCK_UN)
            with suppress(IndexError):
                os.close(self._handles.pop())

    def __del__(self) -> None:
        if self._process == os.getpid():  # a copy of this object in a fork does not hold it
            self.release()

    def _ask(self, path: str, flags: int, timeout: float) -> None:
        """Wait for the lock, on a thread of its own."""
        try:
            handle = os.open(path, flags | os.O_CLOEXEC)
        except OSError as error:
            self._error = error
            return
        try:
            self._wait(handle, time.monotonic() + timeout)
        except OSError as error:
            self._error = error
            os.close(handle)
            return
        self._handles.append(handle)
        if self._unwanted:
            self._let_go()

    def _wait(self, handle: int, end: float) -> None:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= end or self._unwanted:
                    raise
                time.sleep(_PAUSE)
            else:
                return


class _Elsewhere:
    """The lock where there is no ``flock``: a file in the user's own folder."""

    def __init__(self, own: Folder, timeout: float) -> None:
        from filelock import FileLock, Timeout

        why = own.problem(NAME)
        if why:
            raise private_folder.UntrustedError(errno.EPERM, why, own.entry(NAME))
        self._lock = FileLock(own.entry(NAME))
        try:
            self._lock.acquire(timeout=timeout)
        except Timeout:
            raise BlockingIOError(errno.EAGAIN, "it is locked", own.entry(NAME)) from None

    def release(self) -> None:
        self._lock.release()
