"""The real files behind a site's paths; none of them outside of the site.

Paths are text: tens of thousands of them are looked up in one command.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from qtauthor.changes.proof import changed_since
from qtauthor.errors import SiteError
from qtauthor.files import presence
from qtauthor.sinks import record_names, write_errors

_FORMER = ".qtauthor"
"""A folder at the root in which no article is."""

_BAD_NAMES = frozenset({"", ".", ".."})
_NO_FOLDER = "this folder is not for articles"


def folds_case(folder: str) -> bool:
    """Whether the file system of ``folder`` takes names that differ only in case for one."""
    above, name = os.path.split(folder)
    other = name.swapcase()
    if other == name:
        return above != folder and folds_case(above)
    try:
        return Path(folder).samefile(Path(above, other))
    except OSError:
        return False


class Places:
    """Looks paths up below ``root``; what is known about a folder is kept."""

    def __init__(self, root: Path, folds: Callable[[str], bool] = folds_case) -> None:
        self.top = presence.real(root)
        self.folds = folds
        self._inside = self.top.rstrip(os.sep) + os.sep
        self._folders: dict[str, str] = {}

    def new(self, path: str) -> str:
        """Where a file of this name would be. Raises ``SiteError`` with ``unsafe-path``."""
        folder, slash, name = path.rpartition("/")
        if name in _BAD_NAMES:
            raise write_errors.unsafe(path, os.path.realpath(self._named(path)))
        if record_names.is_git(name):
            raise write_errors.unsafe(path, self._named(path), _NO_FOLDER)
        real = self._folders.get(folder)
        if real is None:
            real = self._folders[folder] = self._folder(path, folder + slash)
        return real + name

    def refuse_linked(self, path: str, target: str) -> None:
        """Refuse a new file in a folder that is another name of the folder beside it.

        It would be an article of that one. Raises ``SiteError`` with ``two-names``.
        """
        folder, real = os.path.dirname(self._named(path)), os.path.dirname(target)  # noqa: PTH120  paths are text here
        beside = os.path.split(real)
        if beside[1] == os.path.basename(folder) or not presence.is_link(folder):  # noqa: PTH119  paths are text here
            return
        if beside[0] == presence.real(os.path.dirname(folder)):  # noqa: PTH120  paths are text here
            raise write_errors.a_second_folder(path, self.relative(real))

    def found(self, path: str) -> tuple[str, os.stat_result]:
        """The file, links followed, and what is known about it.

        Raises ``SiteError``: ``unsafe-path``, ``changed-since``, ``cannot-read``, ``not-a-file``.
        """
        target = self.new(path)
        try:
            status = os.lstat(target)
            if stat.S_ISLNK(status.st_mode):
                target = self._checked(path, presence.real(target))
                status = os.stat(target)  # noqa: PTH116  paths are text here
        except FileNotFoundError:
            raise changed_since(path) from None
        except OSError as error:
            raise write_errors.cannot_read(path, error) from error
        if not stat.S_ISREG(status.st_mode):
            raise write_errors.no_file(path)
        return target, status

    def is_real(self, relative: str) -> bool:
        """Whether the file or folder is where its path says: no folder above it is a link."""
        if not relative:
            return True
        try:
            return record_names.is_below(relative) and self.new(relative) == self.absolute(relative)
        except SiteError:
            return False

    def relative(self, target: str) -> str:
        """A real file's path below the root's real folder."""
        return target[len(self._inside) :]

    def absolute(self, relative: str) -> str:
        """The inverse of ``relative``."""
        return self._inside + relative

    def missing_folders(self, target: str) -> list[str]:
        """The folders above ``target`` that are not there, the outermost first."""
        missing: list[str] = []
        folder = os.path.dirname(target)  # noqa: PTH120  paths are text here
        while len(folder) > len(self.top) and not presence.is_there(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)  # noqa: PTH120  paths are text here
        return missing[::-1]

    def _folder(self, path: str, folder: str) -> str:
        """The real folder, with a separator behind it."""
        real = presence.real(self._named(folder))
        if real == self.top:
            return self._inside
        return self._checked(path, real) + os.sep

    def _named(self, path: str) -> str:
        return os.path.join(self.top, path)  # noqa: PTH118  Path drops a final slash or dot

    def _checked(self, path: str, real: str) -> str:
        if not real.startswith(self._inside):
            raise write_errors.unsafe(path, real)
        parts = Path(self.relative(real)).parts
        if parts[0] == _FORMER or any(map(record_names.is_git, parts)):
            raise write_errors.unsafe(path, real, _NO_FOLDER)
        return real
