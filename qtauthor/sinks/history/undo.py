"""Undo and redo: which changes to take back or make again, and whether that is still possible.

An undo is the inverse of what was done, through the same proof and the same transaction. Each step
is one transaction, but all steps are looked at before the first is made.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qtauthor.changes.change import Change, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, Place, SiteError
from qtauthor.sinks import outcome, syscalls
from qtauthor.sinks.history import stored_entries
from qtauthor.sinks.history.stored_entries import HistoryEntry
from qtauthor.sinks.real_paths import Places
from qtauthor.sinks.transaction.journal import JournalHeader
from qtauthor.sinks.transaction.stage import Tick, WriteOrder
from qtauthor.sinks.transaction.transaction import commit_all
from qtauthor.text.plural import agreeing, counted


class UndoStep(NamedTuple):
    """One change to take back or to make again.

    The files in ``left`` stay as they are: those that were ``edited`` since, and those whose name
    such a file has.
    """

    entry: HistoryEntry
    header: JournalHeader
    changes: ChangeSet
    left: tuple[str, ...]
    edited: tuple[str, ...]


def plan(root: Path, count: int, *, redo: bool, force: bool) -> list[UndoStep]:
    """The next ``count`` steps. With ``force``, files that were edited since are left out.

    Raises ``SiteError``: ``nothing-to-undo``, ``changed-since`` with all files that were edited,
    ``damaged-journal``.
    """
    found = [entry for entry in stored_entries.entries(root) if entry.undone is redo]
    chosen = found[:count] if redo else found[::-1][:count]
    if len(chosen) < count:
        raise _too_few(len(chosen), redo=redo)
    now = _Now(Places(root))
    steps = [_step(entry, now, redo=redo) for entry in chosen]
    edited = list(dict.fromkeys(path for step in steps for path in step.edited))
    if edited and not (force and all(step.changes for step in steps)):
        raise _edited(edited)
    return steps


def make(root: Path, steps: list[UndoStep], keep: str = "", tick: Tick | None = None) -> None:
    """Make the steps, one after the other; the lock is held. Raises as a transaction does."""
    made = 0
    try:
        for step in steps:
            commit_all([_order(root, step, keep)], tick)
            made += 1
    except BaseException as error:
        if not made:
            raise
        raise outcome.after(error, _so_far(made, steps)) from error


def _order(root: Path, step: UndoStep, keep: str) -> WriteOrder:
    entry, header, changes, left, _ = step
    return WriteOrder(
        root,
        changes,
        header.label,
        header.time,
        keep,
        filing=stored_entries.filing_of(entry, whole=not left),
        emptied=() if entry.undone else entry.made(),
        readable=False,
        inverse=not entry.undone,
    )


def _so_far(made: int, steps: list[UndoStep]) -> str:
    what = "made again" if steps[0].entry.undone else "undone"
    return f"{made} of {len(steps)} changes {agreeing(made, 'was', 'were')} {what}"


class _Now:
    """What the files are, and are to be after the steps so far: their digests."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._known: dict[str, str | None] = {}

    def __getitem__(self, path: str) -> str | None:
        if path not in self._known:
            self._known[path] = self._on_disk(path)
        return self._known[path]

    def __setitem__(self, path: str, state: str | None) -> None:
        self._known[path] = state

    def _on_disk(self, path: str) -> str | None:
        try:
            target, status = self._places.found(path)
            return digest(syscalls.read(target, status.st_size))
        except (SiteError, OSError):  # it is no file, or none that can be read
            return None


def _step(entry: HistoryEntry, now: _Now, *, redo: bool) -> UndoStep:
    all_ = entry.changes() if redo else entry.changes().invert()
    possible = _possible(all_.changes, now)
    edited = _paths_without(all_.changes, possible)
    while (fewer := _possible(possible, now)) != possible:
        possible = fewer
    for change in possible:
        if change.leaves is not None:
            now[change.leaves] = None
    for change in possible:
        if change.target is not None:
            now[change.target] = change.digests()[1]
    left = _paths_without(all_.changes, possible)
    return UndoStep(entry, entry.header, ChangeSet(possible), left, edited)


def _paths_without(all_: tuple[Change, ...], some: tuple[Change, ...]) -> tuple[str, ...]:
    kept = {change.path for change in some}
    return tuple(change.path for change in all_ if change.path not in kept)


def _possible(changes: tuple[Change, ...], now: _Now) -> tuple[Change, ...]:
    """Those of ``changes`` that can be made if all of them are."""
    leaving = set(ChangeSet(changes).departures)
    return tuple(change for change in changes if _is_possible(change, now, leaving))


def _is_possible(change: Change, now: _Now, leaving: set[str]) -> bool:
    """Whether the file is what the change was made on, and its new name is free."""
    if change.origin is not None and now[change.origin] != change.digests()[0]:
        return False
    return change.arrives is None or change.arrives in leaving or now[change.arrives] is None


def _edited(paths: list[str]) -> SiteError:
    several = len(paths) > 1
    return SiteError(
        Code.CHANGED_SINCE,
        f"{len(paths)} files were edited since: {', '.join(paths)}"
        if several
        else "the file was edited since",
        where=Place(None if several else paths[0]),
        remedy="nothing was written; --force-unchanged leaves them as they are and does the rest",
    )


def _too_few(count: int, *, redo: bool) -> SiteError:
    what = "made again" if redo else "undone"
    return SiteError(
        Code.NOTHING_TO_UNDO,
        f"only {counted(count, 'change')} can be {what}" if count else f"nothing can be {what}",
        remedy="nothing was written; qtauthor log shows what was done",
    )
