"""Whether something has a name on the disk: yes, no, or an error that says why nobody knows.

``os.path.isfile`` and its relatives answer no where the system only failed to look: the disk has an
error, a network is gone, a folder may not be searched. What is decided by such an answer is wrong
then, and written. So all of the program asks here, and a test keeps it so.
"""

from __future__ import annotations

import errno
import os
import stat

from qtauthor.errors import Code, Place, SiteError

ABSENT = frozenset(
    {
        errno.ENOENT,
        errno.ENOTDIR,
        errno.ELOOP,  # links that lead in a circle lead to nothing
        errno.ENAMETOOLONG,  # no file can have such a name, so none has
    }
)
"""What says that nothing has this name; every other error says that it is not known."""

Name = str | os.PathLike[str]


def status(path: Name, *, follow: bool = True) -> os.stat_result | None:
    """What the system says of the file behind a name; ``None`` if there is none.

    Without ``follow`` a link is told of itself. Raises ``SiteError`` with ``cannot-read``.
    """
    try:
        return os.stat(path, follow_symlinks=follow)  # noqa: PTH116  names are text here
    except OSError as error:
        if is_absence(error):
            return None
        raise unknown(path, error) from None
    except ValueError:  # a NUL, which no name has
        return None


def is_there(path: Name) -> bool:
    """Whether anything has this name, also a link that leads nowhere. Raises ``SiteError``."""
    return status(path, follow=False) is not None


def is_file(path: Name) -> bool:
    """Whether a regular file is there, or a link leads to one. Raises ``SiteError``."""
    found = status(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def is_folder(path: Name) -> bool:
    """Whether a folder is there, or a link leads to one. Raises ``SiteError``."""
    found = status(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def is_link(path: Name) -> bool:
    """Whether a symbolic link is there, wherever it leads. Raises ``SiteError``."""
    found = status(path, follow=False)
    return found is not None and stat.S_ISLNK(found.st_mode)


def real(path: Name) -> str:
    """The absolute path without links, also of what is not there. Raises ``SiteError``.

    ``os.path.realpath`` takes what it cannot look at for something that is no link.
    """
    try:
        return os.path.realpath(path, strict=True)
    except OSError as error:
        if is_absence(error):
            return os.path.realpath(path)
        raise unknown(path, error) from None


def is_absence(error: OSError) -> bool:
    """Whether an error of the system says that nothing has the name that was asked for."""
    invalid = os.name == "nt" and error.errno == errno.EINVAL  # a name with signs that none has
    return error.errno in ABSENT or invalid


def unknown(path: Name, error: OSError) -> SiteError:
    """What is said where nobody knows what has a name."""
    return SiteError(
        Code.CANNOT_READ,
        f"nobody can tell what is there: {error.strerror or error}",
        where=Place(os.fspath(path)),
        remedy="check the disk, and the permissions of the folders above it",
    )
