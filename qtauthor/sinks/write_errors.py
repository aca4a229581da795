"""The errors of writing, each with what to do. What was written, ``outcome`` says."""

from __future__ import annotations

import errno
import os
import unicodedata

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


def mend(error: OSError) -> str:
    """What to do about a refusal of the system."""
    return _REMEDIES.get(error.errno or 0, "mend that")


def place(error: OSError, default: str) -> Place:
    """The file that the system refused, if it says which one."""
    return Place(os.fsdecode(error.filename) if error.filename else default)


def cannot_write(path: str, error: OSError) -> SiteError:
    """A refusal of the system."""
    return SiteError(
        Code.CANNOT_WRITE,
        f"the file cannot be written: {error.strerror or error}",
        where=Place(path),
        remedy=f"{mend(error)} and run the command again",
    )


def cannot_read(path: str, error: OSError) -> SiteError:
    """The system does not let the file be read."""
    return SiteError(
        Code.CANNOT_READ,
        f"the file cannot be read: {error.strerror or error}",
        where=Place(path),
        remedy="check its permissions",
    )


def exists(path: str) -> SiteError:
    """A new name is taken."""
    return SiteError(
        Code.FILE_EXISTS,
        "there is a file of this name already",
        where=Place(path),
        remedy="choose another name",
    )


def twins(path: str, other: str) -> SiteError:
    """Of two new names that the file system takes for one."""
    apart = "the case of letters"
    if unicodedata.normalize("NFC", path) == unicodedata.normalize("NFC", other):
        apart = "how letters are composed"
    return SiteError(
        Code.FILE_EXISTS,
        f"this name and {other} differ only in {apart}, which this system does not tell apart",
        where=Place(path),
        remedy="nothing was written; choose another name for one of them",
    )


def unsafe(path: str, real: str, why: str = "this path leads out of the site") -> SiteError:
    """A path that a site must not follow."""
    return SiteError(
        Code.UNSAFE_PATH,
        why,
        where=Place(path),
        excerpt=real,
        remedy="name a file inside the site",
    )


def a_link(path: str, real: str) -> SiteError:
    """A link is to move or to go."""
    return SiteError(
        Code.NOT_A_FILE,
        "this is a link, which can neither move nor go",
        where=Place(path),
        excerpt=real,
        remedy="name the file that it leads to",
    )


def two_names(path: str, other: str) -> SiteError:
    """Of a file that would be changed under two names: links, or a case that nobody looks at."""
    return SiteError(
        Code.TWO_NAMES,
        f"this file and {other} are one file with two names",
        where=Place(path),
        remedy="nothing was written; name it once, and make a copy of it if it is to be two files",
    )


def a_second_folder(path: str, real: str) -> SiteError:
    """Of a new file in a folder that is a link to its neighbour."""
    return SiteError(
        Code.TWO_NAMES,
        "this folder is a link, and its articles are those of the folder that it leads to",
        where=Place(path),
        excerpt=real,
        remedy="nothing was written; name the subject as that folder is called, or remove the link",
    )


def no_file(path: str) -> SiteError:
    """Something else than a file has the name."""
    return SiteError(
        Code.NOT_A_FILE,
        "this is no regular file",
        where=Place(path),
        remedy="name a file",
    )
