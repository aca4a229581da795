"""Where the bytes of a site's files come from: the disk, or an editor's open buffers over it.

Paths are relative to the site's root, with ``/`` between their parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from qtauthor.content import listing
from qtauthor.content.listing import UNKNOWN, Stamp
from qtauthor.files import presence
from qtauthor.files.file_bytes import read_file, read_stamped

__all__ = ["UNKNOWN", "DiskSource", "Source", "Stamp"]


class Source(Protocol):
    """What a site reads from."""

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises ``SiteError`` or ``ParseError`` (``too-large``)."""
        ...

    def exists(self, path: str) -> bool:
        """Whether anything has this name, whatever it is.

        Raises ``SiteError`` with ``cannot-read`` where nobody can tell.
        """
        ...

    def articles(self, folder: str) -> Iterator[str]:
        """The articles in the folders of ``folder``, sorted. Raises ``SiteError``."""
        ...

    def stamps(self, folder: str) -> dict[str, Stamp]:
        """The stamps of those files, as the disk is now, whatever an editor holds of them.

        The folders are listed anew each time: what is written into the shared index may not be
        older than what another process has written there. Raises ``SiteError``.
        """
        ...

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        """A file's bytes on disk and the stamp that they have. Raises as ``read`` does."""
        ...

    def device(self, folder: str) -> int | None:
        """The number of the file system of a folder; ``None`` where there is none."""
        ...

    def buffers(self) -> Mapping[str, int]:
        """The paths that ``read`` takes from an editor, with the versions of their texts."""
        ...


class DiskSource:
    """The files below ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises ``SiteError`` as `file_bytes.read_file` does."""
        return read_file(self.root / path)

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder of this name."""
        return presence.is_there(self.root / path)

    def articles(self, folder: str) -> Iterator[str]:
        """The paths of the articles in a folder, sorted."""
        yield from listing.articles(self.root, folder)

    def stamps(self, folder: str) -> dict[str, Stamp]:
        """The stamp of each article in a folder, by its path."""
        return listing.stamps(self.root, folder)

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        """The bytes of a file, and the stamp that it had when they were read."""
        status, data = read_stamped(f"{self.root}/{path}")
        return listing.stamp(status), data

    def device(self, folder: str) -> int | None:
        """The device that holds a folder; ``None`` if there is no such folder."""
        found = presence.status(self.root / folder)
        return found.st_dev if found else None

    def buffers(self) -> Mapping[str, int]:
        """There are none: everything is on the disk."""
        return {}
