"""The calls that change the disk: all writing of a transaction goes through here.

So a test can make each of them fail, or end the process at each of them.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import sys
from contextlib import suppress

try:
    import fcntl

    _HAS_LEASES = hasattr(fcntl, "F_SETLEASE")
except ImportError:  # Windows itself refuses to replace a file that is open
    _HAS_LEASES = False

CALLS = (
    "create",
    "write",
    "append",
    "fsync",
    "sync",
    "link",
    "rename",
    "unlink",
    "mkdir",
    "rmdir",
    "chmod",
    "chown",
    "set_attribute",
)
"""The functions here that change something."""

NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
"""What file systems without hard links answer."""

_NO_SYNC = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM, errno.EACCES})
"""What systems that cannot sync a folder answer."""

_NO_ATTRIBUTES = frozenset({*_NO_SYNC, errno.ENODATA})

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_LOOK = _READ | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_HAS_ATTRIBUTES = hasattr(os, "listxattr")

SYNCS_AT_ONCE = sys.platform == "linux"
"""Whether ``sync`` waits until everything is on the disk; POSIX only asks that it begins."""


def read(path: str, size: int, *, alone: bool = False) -> bytes:
    """A file's bytes; ``size`` is how many there were a moment ago.

    With ``alone``, raises ``OSError`` with ``ETXTBSY`` if someone has it open for writing.
    """
    handle = os.open(path, _READ)
    try:
        if alone and _is_being_written(handle):
            raise OSError(errno.ETXTBSY, "another program has it open for writing", path)
        return _all(handle, size)
    finally:
        os.close(handle)


def look(path: str, most: int, *, alone: bool = True) -> tuple[os.stat_result, bytes]:
    """What a regular file is and has.

    Raises ``OSError`` for a link, for anything but a file, for one with more than ``most`` bytes
    or, if it is to be ``alone``, that someone has open for writing.
    """
    handle = os.open(path, _LOOK)
    try:
        status = os.fstat(handle)
        busy = alone and _is_being_written(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most or busy:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
        return status, _all(handle, status.st_size)
    finally:
        os.close(handle)


def _all(handle: int, size: int) -> bytes:
    data = os.read(handle, size + 1)
    if len(data) == size:
        return data
    while more := os.read(handle, 1 << 20):  # it grew, or the system gave it in pieces
        data += more
    return data


def _is_being_written(handle: int) -> bool:
    """Whether anyone may write the file right now, as far as the system tells.

    Linux gives a lease to readers, to a file's owner and to root, only while nobody writes.
    """
    if not _HAS_LEASES:
        return False
    try:
        # A writer that comes before the lease is given back sends a signal: one that does nothing.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    with suppress(OSError):
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def create(path: str, mode: int) -> int:
    """A handle to write a new file with."""
    return os.open(path, _NEW, mode)


def write(handle: int, data: bytes | memoryview) -> None:
    """Write all of ``data``."""
    done = os.write(handle, data)
    while done < len(data):
        data = memoryview(data)[done:]
        done = os.write(handle, data)


def append(handle: int, data: bytes) -> None:
    """Write ``data`` at once: a file that several processes have open gets it in one piece.

    Raises ``OSError`` with ``ENOSPC`` if the system takes only some of it.
    """
    if os.write(handle, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fsync(handle: int) -> None:
    """Have the disk keep what was written to an open file."""
    os.fsync(handle)


def sync() -> None:
    """Let everything that any program wrote reach the disk."""
    os.sync()


def link(old: str, new: str) -> None:
    """Give the file ``old`` the further name ``new``."""
    os.link(old, new)


def rename(old: str, new: str) -> None:
    """Give a file a name, over what has it."""
    os.replace(old, new)  # noqa: PTH105  paths are text here, in the hot loop


def unlink(path: str) -> None:
    """Take a name away."""
    os.unlink(path)  # noqa: PTH108  paths are text here


def mkdir(path: str, mode: int = 0o777) -> None:
    """Make a folder."""
    os.mkdir(path, mode)  # noqa: PTH102  paths are text here


def rmdir(path: str) -> None:
    """Remove an empty folder."""
    os.rmdir(path)  # noqa: PTH106  paths are text here


def chmod(handle: int, mode: int) -> None:
    """Set the mode of an open file."""
    os.chmod(handle, mode)


def chown(handle: int, user: int, group: int) -> None:
    """Set the owner and the group of an open file."""
    os.chown(handle, user, group)


def set_attribute(handle: int, name: str, value: bytes) -> None:
    """Set an extended attribute of an open file."""
    os.setxattr(handle, name, value)


def write_new(
    path: str,
    content: bytes,
    *,
    synced: bool,
    like: tuple[str, os.stat_result] | None = None,
    mode: int = 0,
) -> None:
    """Write a new file, with the mode, owner and attributes of the file ``like``.

    Without that it gets ``mode``, and with neither what the umask leaves.
    """
    # With no more rights than the model gives; mostly they are its own, and nothing is left to do.
    rights = (like[1].st_mode if like else mode) & 0o777
    handle = create(path, rights or 0o666)
    try:
        if like is not None:
            _resemble(handle, path, *like)
        elif mode and os.fstat(handle).st_mode & 0o7777 != mode:
            chmod(handle, mode)
        write(handle, content)
        if synced:
            fsync(handle)
    finally:
        os.close(handle)


def _resemble(handle: int, path: str, model: str, status: os.stat_result) -> None:
    if not _HAS_ATTRIBUTES:
        with suppress(PermissionError):
            shutil.copystat(model, path)
            os.utime(path)
        return
    own = os.fstat(handle)
    if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        with suppress(PermissionError):
            chown(handle, status.st_uid, status.st_gid)
    for name in os.listxattr(model):
        try:
            set_attribute(handle, name, os.getxattr(model, name))
        except OSError as error:
            if error.errno not in _NO_ATTRIBUTES:
                raise
    if own.st_mode != status.st_mode:  # last, for a new owner takes away special bits
        chmod(handle, status.st_mode & 0o7777)


def sync_file(path: str) -> None:
    """Let a file that was written reach the disk."""
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: str) -> None:
    """Let the names in a folder reach the disk, where the system can do that."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(handle)
