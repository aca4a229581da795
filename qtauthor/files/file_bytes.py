"""The bytes of a file, however large or unreadable it turns out to be."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from qtauthor.errors import Code, SiteError
from qtauthor.files import presence
from qtauthor.text.source.encoding import MAX_BYTES, too_large

# Not to wait for a writer where a pipe has taken the place of a file, and no newlines changed.
_READ_ONLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_file(path: Path, *, streams: bool = False) -> bytes:
    """A file's bytes. Raises ``SiteError``, or ``ParseError`` for one that is too large.

    ``streams`` allows pipes and devices, which have no end that can be foreseen. The errors name no
    file: whoever asked knows by what name it is called.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise _refused(Code.NOT_A_FILE, "this is a folder", "name a Markdown file")
        if not stat.S_ISREG(mode) and not streams:
            raise _refused(Code.NOT_A_FILE, "this is no regular file", "name a Markdown file")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                raise too_large(size)
            data = file.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:  # it grew, or has no end
                raise too_large(len(data))
            return data
    except FileNotFoundError:
        raise _refused(Code.NOT_FOUND, "there is no such file", "check its name") from None
    except OSError as error:
        why = f"the file cannot be read: {error.strerror or error}"
        raise _refused(Code.CANNOT_READ, why, "check its permissions") from None


def open_stream(path: Path) -> BinaryIO:
    """A file of any size, or a pipe, to be read piece by piece. Raises ``SiteError``."""
    try:
        if presence.is_folder(path):
            raise _refused(Code.NOT_A_FILE, "this is a folder", "name a file")
        return path.open("rb")
    except FileNotFoundError:
        raise _refused(Code.NOT_FOUND, "there is no such file", "check its name") from None
    except OSError as error:
        why = f"the file cannot be read: {error.strerror or error}"
        raise _refused(Code.CANNOT_READ, why, "check its permissions") from None


def beginning(path: Path, count: int) -> bytes:
    """The first bytes of a regular file; none of what is no such file or cannot be read."""
    try:
        file = os.open(path, _READ_ONLY)
    except OSError:
        return b""
    try:
        return os.read(file, count) if stat.S_ISREG(os.fstat(file).st_mode) else b""
    except OSError:
        return b""
    finally:
        os.close(file)


def read_stamped(path: str) -> tuple[os.stat_result, bytes]:
    """A regular file's bytes, and what the file system said of it before they were read.

    Raises as ``read_file`` does. For many files this is the quickest way.
    """
    try:
        file = os.open(path, _READ_ONLY)
        try:
            found = os.fstat(file)
            if not stat.S_ISREG(found.st_mode):
                raise _refused(Code.NOT_A_FILE, "this is no regular file", "name a Markdown file")
            if found.st_size > MAX_BYTES:
                raise too_large(found.st_size)
            return found, _whole(file, found.st_size)
        finally:
            os.close(file)
    except (FileNotFoundError, NotADirectoryError):
        raise _refused(Code.NOT_FOUND, "there is no such file", "check its name") from None
    except OSError as error:
        why = f"the file cannot be read: {error.strerror or error}"
        raise _refused(Code.CANNOT_READ, why, "check its permissions") from None


def _whole(file: int, size: int) -> bytes:
    data = os.read(file, size + 1)
    while 0 < len(data) <= MAX_BYTES and len(data) != size:
        more = os.read(file, MAX_BYTES)
        if not more:
            break
        data += more
    return data


def _refused(code: Code, why: str, remedy: str) -> SiteError:
    return SiteError(code, why, remedy=remedy)
