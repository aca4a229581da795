"""The one way to the disk: the locks of the sites, the question to git, the transaction.

Whoever writes states what is to become of files with changes that no commit has.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from qtauthor.changes.changeset import ChangeSet
from qtauthor.sinks.git import dirty, sparse
from qtauthor.sinks.history import undo
from qtauthor.sinks.history.undo import UndoStep
from qtauthor.sinks.locks import site_lock
from qtauthor.sinks.transaction import transaction
from qtauthor.sinks.transaction.prepare import Arriving, Preparer, Ready
from qtauthor.sinks.transaction.recovery import Recovered
from qtauthor.sinks.transaction.stage import Feed, Tick, WriteOrder


class Uncommitted(NamedTuple):
    """What becomes of files with uncommitted changes: with ``refuses`` nothing is written.

    A user's ``own`` files are written over all the same: those that lie open before them, saved.
    ``formerly`` has the names that files had before the user gave them those of now.
    """

    refuses: bool
    own: Collection[str] = ()
    formerly: Mapping[str, str] = {}

    def ask(self, root: Path, paths: Sequence[str]) -> None:
        """Raise ``SiteError``: ``uncommitted-changes``, ``git-unknown``."""
        if self.refuses:
            dirty.refuse_uncommitted(root, paths, own=self.own, formerly=self.formerly)


REFUSE = Uncommitted(refuses=True)
ALLOW = Uncommitted(refuses=False)


class Commit:
    """Writes to sites whose locks are held, and to folders that are no sites."""

    def __init__(self, locked: frozenset[Path]) -> None:
        self._held = locked

    def write(
        self, orders: Sequence[WriteOrder], uncommitted: Uncommitted, tick: Tick | None = None
    ) -> None:
        """Write the changes of several folders, all or none.

        Raises what a transaction raises, and ``SiteError``: ``uncommitted-changes``,
        ``git-unknown``, ``not-checked-out``. Then nothing has changed.
        """
        for order in orders:
            self._require(order.root, is_site=order.is_site)
            sparse.refuse_arrivals(order.root, list(order.changes.arrivals))
            uncommitted.ask(order.root, _there(order.changes))
        asking = [
            order._replace(feed=_asking(order.root, order.feed, uncommitted))
            if order.feed
            else order
            for order in orders
        ]
        transaction.commit_all(asking, tick)

    def rewind(self, root: Path, steps: list[UndoStep], keep: str) -> None:
        """Take steps of the history back, or make them again, one after the other.

        Git is not asked: they change only what qtauthor wrote last. Raises as a transaction does.
        """
        self._require(root, is_site=True)
        undo.make(root, steps, keep)

    def _require(self, root: Path, *, is_site: bool) -> None:
        if is_site and root not in self._held:
            raise AssertionError(f"the lock of {root} is not held")


@contextmanager
def held(*roots: Path) -> Iterator[Commit]:
    """Hold the locks of these sites. Changes that earlier runs had begun are ended first.

    Raises what ``site_lock.locked`` raises.
    """
    with ExitStack() as locks:
        # In one order for all, so that no two wait for each other.
        for root in sorted(set(roots)):
            locks.enter_context(site_lock.locked(root))
        yield Commit(frozenset(roots))


def ended(root: Path) -> Recovered | None:
    """End a change that an earlier run had begun, if nobody is at work; what became of it.

    Raises what ``site_lock.locked`` raises.
    """
    with site_lock.locked(root, timeout=0) as found:
        return found


def write(
    root: Path,
    changes: ChangeSet,
    *,
    label: str,
    time: datetime.datetime,
    keep: str,
    uncommitted: Uncommitted,
) -> None:
    """Write a change set that is worked out already in the site at ``root``. Raises as above."""
    with held(root) as commit:
        commit.write([WriteOrder(root, changes, label, time, keep)], uncommitted)


def _there(changes: ChangeSet) -> list[str]:
    """The files that a change set finds on the disk."""
    return list(changes.origins)


def _asking(root: Path, feed: Feed, uncommitted: Uncommitted) -> Feed:
    """The same changes; when all are ready, and none is in place, their files are asked for."""

    def asked(preparer: Preparer) -> Generator[Ready, None, None]:
        paths: list[str] = []
        new: list[str] = []
        with closing(feed(preparer)) as found:
            for ready in found:
                for item in ready.items:
                    (new if isinstance(item, Arriving) else paths).append(item.path)
                yield ready
        sparse.refuse_arrivals(root, new)
        uncommitted.ask(root, paths)

    return asked
