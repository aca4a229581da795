"""The articles in the folders of a site: each file once, however many links lead to it.

An article's own place is where its file is: ``<subject>/<slug>.md``, both no links. A link to such
a file, or to such a folder, is another name of it, and no other article. A link that leads
elsewhere is an article, for its file has no place among them; of several such links to one file it
is the first by name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from qtauthor.errors import Code, Place, SiteError
from qtauthor.files import name_forms, presence

Stamp: TypeAlias = tuple[int, int, int, int]
"""Size in bytes, times of the last change of the content and of anything (ns), inode: what tells
that a file changed. The second time cannot be set back, as ``touch -r`` does with the first."""

UNKNOWN: Stamp = (-1, -1, -1, -1)
"""No file has this stamp, so what was read with it is read again."""

_UNTOLD: Stamp = (-2, -2, -2, -2)
_LARGEST = 2**63 - 1  # what a database can hold
_IS_POSIX = os.name != "nt"
_SUFFIX = ".md"


def stamp(status: os.stat_result) -> Stamp:
    """What the index keeps of what the system says of a file."""
    size, mtime = status.st_size, status.st_mtime_ns & _LARGEST
    if not _IS_POSIX:  # there a listing tells no inodes, and the other time is that of creation
        return size, mtime, 0, 0
    return size, mtime, status.st_ctime_ns & _LARGEST, status.st_ino & _LARGEST


def stamps(root: Path, folder: str) -> dict[str, Stamp]:
    """The articles in the folders of ``folder``, which is below ``root``, with their stamps.

    One of which nobody can tell anything has a stamp that no file has. Raises ``SiteError`` for a
    folder that cannot be listed.
    """
    found: dict[str, Stamp] = {}
    linked: list[_Named] = []
    for subject, entry in _plain(root, folder, linked):
        if told := _told(entry):
            found[f"{folder}/{subject}/{entry.name}"] = told
    return found | _counted(root, folder, linked)


def articles(root: Path, folder: str) -> list[str]:
    """The paths of ``stamps``, sorted; quicker, for of most files nothing more is asked."""
    linked: list[_Named] = []
    plain = _plain(root, folder, linked)
    found = [(subject, entry.name) for subject, entry in plain if _may_be_file(entry)]
    for path in _counted(root, folder, linked):
        subject, name = path.rsplit("/", 2)[1:]
        found.append((subject, name))
    return [f"{folder}/{subject}/{name}" for subject, name in sorted(found)]


def own_place(root: Path, folder: str, path: str) -> str:
    """The path under which a file counts: that of an article, if ``path`` is another name of it.

    Its letters are those of the name on the disk, however they were typed. Raises ``SiteError``.
    """
    if not path.isascii():
        path = Path(name_forms.there(str(root / path))).relative_to(root).as_posix()
    real = presence.real(root / path)
    below = _below(presence.real(root / folder), real)
    return f"{folder}/{below}" if below and presence.is_file(real) else path


class _Subject(NamedTuple):
    name: str
    is_link: bool


class _Named(NamedTuple):
    """A path that leads over a link: to a file by its last name, or to a folder above."""

    is_link: bool
    path: str


def _plain(root: Path, folder: str, linked: list[_Named]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What is called as articles are, by its subject; what leads over a link goes to ``linked``."""
    for subject in _subjects(root / folder):
        with _listed(root / folder / subject.name) as entries:
            for entry in entries:
                if not entry.name.endswith(_SUFFIX):
                    continue
                if subject.is_link or entry.is_symlink():
                    path = f"{folder}/{subject.name}/{entry.name}"
                    linked.append(_Named(entry.is_symlink(), path))
                else:
                    yield subject.name, entry


def _subjects(top: Path) -> list[_Subject]:
    """The folders in ``top``, but for links to one of these. Raises ``SiteError``."""
    with _listed(top) as entries:
        found = [_Subject(e.name, e.is_symlink()) for e in entries if _is_folder(e)]
    if not any(subject.is_link for subject in found):
        return found
    real = presence.real(top)
    return [
        subject
        for subject in found
        if not subject.is_link or os.path.dirname(presence.real(top / subject.name)) != real  # noqa: PTH120  paths are text here
    ]


def _counted(root: Path, folder: str, linked: list[_Named]) -> dict[str, Stamp]:
    """Those of paths over links that are articles: the only ones, or the first, of their files."""
    known: set[str] = set()
    top = presence.real(root / folder) if linked else ""
    found: dict[str, Stamp] = {}
    for _, path in sorted(linked):
        try:
            real = presence.real(root / path)
            status = presence.status(real)
        except SiteError:
            found[path] = _UNTOLD
            continue
        if status is None or not stat.S_ISREG(status.st_mode):
            continue
        if real not in known and not _below(top, real):
            known.add(real)
            found[path] = stamp(status)
    return found


def _below(top: str, real: str) -> str | None:
    """A real path below ``top``, with ``/``, if that is the place of an article."""
    inside = real.removeprefix(top + os.sep)
    if inside == real or inside.count(os.sep) != 1 or not inside.endswith(_SUFFIX):
        return None
    return inside.replace(os.sep, "/")


def _told(entry: os.DirEntry[str]) -> Stamp | None:
    """The stamp of a regular file; nothing for anything else."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return None if presence.is_absence(error) else _UNTOLD
    return stamp(status) if stat.S_ISREG(status.st_mode) else None


def _may_be_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError as error:  # who reads it is told
        return not presence.is_absence(error)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError as error:
        if presence.is_absence(error):
            return False
        raise presence.unknown(entry.path, error) from None


@contextmanager
def _listed(folder: Path) -> Iterator[Iterable[os.DirEntry[str]]]:
    """What is in a folder; nothing in one that is not there. Raises ``SiteError``."""
    try:
        with os.scandir(folder) as entries:
            yield entries
    except FileNotFoundError:
        yield ()  # a new site has no articles yet
    except OSError as error:
        why = f"the folder cannot be listed: {error.strerror or error}"
        raise SiteError(
            Code.CANNOT_READ, why, where=Place(str(folder)), remedy="check its permissions"
        ) from None
