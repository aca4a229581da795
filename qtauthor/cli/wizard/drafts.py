"""Drafts that outlive the process: each has a folder below ``drafts`` in the site's state.

Whoever writes one holds its lock, which the system lets go of when the process ends, however it
ends. So a draft whose lock is free was left, and is offered.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from qtauthor.files import presence, state_folder
from qtauthor.files.private_folder import Folder
from qtauthor.operations.authoring import draft as drafting
from qtauthor.operations.authoring.draft import Draft
from qtauthor.sinks.locks import flock
from qtauthor.sinks.locks.flock import Held
from qtauthor.text.source.encoding import MAX_BYTES

_FOLDER = "drafts"
_DATA = "draft.json"


class Left(NamedTuple):
    """A draft that nobody works at. ``seconds`` is its age; ``stray`` are texts of an editor whose
    end nobody saw."""

    folder: Folder
    draft: Draft
    seconds: float
    stray: tuple[Path, ...]


class Passed(NamedTuple):
    """What lies among the drafts and cannot be gone on with, and why."""

    path: str
    why: str

    def __str__(self) -> str:
        return f"{self.path} is passed over as a draft: {self.why}"


class DraftSlot:
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
        self._lock = flock.hold(folder.path, folder, timeout=0)


def left(root: Path) -> tuple[list[Left], list[Passed]]:
    """The drafts that nobody works at, the newest first, and what is passed over."""
    own = state_folder.found(root)
    found = list(_left(own.below(_FOLDER))) if own else []
    passed = sorted(one for one in found if isinstance(one, Passed))
    return sorted((f for f in found if isinstance(f, Left)), key=lambda one: one.seconds), passed


def stray_text(one: Left, path: Path) -> str:
    """What an editor left. Raises ``OSError``."""
    return one.folder.read(path.name, MAX_BYTES).decode("utf-8", "replace")


def take(root: Path, folder: Folder) -> DraftSlot | None:
    """The slot of a draft that was left; ``None`` if somebody took it up meanwhile."""
    try:
        return DraftSlot(root, folder)
    except OSError:
        return None


def discard(root: Path, folder: Folder) -> None:
    """Remove a draft that was left."""
    slot = take(root, folder)
    if slot is not None:
        slot.discard()


def _left(top: Folder) -> Iterator[Left | Passed]:
    if not top.is_usable:  # the site's state says so
        return
    try:
        names = os.listdir(top.path)  # noqa: PTH208  paths are text here
    except OSError as error:
        yield _passed(top.path, error)
        return
    for name in names:
        folder = top.below(name)
        try:
            found = _one(folder)
        except FileNotFoundError:  # there is none yet, or no more
            continue
        except OSError as error:
            yield _passed(folder.path, error)
        else:
            if found is not None:
                yield found


def _one(folder: Folder) -> Left | Passed | None:
    """What is in a folder; nothing if somebody works at it. Raises ``OSError``."""
    data = folder.read(_DATA, MAX_BYTES)
    if not _is_free(folder):
        return None
    draft = drafting.readable(data)
    if draft is None:
        return Passed(folder.entry(_DATA), "this program did not write it")
    changed = Path(folder.entry(_DATA)).stat().st_mtime
    stray = tuple(path for path in _strays(folder) if path.stat().st_mtime >= changed)
    return Left(folder, draft, max(0.0, time.time() - changed), stray)


def _passed(path: str, error: OSError) -> Passed:
    return Passed(str(error.filename or path), error.strerror or str(error))


def _strays(folder: Folder) -> list[Path]:
    """Texts that an editor may have left."""
    found = (path for path in Path(folder.path).glob("*.md") if not folder.problem(path.name))
    return sorted(found, key=lambda path: path.stat().st_mtime)


def _is_free(folder: Folder) -> bool:
    try:
        flock.hold(folder.path, folder, timeout=0).release()
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
            os.mkdir(folder.path, 0o700)  # noqa: PTH102  paths are text here
        except FileExistsError:
            number += 1
        else:
            return folder
