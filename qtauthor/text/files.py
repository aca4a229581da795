"""The bytes of a file, however large or unreadable it turns out to be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from qtauthor.errors import Code, SiteError
from qtauthor.text.encoding import MAX_BYTES, too_large


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
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused(Code.NOT_FOUND, "there is no such file", "check its name") from None
    except OSError as error:
        why = f"the file cannot be read: {error.strerror or error}"
        raise _refused(Code.CANNOT_READ, why, "check its permissions") from None


def _refused(code: Code, why: str, remedy: str) -> SiteError:
    return SiteError(code, why, remedy=remedy)
