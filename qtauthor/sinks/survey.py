"""What a change set meets on the disk, file by file, checked and proven. Nothing is written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.changes.change import Change, Create, Delete, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove_names, proven, unproven
from qtauthor.sinks import failures, system
from qtauthor.sinks.places import Places, folded


class Found(NamedTuple):
    """A change and its files.

    ``at`` is the real file behind ``path``, ``to`` where a moved one goes; ``status`` is of the
    file as it is, ``None`` for one that is to be made; ``new`` is the content that it is to have.
    """

    change: Change
    at: str
    to: str
    status: os.stat_result | None
    new: bytes | None


def survey(changes: ChangeSet, places: Places, *, readable: bool = True) -> Iterator[Found]:
    """Every change with what it meets; ``readable`` asks that a new article can be read.

    Raises ``SiteError``: ``changed-since``, ``file-exists``, ``unsafe-path``, ``cannot-read``,
    ``cannot-write``, ``not-a-file``; and what the proof raises.
    """
    prove_names(changes)
    _check_arrivals(changes, places)
    seen: set[str] = set()
    for change in changes.changes:
        if isinstance(change, Create):
            new = proven(change, b"") if readable else change.content
            yield Found(change, places.new(change.path), "", None, new)
            continue
        found = _meet(change, places)
        if found.at in seen:
            raise unproven(change.path, "two of its names are changed at once")
        seen.add(found.at)
        yield found


def _meet(change: Change, places: Places) -> Found:
    path = change.path
    at, status = places.found(path)
    if not status.st_mode & 0o222:
        raise failures.cannot_write(path, PermissionError(errno.EACCES, "it is read-only"))
    leaves = isinstance(change, Delete | Move)
    if leaves and at != places.new(path):
        raise failures.a_link(path, at)
    try:
        old = system.read(at, status.st_size, alone=True)
    except OSError as error:
        if error.errno == errno.ETXTBSY:
            raise failures.cannot_write(path, error) from error
        raise failures.cannot_read(path, error) from error
    to = places.new(change.to) if isinstance(change, Move) else ""
    return Found(change, at, to, status, proven(change, old))


def _check_arrivals(changes: ChangeSet, places: Places) -> None:
    """Refuse new names that are taken by a file that stays, or too long, or taken twice."""
    leaving = {places.new(c.path) for c in changes.changes if isinstance(c, Delete | Move)}
    named: dict[str, str] = {}
    for path in changes.arrivals:
        target = places.new(path)
        if target not in leaving and _is_taken(path, target, leaving):
            raise failures.exists(path)
        folder = os.path.dirname(target)  # noqa: PTH120
        first = named.setdefault(folded(target), target)
        if first != target and places.folds(folder):
            raise failures.exists(path)


def _is_taken(path: str, target: str, leaving: set[str]) -> bool:
    try:
        status = os.lstat(target)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise failures.cannot_write(path, error) from error
    return not any(
        folded(old) == folded(target) and os.path.samestat(os.lstat(old), status)
        for old in leaving
        if os.path.lexists(old)
    )
