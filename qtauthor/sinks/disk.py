"""Write a change set to disk: every file whole, all of them or none.

All new contents are first written beside their files under temporary names and synced; only then
are they renamed into place. What fails before that leaves nothing behind; what fails during it is
taken back from the old contents.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from qtauthor.changes.change import Change, Create, Delete, apply, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import changed_since, prove
from qtauthor.errors import Code, Place, QtauthorError, SiteError
from qtauthor.text.files import read_file

_NEW_FILE_MODE = 0o666
"""Before the umask."""

_NO_LINKS = frozenset({errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
"""What file systems without hard links answer."""


class Staged(NamedTuple):
    """A file that is ready to be put in place. ``temporary`` is ``None`` for one that goes."""

    path: str
    target: Path
    old: bytes | None
    temporary: Path | None


def write(changes: ChangeSet, root: Path) -> None:
    """Prove the change set and write it below ``root``.

    Raises ``SiteError``: ``changed-since``, ``file-exists``, ``unsafe-path``, ``cannot-write``; and
    what the proof raises. Then nothing has changed.
    """
    prove(changes, lambda path: _read(root, path))
    staged: list[Staged] = []
    made: list[Path] = []
    try:
        for change in changes.changes:
            staged.append(_stage(change, root, made))
        _commit(staged)
    except BaseException:
        for item in staged:
            if item.temporary is not None:
                item.temporary.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _stage(change: Change, root: Path, made: list[Path]) -> Staged:
    target = _target(root, change.path)
    if isinstance(change, Create):
        if os.path.lexists(target):
            raise _exists(change.path)
        with _writing(change.path):
            return _stage_new(change, target, made)
    old = _read(root, change.path)
    if isinstance(change, Delete):
        if old != change.content:
            raise changed_since(change.path)
        return Staged(change.path, target, old, None)
    if digest(old) != change.before:
        raise changed_since(change.path)
    _refuse_read_only(change.path, target)
    new = apply(old, change.edits)
    with _writing(change.path):
        mode = stat.S_IMODE(target.stat().st_mode)
        return Staged(change.path, target, old, _temporary(target, new, mode))


def _stage_new(change: Create, target: Path, made: list[Path]) -> Staged:
    missing = [p for p in (target.parent, *target.parent.parents) if not p.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        made.append(folder)
    mode = _NEW_FILE_MODE & ~_umask()
    return Staged(change.path, target, None, _temporary(target, change.content, mode))


def _commit(staged: list[Staged]) -> None:
    done: list[Staged] = []
    try:
        for item in staged:
            with _writing(item.path):
                _put(item)
            done.append(item)
    except BaseException:
        for item in reversed(done):
            _take_back(item)
        raise
    for folder in {item.target.parent for item in staged}:
        _sync_folder(folder)


def _put(item: Staged) -> None:
    if item.temporary is None:
        item.target.unlink()
    elif item.old is None:
        _put_new(item, item.temporary)
    else:
        item.temporary.replace(item.target)


def _put_new(item: Staged, temporary: Path) -> None:
    """Name a new file, never over one that came in between."""
    try:
        os.link(temporary, item.target)
    except FileExistsError:
        raise _exists(item.path) from None
    except OSError as error:
        if error.errno not in _NO_LINKS or os.path.lexists(item.target):
            raise
        temporary.replace(item.target)
    else:
        temporary.unlink()


def _take_back(item: Staged) -> None:
    if item.old is None:
        item.target.unlink(missing_ok=True)
        return
    mode = stat.S_IMODE(item.target.stat().st_mode) if item.target.exists() else _NEW_FILE_MODE
    _temporary(item.target, item.old, mode).replace(item.target)


def _temporary(target: Path, content: bytes, mode: int) -> Path:
    """A synced file with ``content`` in the folder of ``target``."""
    handle, name = tempfile.mkstemp(prefix=".qtauthor-", suffix=".tmp", dir=target.parent)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(mode)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _read(root: Path, path: str) -> bytes:
    target = _target(root, path)
    try:
        return read_file(target)
    except QtauthorError as error:
        raise error.at(path) from None


def _target(root: Path, path: str) -> Path:
    """The real file behind ``path``, links followed. Raises ``unsafe-path`` if outside ``root``."""
    top = root.resolve()
    target = (top / path).resolve()
    if not target.is_relative_to(top) or target == top:
        raise SiteError(
            Code.UNSAFE_PATH,
            "this path leads out of the site",
            where=Place(path),
            excerpt=str(target),
            remedy="nothing was written; name a file inside the site",
        )
    return target


def _refuse_read_only(path: str, target: Path) -> None:
    if not target.stat().st_mode & 0o222:
        raise _cannot_write(path, "the file is read-only")


@contextmanager
def _writing(path: str) -> Iterator[None]:
    """Give a failure of the system the name of the file."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(path, error.strerror or str(error)) from error


def _cannot_write(path: str, why: str) -> SiteError:
    return SiteError(
        Code.CANNOT_WRITE,
        f"the file cannot be written: {why}",
        where=Place(path),
        remedy="nothing was written; mend that and run the command again",
    )


def _exists(path: str) -> SiteError:
    return SiteError(
        Code.FILE_EXISTS,
        "there is a file of this name already",
        where=Place(path),
        remedy="nothing was written; choose another name",
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
