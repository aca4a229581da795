"""Where the bytes of a site's files come from: the disk, or an editor's open buffers over it.

Paths are relative to the site's root, with ``/`` between their parts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from qtauthor.errors import Code, Place, SiteError
from qtauthor.text.files import read_file


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


def _names(folder: Path, *, folders: bool) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            if folders:
                return [entry.name for entry in entries if entry.is_dir()]
            return [e.name for e in entries if e.name.endswith(".md") and e.is_file()]
    except FileNotFoundError:
        return []  # a new site has no articles yet
    except OSError as error:
        why = f"the folder cannot be listed: {error.strerror or error}"
        raise SiteError(
            Code.CANNOT_READ, why, where=Place(str(folder)), remedy="check its permissions"
        ) from None
