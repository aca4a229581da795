"""Drafts that outlive the process: each has a folder below ``.qtauthor/drafts`` of the site.

Whoever writes one holds its lock, which the system lets go of when the process ends, however it
ends. So a draft whose lock is free was left, and is offered.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from qtauthor.operations.authoring import draft as drafting
from qtauthor.operations.authoring.draft import Draft
from qtauthor.sinks.lock import FOLDER, state_folder
from qtauthor.text import presence

_FOLDER = "drafts"
_DATA, _LOCK = "draft.json", "lock"


class Left(NamedTuple):
    """A draft that nobody works at. ``seconds`` is its age; ``stray`` are texts of an editor whose
    end nobody saw."""

    folder: Path
    draft: Draft
    seconds: float
    stray: tuple[Path, ...]


class Slot:
    """Where one draft is kept. The folder is made when there is something worth keeping."""

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        self.root = root
        self._folder = folder
        self._lock: FileLock | None = None
        if folder is not None:
            self._hold(folder)

    def save(self, draft: Draft, *, sync: bool = True) -> None:
        """Keep a draft, whole, in the place of what was kept. Raises ``OSError``, ``SiteError``.

        Without ``sync`` it outlives the process, but perhaps not the machine.
        """
        if self._folder is None and not draft.worth_keeping:
            return
        folder = self.folder()
        fresh = folder / f"{_DATA}.tmp"
        with fresh.open("wb") as file:
            file.write(drafting.to_json(draft))
            file.flush()
            if sync:
                os.fsync(file.fileno())
        fresh.replace(folder / _DATA)

    def folder(self) -> Path:
        """The folder of this draft, made if there is none."""
        if self._folder is None:
            self._folder = _new(self.root)
            self._hold(self._folder)
        return self._folder

    @property
    def kept(self) -> bool:
        """Whether something of it is on the disk."""
        return self._folder is not None and presence.is_there(self._folder / _DATA)

    def forget_strays(self) -> None:
        """Remove the texts that editors left in the folder: the draft has what they hold."""
        if self._folder is not None:
            for path in _strays(self._folder):
                path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove all that is kept."""
        self.release()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = None

    def release(self) -> None:
        """Let somebody else go on with it."""
        if self._lock is not None:
            self._lock.release()
        self._lock = None

    def _hold(self, folder: Path) -> None:
        self._lock = FileLock(folder / _LOCK)
        self._lock.acquire(timeout=0)


def left(root: Path) -> list[Left]:
    """The drafts that nobody works at, the newest first."""
    found = list(_left(root / FOLDER / _FOLDER))
    return sorted(found, key=lambda one: one.seconds)


def take(root: Path, folder: Path) -> Slot | None:
    """The slot of a draft that was left; ``None`` if somebody took it up meanwhile."""
    try:
        return Slot(root, folder)
    except (Timeout, OSError):
        return None


def discard(root: Path, folder: Path) -> None:
    """Remove a draft that was left."""
    slot = take(root, folder)
    if slot is not None:
        slot.discard()


def _left(top: Path) -> Iterator[Left]:
    if not presence.is_folder(top):
        return
    for folder in top.iterdir():
        with suppress(OSError):
            draft = drafting.readable((folder / _DATA).read_bytes())
            if draft is None or not _is_free(folder):
                continue
            changed = (folder / _DATA).stat().st_mtime
            stray = tuple(path for path in _strays(folder) if path.stat().st_mtime >= changed)
            yield Left(folder, draft, max(0.0, time.time() - changed), stray)


def _strays(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"), key=lambda path: path.stat().st_mtime)


def _is_free(folder: Path) -> bool:
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True


def _new(root: Path) -> Path:
    top = state_folder(root) / _FOLDER
    top.mkdir(exist_ok=True)
    number = 1
    while True:
        folder = top / str(number)
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder
