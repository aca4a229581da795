"""Where the state of a site is kept: in a folder of the user's own, outside of every checkout.

State is what is obeyed or believed without being asked again: the record of a change that was
begun, the history, the index, ids that were given out, drafts. Whoever clones a repository must not
get any of that from there. So nothing of it lies in the site, and what a site has in its place is
not looked at.

This is the one module below the command line that asks the environment: ``QTAUTHOR_STATE_DIR``,
else the system's own folder for such things (``XDG_STATE_HOME`` by the XDG specification). In it
each site has a folder, named after its real root.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from qtauthor.errors import Code, SiteError
from qtauthor.files import presence
from qtauthor.files.private_folder import Folder, UntrustedError

VARIABLE = "QTAUTHOR_STATE_DIR"
ROOT_NAME = "root.txt"
"""The file in a site's folder that tells people which site it is; nothing reads it."""

_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]+")


def of(root: str | Path) -> Folder:
    """The folder for the state of the site at ``root``, whether it is there or not.

    Raises ``SiteError`` with ``unusable-state`` where there can be none.
    """
    real = os.path.realpath(root)
    top = _top()
    _refuse_inside(top, real)
    return Folder(top).below(name(real))


def made(root: str | Path) -> Folder:
    """The same, made if it is not there. Raises ``SiteError`` with ``unusable-state``."""
    folder = of(root)
    try:
        folder.make()
        if not presence.is_there(folder.entry(ROOT_NAME)):
            folder.write(ROOT_NAME, os.fsencode(os.path.realpath(root)) + b"\n")
    except OSError as error:
        raise refused(error, folder.path) from error
    return folder


def found(root: str | Path) -> Folder | None:
    """The same if it is there and believed, else ``None``."""
    try:
        folder = of(root)
    except SiteError:
        return None
    return folder if folder.is_usable else None


def refused(error: OSError, path: str) -> SiteError:
    """What is said where the state cannot be kept in ``path``."""
    place = str(error.filename or path)
    if isinstance(error, UntrustedError):
        return _unusable(
            f"{place} is not used: {error.strerror}",
            place,
            f"make it a folder that is yours alone, or name another one in {VARIABLE}",
        )
    return _unusable(
        f"{place} cannot be made: {error.strerror or error}",
        place,
        f"make its folder writable, or name another one in {VARIABLE}",
    )


def _unusable(why: str, place: str, remedy: str) -> SiteError:
    return SiteError(
        Code.UNUSABLE_STATE, why, excerpt=place, remedy=f"nothing was written; {remedy}"
    )


def _top() -> str:
    """The folder in which each site has its own."""
    named = os.environ.get(VARIABLE, "")
    if named and not os.path.isabs(named):  # noqa: PTH117  paths are text here
        raise _unusable(f"{VARIABLE} is no absolute path", named, "write the whole path")
    top = named or _by_the_system()
    if not os.path.isabs(top):  # noqa: PTH117  paths are text here
        raise _unusable(
            "there is no home folder in which the state of sites could be kept",
            top,
            f"name a folder for it in {VARIABLE}",
        )
    return os.path.normpath(top)


def _by_the_system() -> str:
    if sys.platform in ("win32", "darwin"):
        import platformdirs

        return platformdirs.user_state_dir("qtauthor", appauthor=False)
    given = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(given):  # the specification: a relative one is to be ignored  # noqa: PTH117  paths are text here
        home = os.environ.get("HOME")
        if home is not None and not os.path.isabs(home):  # noqa: PTH117  paths are text here
            return ""
        given = os.path.join(os.path.expanduser("~"), ".local", "state")  # noqa: PTH111, PTH118  paths are text here
    return os.path.join(given, "qtauthor")  # noqa: PTH118  paths are text here


def name(real: str) -> str:
    """What the folder of the site at this real path is called."""
    plain = _UNUSUAL.sub("-", os.path.basename(real))[:40].strip("-.") or "site"  # noqa: PTH119  paths are text here
    return f"{plain}-{sha256(os.fsencode(real)).hexdigest()[:24]}"


def _refuse_inside(top: str, root: str) -> None:
    """What lies in the site or its checkout can come with a clone."""
    real = os.path.realpath(top)
    for outer in (root, _checkout(root)):
        if outer and outer != os.sep and f"{real}{os.sep}".startswith(outer + os.sep):
            raise _unusable(
                f"{top} is not used: it lies in {outer}, and what comes with a repository is not"
                " believed",
                top,
                f"name a folder elsewhere in {VARIABLE}",
            )


def _checkout(folder: str) -> str:
    """The root of the git checkout around ``folder``, if it is in one."""
    while True:
        with suppress(OSError):
            os.lstat(f"{folder}{os.sep}.git")
            return folder
        above = os.path.dirname(folder)  # noqa: PTH120  paths are text here
        if above == folder:
            return ""
        folder = above
