"""What a change set meets on the disk, file by file, checked and proven. Nothing is written."""

from __future__ import annotations

import errno
import os
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from qtauthor.changes.change import Change, Create, Delete, Modify, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove_names, proven
from qtauthor.errors import SiteError
from qtauthor.files import presence
from qtauthor.files.name_forms import folded
from qtauthor.sinks import syscalls, write_errors
from qtauthor.sinks.real_paths import Places
from qtauthor.text.source.encoding import MAX_BYTES


class CheckedChange(NamedTuple):
    """A change and its files.

    ``at`` is the real file behind ``path``, ``to`` where a moved one goes; ``status`` is of the
    file as it is, ``None`` for one that is to be made; ``new`` is the content that it is to have.
    """

    change: Change
    at: str
    to: str
    status: os.stat_result | None
    new: bytes | None


class ReadFile(NamedTuple):
    """A file as it was a moment ago, when nobody had it open for writing."""

    at: str
    status: os.stat_result
    data: bytes


def survey(changes: ChangeSet, places: Places, *, readable: bool = True) -> Iterator[CheckedChange]:
    """Every change with what it meets; ``readable`` asks that an article can be read.

    Raises ``SiteError``: ``changed-since``, ``file-exists``, ``unsafe-path``, ``cannot-read``,
    ``cannot-write``, ``not-a-file``; and what the proof raises.
    """
    prove_names(changes)
    _check_arrivals(changes, places)
    seen: dict[Hashable, str] = {}
    for change in changes.changes:
        if isinstance(change, Create):
            new = proven(change, b"", readable=readable)
            yield CheckedChange(change, places.new(change.path), "", None, new)
            continue
        found = meet(change, places, readable=readable)
        for file in _identities(found):
            if file in seen:
                raise write_errors.two_names(change.path, seen[file])
            seen[file] = change.path
        yield found


def meet_new(change: Create, places: Places) -> CheckedChange:
    """A new article with the place that it gets. Raises as ``survey`` does."""
    _check_arrivals(ChangeSet((change,)), places)
    return CheckedChange(change, places.new(change.path), "", None, proven(change, b""))


def _identities(found: CheckedChange) -> Iterator[Hashable]:
    """What two names of one file have in common.

    That may be its place, its inode if it has several names there, or a name but for its case where
    the system ignores that. Of a file that goes another name may go, too.
    """
    yield found.at
    status = found.status
    if status is not None and status.st_ino and found.change.target is not None:
        one = "" if status.st_nlink > 1 else folded(found.at)
        yield status.st_dev, status.st_ino, one


def look(path: str, places: Places) -> ReadFile | None:
    """What is in a file, if that is easily said; else ``meet`` tells why it is not."""
    try:
        at = places.new(path)
        return ReadFile(at, *syscalls.look(at, MAX_BYTES))
    except (OSError, SiteError):
        return None


def meet(
    change: Modify | Move | Delete,
    places: Places,
    known: ReadFile | None = None,
    *,
    readable: bool = True,
) -> CheckedChange:
    """A change of a file with what it meets. What is ``known`` is not read again: that the file is
    still the same shows when it is replaced.

    Raises as ``survey`` does.
    """
    path = change.path
    at, status = (known.at, known.status) if known else places.found(path)
    if not status.st_mode & 0o222:
        raise write_errors.cannot_write(path, PermissionError(errno.EACCES, "it is read-only"))
    to = places.new(change.arrives) if change.arrives else ""
    if not isinstance(change, Modify) and at != places.new(path):
        raise write_errors.a_link(path, at)
    old = known.data if known else _read(path, at, status.st_size)
    return CheckedChange(change, at, to, status, proven(change, old, readable=readable))


def _read(path: str, at: str, size: int) -> bytes:
    try:
        return syscalls.read(at, size, alone=True)
    except OSError as error:
        if error.errno == errno.ETXTBSY:
            raise write_errors.cannot_write(path, error) from error
        raise write_errors.cannot_read(path, error) from error


def _check_arrivals(changes: ChangeSet, places: Places) -> None:
    """Refuse new names that are taken by a file that stays, or too long, or taken twice."""
    leaving = set(map(places.new, changes.departures))
    named: dict[str, str] = {}
    named_by: dict[str, str] = {}
    for path in changes.arrivals:
        target = places.new(path)
        places.refuse_linked(path, target)
        if target not in leaving and _is_taken(path, target, leaving):
            raise write_errors.exists(path)
        folder = os.path.dirname(target)  # noqa: PTH120  paths are text here
        first = named.setdefault(folded(target), target)
        named_by.setdefault(target, path)
        if first != target and places.folds(folder):
            raise write_errors.twins(path, named_by[first])


def _is_taken(path: str, target: str, leaving: set[str]) -> bool:
    try:
        status = os.lstat(target)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise write_errors.cannot_write(path, error) from error
    return not any(
        folded(old) == folded(target) and os.path.samestat(os.lstat(old), status)
        for old in leaving
        if presence.is_there(old)
    )
