"""A site's files where git has more of them than are checked out.

Such an article is not gone: its id and its address are taken, and links lead to it. So the index
gets it as git has it. It is not among the articles that a command works on, and whoever wants to
read it for an edit is told where it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, cast

from qtauthor.content.source import UNKNOWN, DiskSource, Stamp
from qtauthor.errors import Code, Place, SiteError

_HALF = 15
"""Digits of an object id that a database can hold as a number."""


class NotCheckedOut(Protocol):
    """The articles that only git has: their paths, with the ids of their contents."""

    @property
    def ids(self) -> Mapping[str, str]:
        """The hash of the blob of each article that is not checked out, by its path."""

    def read(self, path: str) -> bytes:
        """The content that git has. Raises ``SiteError`` ``not-checked-out`` if it lacks that."""
        ...


class SparseSource(DiskSource):
    """The files below ``root``, and what is ``absent`` among them."""

    def __init__(self, root: Path, absent: NotCheckedOut) -> None:
        super().__init__(root)
        self.absent = absent
        self._folders = {path.rpartition("/")[0] for path in absent.ids}

    def _is_absent(self, path: str) -> bool:
        return path in self.absent.ids and not super().exists(path)

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises ``SiteError``: ``not-checked-out`` if git alone has it."""
        if self._is_absent(path):
            raise not_checked_out(path)
        return super().read(path)

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder of this name, here or in git."""
        return path in self.absent.ids or path in self._folders or super().exists(path)

    def stamps(self, folder: str) -> dict[str, Stamp]:
        """The stamp of each article in a folder; the blob stands for the stamp of an absent one."""
        here = super().stamps(folder)
        inside = f"{folder}/"
        there = {p: _stamp(one) for p, one in self.absent.ids.items() if p.startswith(inside)}
        return {**there, **here}

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        """The bytes of an article, from git if it is absent, with its stamp."""
        if self._is_absent(path):
            return _stamp(self.absent.ids[path]), self.absent.read(path)
        return super().read_stamped(path)


def not_checked_out(path: str) -> SiteError:
    """What is said of an article that only git has."""
    return SiteError(
        Code.NOT_CHECKED_OUT,
        "git has this article, but it is not checked out",
        where=Place(path),
        remedy=f"check it out, as by git sparse-checkout add {path.rpartition('/')[0]}",
    )


def _stamp(id_: str) -> Stamp:
    """No room on the disk, and for times and an inode what says which content it is."""
    first, second = int(id_[:_HALF], 16), int(id_[_HALF : 2 * _HALF], 16)
    return cast("Stamp", (0, -first, second, 0)[: len(UNKNOWN)])
