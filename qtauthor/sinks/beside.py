"""Files beside a file: its new content until it is put in place, its old one until then."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
"""What file systems without hard links answer."""


class Beside:
    """Temporary files of one transaction, and the folders made for it."""

    def __init__(self) -> None:
        self._files: list[Path] = []
        self._folders: list[Path] = []

    def make_folders(self, folder: Path) -> None:
        """Make ``folder`` and what is missing above it."""
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            with suppress(FileExistsError):
                path.mkdir()
                self._folders.append(path)

    def new(self, target: Path, content: bytes, like: Path | None = None) -> Path:
        """A synced file with ``content``, with the mode, attributes and owner of ``like``."""
        path = self._name(target)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o666 if like is None else 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if like is not None:
            status = like.stat()
            with suppress(PermissionError):
                os.chown(path, status.st_uid, status.st_gid)
            shutil.copystat(like, path)
            os.utime(path)
        return path

    def backup(self, target: Path, content: bytes) -> Path:
        """A second name of ``target``; a copy of it where there are no hard links."""
        path = self._name(target)
        try:
            os.link(target, path)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            return self.new(target, content, like=target)
        return path

    def keep(self, path: Path) -> None:
        """Leave a file where it is when the rest is cleared away."""
        self._files.remove(path)

    def clear(self, *, folders: bool) -> None:
        """Remove the temporary files, and the folders made for them if they are empty."""
        for path in self._files:
            _surely(path.unlink)
        for path in reversed(self._folders) if folders else ():
            _surely(path.rmdir)

    def _name(self, target: Path) -> Path:
        """A new name, noted before there is a file: an interruption cannot lose it."""
        path = target.parent / f".qtauthor-{secrets.token_hex(8)}.tmp"
        self._files.append(path)
        return path


def _surely(remove: Callable[[], None]) -> None:
    """Remove what is there. An interruption comes too late: the files are written or taken back."""
    with suppress(OSError):
        try:
            remove()
        except KeyboardInterrupt:
            remove()
