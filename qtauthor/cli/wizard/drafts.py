"""Drafts that outlive the process: each has a folder below ``drafts`` in the site's state.

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

from qtauthor import state_folder
from qtauthor.operations.authoring import draft as drafting
from qtauthor.operations.authoring.draft import Draft
from qtauthor.sinks import holding
from qtauthor.sinks.holding import Held
from qtauthor.text import presence
from qtauthor.text.private import Folder

_FOLDER = "drafts"
_DATA = "draft.json"


class Left(NamedTuple):
    """A draft that nobody works at. ``seconds`` is its age; ``stray`` are texts of an editor whose
    end nobody saw."""

    folder: Folder
    draft: Draft
    seconds: float
    stray: tuple[Path, ...]


class Slot:
    """Where one draft is kept. The folder is made when there is something worth keeping."""

    def __init__(self, root: Path, folder: Folder | None = None) -> None:
        self.root = root
        self._folder = folder
        self._lock: Held | None = None
        if folder is not None:
            self._hold(folder)

    def save(self, draft: Draft, *, sync: bool = True) -> None:
        """Keep a draft, whole, in the place of what was kept. Raises ``OSError``, ``SiteError``.

        Without ``sync`` it outlives the process, but perhaps not the machine.
        """
        if self._folder is None and not draft.worth_keeping:
            return
        self._made().write(_DATA, drafting.to_json(draft), synced=sync)

    def folder(self) -> Path:
        """The folder of this draft, made if there is none."""
        return Path(self._made().path)

    def _made(self) -> Folder:
        if self._folder is None:
            self._folder = _new(self.root)
            self._hold(self._folder)
        return self._folder

    @property
    def kept(self) -> bool:
        """Whether something of it is on the disk."""
        return self._folder is not None and presence.is_there(self._folder.entry(_DATA))

    def forget_strays(self) -> None:
        """Remove the texts that editors left in the folder: the draft has what they hold."""
        if self._folder is not None:
            for path in _strays(self._folder):
                path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove all that is kept."""
        self.release()
        if self._folder is not None:
            shutil.rmtree(self._folder.path, ignore_errors=True)
        self._folder = None

    def release(self) -> None:
        """Let somebody else go on with it."""
        if self._lock is not None:
            self._lock.release()
        self._lock = None

    def _hold(self, folder: Folder) -> None:
        self._lock = holding.hold(folder.path, folder, timeout=0)


def left(root: Path) -> list[Left]:
    """The drafts that nobody works at, the newest first."""
    own = state_folder.found(root)
    found = list(_left(own.below(_FOLDER))) if own else []
    return sorted(found, key=lambda one: one.seconds)


def take(root: Path, folder: Folder) -> Slot | None:
    """The slot of a draft that was left; ``None`` if somebody took it up meanwhile."""
    try:
        return Slot(root, folder)
    except OSError:
        return None


def discard(root: Path, folder: Folder) -> None:
    """Remove a draft that was left."""
    slot = take(root, folder)
    if slot is not None:
        slot.discard()


def _left(top: Folder) -> Iterator[Left]:
    if not top.is_usable:
        return
    for name in os.listdir(top.path):  # noqa: PTH208
        folder = top.below(name)
        with suppress(OSError):
            draft = drafting.readable(folder.read(_DATA))
            if draft is None or not _is_free(folder):
                continue
            changed = Path(folder.entry(_DATA)).stat().st_mtime
            stray = tuple(path for path in _strays(folder) if path.stat().st_mtime >= changed)
            yield Left(folder, draft, max(0.0, time.time() - changed), stray)


def _strays(folder: Folder) -> list[Path]:
    """Texts that an editor may have left."""
    found = (path for path in Path(folder.path).glob("*.md") if not folder.problem(path.name))
    return sorted(found, key=lambda path: path.stat().st_mtime)


def _is_free(folder: Folder) -> bool:
    try:
        holding.hold(folder.path, folder, timeout=0).release()
    except BlockingIOError:
        return False
    return True


def _new(root: Path) -> Folder:
    top = state_folder.made(root).below(_FOLDER)
    try:
        top.make()
    except OSError as error:
        raise state_folder.refused(error, top.path) from error
    number = 1
    while True:
        folder = top.below(str(number))
        try:
            os.mkdir(folder.path, 0o700)  # noqa: PTH102
        except FileExistsError:
            number += 1
        else:
            return folder
