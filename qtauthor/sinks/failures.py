"""The errors of writing, each with what to do."""

from __future__ import annotations

import errno

from qtauthor.errors import Code, Place, SiteError

_ROOM = "make room on the disk"
_MODE = "make the file and its folder writable"
_REMEDIES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EACCES: _MODE,
    errno.EPERM: _MODE,
    errno.EROFS: _MODE,
    errno.ETXTBSY: "close it there",
    errno.ENAMETOOLONG: "choose a shorter name",
}


def cannot_write(path: str, error: OSError, remedy: str = "") -> SiteError:
    """A refusal of the system; without a ``remedy`` nothing has changed."""
    if not remedy:
        remedy = _REMEDIES.get(error.errno or 0, "mend that")
        remedy = f"nothing was written; {remedy} and run the command again"
    return SiteError(
        Code.CANNOT_WRITE,
        f"the file cannot be written: {error.strerror or error}",
        where=Place(path),
        remedy=remedy,
    )


def cannot_read(path: str, error: OSError) -> SiteError:
    return SiteError(
        Code.CANNOT_READ,
        f"the file cannot be read: {error.strerror or error}",
        where=Place(path),
        remedy="check its permissions",
    )


def exists(path: str) -> SiteError:
    return SiteError(
        Code.FILE_EXISTS,
        "there is a file of this name already",
        where=Place(path),
        remedy="nothing was written; choose another name",
    )


def unsafe(path: str, real: str, why: str = "this path leads out of the site") -> SiteError:
    return SiteError(
        Code.UNSAFE_PATH,
        why,
        where=Place(path),
        excerpt=real,
        remedy="nothing was written; name a file inside the site",
    )


def a_link(path: str, real: str) -> SiteError:
    return SiteError(
        Code.NOT_A_FILE,
        "this is a link, which can neither move nor go",
        where=Place(path),
        excerpt=real,
        remedy="nothing was written; name the file that it leads to",
    )


def no_file(path: str) -> SiteError:
    return SiteError(
        Code.NOT_A_FILE,
        "this is no regular file",
        where=Place(path),
        remedy="nothing was written; name a file",
    )
