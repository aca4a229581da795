"""Folders and files in which nobody but this user can have put anything.

What is kept for the user (records of changes, drafts, an index) is believed only if it lies in such
a place: each folder from the outermost down is a real one, the user's own, and writable by nobody
else; each file is a regular one, the user's own, and has no other name. Everything else stays as it
is: it is neither read nor written.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import NamedTuple

from qtauthor.files import presence

_OWNERS = hasattr(os, "geteuid")
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_ALWAYS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_CHUNK = 1 << 20


class UntrustedError(OSError):
    """What lies there is not believed: ``filename``, and why in ``strerror``."""


class Folder(NamedTuple):
    """A folder of the user's own; ``above`` is the next one, if that has to be theirs, too."""

    path: str
    above: Folder | None = None

    def below(self, name: str) -> Folder:
        """A folder in this one."""
        return Folder(self.entry(name), self)

    def entry(self, name: str) -> str:
        """The path of what is called ``name`` in it."""
        return f"{self.path}{os.sep}{name}"

    def check(self) -> None:
        """Raises ``UntrustedError``, or another ``OSError`` where there is none."""
        if self.above is not None:
            self.above.check()
        why = _of_folder(os.lstat(self.path))
        if why:
            raise UntrustedError(errno.EPERM, why, self.path)

    def make(self) -> None:
        """Make it if it is not there. Raises as ``check`` does."""
        if self.above is not None:
            self.above.make()
        with suppress(FileExistsError):
            try:
                os.mkdir(self.path, 0o700)  # noqa: PTH102  paths are text here
            except FileNotFoundError:
                os.makedirs(os.path.dirname(self.path), 0o700, exist_ok=True)  # noqa: PTH103, PTH120  paths are text here
                os.mkdir(self.path, 0o700)  # noqa: PTH102  paths are text here
        self.check()

    @property
    def is_usable(self) -> bool:
        """Whether it is there and to be believed."""
        try:
            self.check()
        except OSError:
            return False
        return True

    def problem(self, name: str) -> str:
        """Why the file ``name`` in it is not believed; nothing for one that is, or is not there."""
        try:
            return _of_file(os.lstat(self.entry(name)))
        except (FileNotFoundError, NotADirectoryError):
            return ""

    def read(self, name: str, most: int | None = None) -> bytes:
        """The bytes of a file in it, of one that has no more than ``most``.

        Raises ``UntrustedError``, ``OSError``.
        """
        self.check()
        path = self.entry(name)
        handle = opened(path, _READ)
        try:
            if most is not None and os.fstat(handle).st_size > most:
                raise UntrustedError(errno.EFBIG, f"it has more than {most:,} bytes", path)
            pieces = []
            while piece := os.read(handle, _CHUNK):
                pieces.append(piece)
            return b"".join(pieces)
        finally:
            os.close(handle)

    def write(self, name: str, data: bytes, *, synced: bool = False) -> None:
        """Let a file in it have these bytes, whole. Raises ``UntrustedError``, ``OSError``.

        With ``synced``, the bytes are on the disk when this ends.
        """
        self.check()
        fresh = self.entry(f"{name}.{os.getpid()}.tmp")
        with suppress(FileNotFoundError):
            os.unlink(fresh)  # noqa: PTH108  paths are text here
        try:
            _write(opened(fresh, _NEW), data, synced=synced)
            os.replace(fresh, self.entry(name))  # noqa: PTH105  paths are text here
        except BaseException:
            with suppress(OSError):
                os.unlink(fresh)  # noqa: PTH108  paths are text here
            raise


def opened(path: str, flags: int = _READ) -> int:
    """A handle of a file that is believed; a new one is the user's alone.

    Raises ``UntrustedError``, ``OSError``.
    """
    if not getattr(os, "O_NOFOLLOW", 0) and presence.is_link(path):
        raise UntrustedError(errno.ELOOP, _LINK, path)
    try:
        handle = os.open(path, flags | _ALWAYS, 0o600)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise UntrustedError(errno.ELOOP, _LINK, path) from None
        raise
    why = _of_file(os.fstat(handle))
    if why:
        os.close(handle)
        raise UntrustedError(errno.EPERM, why, path)
    return handle


def _write(handle: int, data: bytes, *, synced: bool) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if synced:
            os.fsync(handle)
    finally:
        os.close(handle)


_LINK = "it is a link"


def _of_folder(status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return _LINK
    if not stat.S_ISDIR(status.st_mode):
        return "it is no folder"
    if _OWNERS and status.st_uid != os.geteuid():
        return "it belongs to another user"
    if _OWNERS and status.st_mode & 0o022:
        return "others may write in it"
    return ""


def _of_file(status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return _LINK
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    if _OWNERS and status.st_uid != os.geteuid():
        return "it belongs to another user"
    return "it has a second name" if status.st_nlink > 1 else ""
