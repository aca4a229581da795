"""Where the bytes of a site's files come from: the disk, or an editor's open buffers over it.

Paths are relative to the site's root, with ``/`` between their parts.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeAlias

from qtauthor.errors import Code, Place, SiteError
from qtauthor.text.files import read_file, read_stamped

Stamp: TypeAlias = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, inode; what tells that a file changed."""

UNKNOWN: Stamp = (-1, -1, -1)
"""No file has this stamp, so what was read with it is read again."""

_UNTOLD: Stamp = (-2, -2, -2)
_LARGEST = 2**63 - 1  # what a database can hold
_HAS_INODES = os.name != "nt"  # there, a listing does not tell them


class Source(Protocol):
    """What a site reads from."""

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises ``SiteError`` or ``ParseError`` (``too-large``)."""
        ...

    def exists(self, path: str) -> bool:
        """Whether there is a file of this name, whatever it is."""
        ...

    def articles(self, folder: str) -> Iterator[str]:
        """The Markdown files in the folders of ``folder``, sorted."""
        ...

    def stamps(self, folder: str) -> dict[str, Stamp]:
        """The stamps of those files on disk, whatever an editor holds of them."""
        ...

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        """A file's bytes on disk and the stamp that they have. Raises as ``read`` does."""
        ...

    def buffers(self) -> Mapping[str, int]:
        """The paths that ``read`` takes from an editor, with the versions of their texts."""
        ...


class DiskSource:
    """The files below ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes:
        return read_file(self.root / path)

    def exists(self, path: str) -> bool:
        return os.path.lexists(self.root / path)

    def articles(self, folder: str) -> Iterator[str]:
        top = self.root / folder
        for subject in sorted(_names(top, folders=True)):
            for name in sorted(_names(top / subject, folders=False)):
                yield f"{folder}/{subject}/{name}"

    def stamps(self, folder: str) -> dict[str, Stamp]:
        top = self.root / folder
        found: dict[str, Stamp] = {}
        for subject in _names(top, folders=True):
            prefix = f"{folder}/{subject}/"
            with _listed(top / subject) as entries:
                for entry in entries:
                    if entry.name.endswith(".md"):
                        stamp = _stamp(entry)
                        if stamp:
                            found[prefix + entry.name] = stamp
        return found

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        status, data = read_stamped(f"{self.root}/{path}")
        inode = status.st_ino if _HAS_INODES else 0
        return (status.st_size, status.st_mtime_ns & _LARGEST, inode & _LARGEST), data

    def buffers(self) -> Mapping[str, int]:
        return {}


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    """The stamp of a regular file; nothing for anything else."""
    try:
        status = entry.stat()
    except PermissionError:
        return _UNTOLD
    except OSError:  # gone, or a link that leads nowhere
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    inode = status.st_ino if _HAS_INODES else 0
    return status.st_size, status.st_mtime_ns & _LARGEST, inode & _LARGEST


def _names(folder: Path, *, folders: bool) -> list[str]:
    with _listed(folder) as entries:
        if folders:
            return [entry.name for entry in entries if entry.is_dir()]
        return [e.name for e in entries if e.name.endswith(".md") and e.is_file()]


@contextmanager
def _listed(folder: Path) -> Iterator[Iterable[os.DirEntry[str]]]:
    """What is in a folder; nothing in one that is not there. Raises ``SiteError``."""
    try:
        with os.scandir(folder) as entries:
            yield entries
    except FileNotFoundError:
        yield ()  # a new site has no articles yet
    except OSError as error:
        why = f"the folder cannot be listed: {error.strerror or error}"
        raise SiteError(
            Code.CANNOT_READ, why, where=Place(str(folder)), remedy="check its permissions"
        ) from None
