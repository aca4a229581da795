"""Write change sets to disk: every file whole, all of them or none.

All new contents are first written beside their files under temporary names and synced, and every
old file gets a second name; only then are the new ones renamed into place. What fails before that
leaves nothing behind; what fails during it is taken back by renaming the old files again, which
needs no room on the disk.

A file is replaced, not written into: it keeps its mode, its attributes and (where the system allows
it) its owner, and a symbolic link to it stays one. Another hard link to it keeps the old text.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from qtauthor.changes.change import Change, Create, Delete, apply, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import changed_since, prove
from qtauthor.errors import Code, Place, SiteError
from qtauthor.sinks.beside import NO_LINKS, Beside

Plan: TypeAlias = tuple[Path, ChangeSet]
"""A site's root, and what is to change below it."""

_NO_SYNC = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM, errno.EACCES})
"""What systems that cannot sync a folder answer."""

_ROOM = "make room on the disk"
_MODE = "make the file and its folder writable"
_REMEDIES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EACCES: _MODE,
    errno.EPERM: _MODE,
    errno.EROFS: _MODE,
}

_Mark: TypeAlias = tuple[int, int, int]
"""Inode, modification time in nanoseconds and size: what differs when a file was written."""


class _Staged(NamedTuple):
    """A file that is ready to be put in place.

    ``fresh`` is its new content, ``None`` if it is to go. ``backup`` and ``mark`` are those of the
    old file, ``None`` if there is none.
    """

    path: str
    target: Path
    fresh: Path | None
    backup: Path | None = None
    mark: _Mark | None = None


def write(changes: ChangeSet, root: Path) -> None:
    """Check the change set and write it below ``root``.

    Raises ``SiteError`` with ``cannot-write``, and what ``check`` raises. Then nothing has changed.
    """
    write_all([(root, changes)])


def write_all(plans: Sequence[Plan]) -> None:
    """Write the changes of several sites, all or none. Raises as ``write`` does."""
    for root, changes in plans:
        check(changes, root)
    beside = Beside()
    try:
        todo = [(change, root) for root, changes in plans for change in changes.changes]
        _commit([_stage(change, root, beside) for change, root in todo], beside)
    except BaseException:
        beside.clear(folders=True)
        raise
    beside.clear(folders=False)


def check(changes: ChangeSet, root: Path) -> None:
    """Whether the change set could be written, as far as that shows without writing.

    Raises ``SiteError``: ``changed-since``, ``file-exists``, ``unsafe-path``, ``cannot-write``; and
    what the proof raises.
    """
    targets = {change.path: _target(root, change) for change in changes.changes}
    prove(changes, lambda path: _read(targets[path], path))
    for change in changes.changes:
        target = targets[change.path]
        if not isinstance(change, Create):
            _refuse_read_only(change.path, target)
        elif os.path.lexists(target):
            raise _exists(change.path)


def _stage(change: Change, root: Path, beside: Beside) -> _Staged:
    target = _target(root, change)
    with _writing(change.path):
        if isinstance(change, Create):
            beside.make_folders(target.parent)
            return _Staged(change.path, target, beside.new(target, change.content))
        mark = _mark(target)
        old = _read(target, change.path)
        if digest(old) != (digest(change.content) if isinstance(change, Delete) else change.before):
            raise changed_since(change.path)
        fresh = None
        if not isinstance(change, Delete):
            fresh = beside.new(target, apply(old, change.edits), like=target)
        return _Staged(change.path, target, fresh, beside.backup(target, old), mark)


def _commit(staged: Sequence[_Staged], beside: Beside) -> None:
    started: list[_Staged] = []
    try:
        for item in staged:
            started.append(item)
            with _writing(item.path):
                _put(item)
        for folder, item in {item.target.parent: item for item in staged}.items():
            with _writing(item.path):
                _sync_folder(folder)
    except BaseException:
        for item in reversed(started):
            _take_back(item, beside)
        raise


def _put(item: _Staged) -> None:
    if item.mark is not None and _mark(item.target) != item.mark:
        raise changed_since(item.path)
    if item.fresh is None:
        item.target.unlink()
    elif item.backup is None:
        _put_new(item, item.fresh)
    else:
        item.fresh.replace(item.target)


def _put_new(item: _Staged, fresh: Path) -> None:
    """Name a new file, never over one that came in between."""
    try:
        os.link(fresh, item.target)
    except FileExistsError:
        raise _exists(item.path) from None
    except OSError as error:
        if error.errno not in NO_LINKS or os.path.lexists(item.target):
            raise
        fresh.replace(item.target)


def _take_back(item: _Staged, beside: Beside) -> None:
    """Undo what was put in place. An old file that cannot be renamed back is kept and named."""
    try:
        if item.backup is not None:
            if not _untouched(item):
                item.backup.replace(item.target)
        elif item.fresh is not None and _is_ours(item.target, item.fresh):
            item.target.unlink()
    except OSError as error:
        if item.backup is None:
            raise _cannot_write(item.path, error, "remove this new file by hand") from error
        beside.keep(item.backup)
        remedy = f"rename {item.backup.name} beside it to its name: that is the old file"
        raise _cannot_write(item.path, error, remedy) from error


def _untouched(item: _Staged) -> bool:
    """Whether the old file still stands there, whatever someone else wrote into it."""
    try:
        return item.mark is not None and _mark(item.target)[0] == item.mark[0]
    except FileNotFoundError:
        return False


def _is_ours(target: Path, fresh: Path) -> bool:
    """Whether the new file was put there by us, and not by someone in between."""
    return not fresh.exists() or (target.exists() and fresh.samefile(target))


def _mark(path: Path) -> _Mark:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size


def _read(target: Path, path: str) -> bytes:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        raise changed_since(path) from None
    except OSError as error:
        raise SiteError(
            Code.CANNOT_READ,
            f"the file cannot be read: {error.strerror or error}",
            where=Place(path),
            remedy="check its permissions",
        ) from error


def _target(root: Path, change: Change) -> Path:
    """The real file behind a path, links followed; of a new file only those of its folder.

    Raises ``unsafe-path`` if it is outside ``root``.
    """
    top = os.path.realpath(root)
    named = os.path.join(top, change.path)  # noqa: PTH118  Path drops a final slash or dot
    folder, name = os.path.split(named)
    new = isinstance(change, Create) and name not in ("", ".", "..")
    target = Path(os.path.realpath(folder), name) if new else Path(os.path.realpath(named))
    if not target.is_relative_to(top) or target == Path(top):
        raise SiteError(
            Code.UNSAFE_PATH,
            "this path leads out of the site",
            where=Place(change.path),
            excerpt=str(target),
            remedy="nothing was written; name a file inside the site",
        )
    return target


def _refuse_read_only(path: str, target: Path) -> None:
    with _writing(path):
        if not target.stat().st_mode & 0o222:
            raise PermissionError(errno.EACCES, "it is read-only")


@contextmanager
def _writing(path: str) -> Iterator[None]:
    """Give a failure of the system the name of the file."""
    try:
        yield
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, "mend that")
        remedy = f"nothing was written; {remedy} and run the command again"
        raise _cannot_write(path, error, remedy) from error


def _cannot_write(path: str, error: OSError, remedy: str) -> SiteError:
    return SiteError(
        Code.CANNOT_WRITE,
        f"the file cannot be written: {error.strerror or error}",
        where=Place(path),
        remedy=remedy,
    )


def _exists(path: str) -> SiteError:
    return SiteError(
        Code.FILE_EXISTS,
        "there is a file of this name already",
        where=Place(path),
        remedy="nothing was written; choose another name",
    )


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(handle)
