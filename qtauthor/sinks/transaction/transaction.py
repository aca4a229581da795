"""Write change sets: every file whole, all of them or none, whatever fails in between.

1. *Prepare*: each change is checked and proven; its record goes into the journal and its new
   content beside its file, under a temporary name. Both are synced. A full disk shows here.
2. *Commit*: the journal gets its name. From here on a crash is mended by going on.
3. *Apply*: what leaves is set aside, new contents are renamed into place, each only if its file is
   still the one that was read. What fails here is taken back, by what the journal has.
4. *Finish*: the change is noted in the history, and the journal goes.

A file is replaced, not written into: it keeps its mode, its attributes and (where the system allows
it) its owner, and a symbolic link to it stays one. Another hard link to it keeps the old text.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import changed_since
from qtauthor.errors import QtauthorError
from qtauthor.files import presence
from qtauthor.sinks import outcome, syscalls, write_errors
from qtauthor.sinks.history import stored_entries
from qtauthor.sinks.outcome import TransactionState, WriteOutcome
from qtauthor.sinks.transaction import folders, parallel_placement, recovery
from qtauthor.sinks.transaction.prepare import FileMark, Replaced, mark
from qtauthor.sinks.transaction.stage import Staging, Tick, WriteOrder

_PATIENCE = 9
"""Interrupts that come one upon the other while something is ended, and do not stop that."""


def commit(
    root: Path,
    changes: ChangeSet,
    *,
    label: str,
    time: datetime.datetime,
    keep: str = "",
    tick: Tick | None = None,
) -> None:
    """Write ``changes`` in the site at ``root``, whose lock is held, and note them in its history.

    ``label`` is the command in words, ``keep`` the folder of the articles. Raises what
    ``preflight`` raises, and ``SiteError`` with ``cannot-write``, ``changed-since``,
    ``file-exists``; the remedy says what was written: mostly nothing. So does an
    ``outcome.Interrupted``.
    """
    commit_all([WriteOrder(root, changes, label, time, keep)], tick)


def commit_all(orders: Sequence[WriteOrder], tick: Tick | None = None) -> None:
    """Write the changes of several sites, all or none. Raises as ``commit`` does.

    A crash leaves each site all old or all new, and may leave them on different sides.
    """
    begun: list[_Transaction] = []
    try:
        _make(orders, begun, tick or _no_tick)
    except BaseException as error:
        raised = _taken_back(begun, error)
        if raised is error:
            raise
        raise raised from error
    _end(begun)


def _make(orders: Sequence[WriteOrder], begun: list[_Transaction], tick: Tick) -> None:
    for order in orders:
        if order.changes or order.feed:
            begun.append(_Transaction(order, tick))
            begun[-1].staging.prepare()
    empty = [one for one in begun if one.staging.is_empty]
    for one in empty:
        one.discard()
        begun.remove(one)
    for step in (_Transaction.commit, _Transaction.apply, _Transaction.finish):
        for one in begun:
            step(one)


def _taken_back(begun: list[_Transaction], cause: BaseException) -> BaseException:
    """Take all of it back, as far as that can be done now. Gives what is to be raised."""
    known: dict[int, WriteOutcome] = {}
    for _ in range(_PATIENCE):
        try:
            for number in reversed(range(len(begun))):
                if number not in known:
                    known[number] = begun[number].take_back()
            return outcome.failed(cause, [known[number] for number in range(len(begun))])
        except KeyboardInterrupt:
            continue
    rest = [known.get(number) or one.unknown() for number, one in enumerate(begun)]
    return outcome.failed(cause, rest)


def _end(begun: list[_Transaction]) -> None:
    """Let the journals go. The change is made, whatever happens now: the next run goes on."""
    for _ in range(_PATIENCE):
        try:
            for one in begun:
                one.end()
        except KeyboardInterrupt:
            continue
        return


class _Transaction:
    """What is ready, on its way to the disk."""

    def __init__(self, order: WriteOrder, tick: Tick) -> None:
        self.staging = Staging(order, tick)
        self.home = self.staging.home
        self.filing = self.staging.header.filing
        self.path = self.staging.path

    def discard(self) -> None:
        """End it where nothing came of it."""
        self.staging.close()
        recovery.recover(self.staging.order.root, self.home)

    def commit(self) -> None:
        """Give the journal its name."""
        try:
            syscalls.rename(self.home.part, self.home.forward)
            syscalls.sync_folder(os.path.dirname(self.home.forward))  # noqa: PTH120  paths are text here
        except OSError as error:
            raise write_errors.cannot_write(self.path, error) from error

    def apply(self) -> None:
        """Put everything in place."""
        try:
            self._set_aside()
            self._replace()
            self._arrive()
            folders.sync(self.staging.folders | folders.above(self.staging.made))
        except OSError as error:
            raise write_errors.cannot_write(self.path, error) from error

    def _set_aside(self) -> None:
        for item in self.staging.leaving:
            self.path = item.path
            self._check(item.target, item.mark)
            syscalls.rename(item.target, item.aside)

    def _replace(self) -> None:
        parallel_placement.put_all(
            self.staging.replaced, self._replace_one, self.staging.order.jobs
        )

    def _replace_one(self, item: Replaced) -> None:
        self.path = item.path
        self._check(item.target, item.mark)
        syscalls.rename(item.fresh, item.target)
        self.staging.tick()

    def _arrive(self) -> None:
        for item in self.staging.arriving:
            self.path = item.path
            self._put_new(item.fresh, item.target)
            self.staging.tick()
        self.staging.arriving.close()

    def _check(self, target: str, known: FileMark) -> None:
        try:
            status = os.lstat(target)
        except FileNotFoundError:
            raise changed_since(self.path) from None
        if mark(status) != known:
            raise changed_since(self.path)

    def _put_new(self, fresh: str, target: str) -> None:
        """Name a new file, never over one that came in between."""
        try:
            syscalls.link(fresh, target)
        except FileExistsError:
            raise write_errors.exists(self.path) from None
        except OSError as error:
            if error.errno not in syscalls.NO_LINKS or presence.is_there(target):
                raise
            syscalls.rename(fresh, target)
        else:
            syscalls.unlink(fresh)

    def finish(self) -> None:
        """Remove what is left over, and note the change in the history: then it is made."""
        left: set[str] = set()
        try:
            for item in self.staging.leaving:
                self.path = item.path
                syscalls.unlink(item.aside)
                left.add(os.path.dirname(item.target))  # noqa: PTH120  paths are text here
            recovery.remove_emptied(self.staging.header, left, self.staging.places)
            folders.sync(left | folders.above(left))  # the journal is not to go before those names
            recovery.file(self.home, self.filing)
        except OSError as error:
            raise write_errors.cannot_write(self.path, error) from error

    def end(self) -> None:
        """Let the journal go, and the oldest of the history."""
        with suppress(OSError, QtauthorError):
            recovery.end(self.home, self.filing)
            if self.home.history:
                stored_entries.prune(self.home.history)

    def take_back(self) -> WriteOutcome:
        """Bring everything back to what it was, if that can be done now; else the next run ends
        the change, on the side that the journal's name tells."""
        root = self.staging.order.root
        try:
            self.staging.close()
            if outcome.pending(self.home) is TransactionState.UNKNOWN:
                return self.unknown()
            if outcome.pending(self.home) is TransactionState.FORWARD:
                syscalls.rename(self.home.forward, self.home.back)
                syscalls.sync_folder(os.path.dirname(self.home.back))  # noqa: PTH120  paths are text here
            found = recovery.recover(root, self.home)
        except (OSError, QtauthorError) as error:
            return outcome.look(root, self.home, error.__cause__ or error)
        if found and found.how == "damaged":
            return self.unknown(TransactionState.DAMAGED)
        if outcome.pending(self.home) is not TransactionState.OLD:
            return outcome.look(root, self.home)
        return WriteOutcome(
            root, self.home, TransactionState.OLD, 0, left=found.left if found else ()
        )

    def unknown(self, state: TransactionState = TransactionState.UNKNOWN) -> WriteOutcome:
        """What is said where nobody could look."""
        return WriteOutcome(self.staging.order.root, self.home, state)


def _no_tick() -> None:
    pass
