"""Where the bytes of a site's files come from: the disk, or an editor's open buffers over it.

Paths are relative to the site's root, with ``/`` between their parts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from qtauthor.errors import Code, SiteError
from qtauthor.text.encoding import MAX_BYTES, too_large


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


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises ``SiteError``, or ``ParseError`` for one that is too large.

    The errors name no file: whoever asked knows by what name it is called.
    """
    try:
        if path.is_dir():
            raise _refused(Code.NOT_A_FILE, "this is a folder", "name a Markdown file")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                raise too_large(size)
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused(Code.NOT_FOUND, "there is no such file", "check its name") from None
    except OSError as error:
        why = f"the file cannot be read: {error.strerror or error}"
        raise _refused(Code.CANNOT_READ, why, "check its permissions") from None


def _names(folder: Path, *, folders: bool) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            if folders:
                return [entry.name for entry in entries if entry.is_dir()]
            return [entry.name for entry in entries if entry.name.endswith(".md")]
    except OSError as error:
        why = f"the folder cannot be listed: {error.strerror or error}"
        refused = _refused(Code.CANNOT_READ, why, "check its permissions")
        raise refused.at(str(folder)) from None


def _refused(code: Code, why: str, remedy: str) -> SiteError:
    return SiteError(code, why, remedy=remedy)
