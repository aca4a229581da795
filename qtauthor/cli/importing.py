"""An import on its way to the disk: each article is made ready as soon as it is made.

No more than a few records are in memory at a time. The lock is held all the while, and nothing is
in place until all is ready.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterator
from contextlib import closing, nullcontext
from typing import Any, NamedTuple, TypeAlias

import msgspec

from qtauthor.changes.change import Change, Create, Modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli import delivery, operating, rejects
from qtauthor.cli.options import Sink
from qtauthor.cli.progress import Progress
from qtauthor.cli.rejects import Rejects
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, RequestError
from qtauthor.operations import bulk, import_batch
from qtauthor.operations.import_batch import Importing, Request
from qtauthor.operations.making import Making, Order
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.spool import Spool
from qtauthor.operations.summary import Summary, summarise
from qtauthor.sinks import commit
from qtauthor.sinks.commit import Commit
from qtauthor.sinks.preparing import Preparer, Ready

_SHOWN = 50
"""Notices that are printed one by one; of more only their number is told."""

_WORTH_IT = 200
"""Records from which on a second process is faster than its own start."""

_CHECKED = 200
"""New articles that a dry run looks at together."""

Made: TypeAlias = tuple[Create | Modify, Ready] | QtauthorError | None


class Writing(NamedTuple):
    """The work of making articles that are to be written; their contents stay in its process."""

    making: Making
    preparer: Preparer

    def __call__(self, site: Site, number: int, order: Order, /) -> Made:
        known = self.preparer.look(order.path) if order.is_there else None
        change: Create | Modify | None
        try:
            if order.is_there:
                article = site.parse(known.data) if known else site.article(order.path)
                change = self.making.update(site, order, article)
            else:
                change = Create(order.path, self.making.new(site, order.sheet))
        except QtauthorError as error:
            return error
        if isinstance(change, Create):
            ready = self.preparer.create(number, change)
            return Create(change.path, b""), ready
        return None if change is None else (change, self.preparer.modify(number, change, known))

    def flush(self) -> None:
        self.preparer.flush()


class Import:
    """One run of ``qtauthor import``."""

    def __init__(self, state: State, spool: Spool, request: Request, sink: Sink) -> None:
        self.state = state
        self.site = state.site()
        self.spool = spool
        self.request = request
        self.sink = sink
        self.jobs = bulk.jobs_for(spool.count, _WORTH_IT)
        self.changes: list[Change] = []
        self.summary = Summary(0, 0, 0, 0, 0)
        self.diff = b""

    def run(self, rejected: Rejects | None, *, all_refs: bool) -> int:
        """Do it, or show it. Gives the exit code. Raises ``RequestError`` with ``bad-batch``."""
        with commit.held(self.site.root) if self.sink.writes else nullcontext() as writing:
            self.site.refresh()  # others may have written while the lock was theirs
            taken = tuple(operating.taken(self.site, self.state.console, all_refs=all_refs))
            self.request = self.request._replace(taken=taken)
            if rejected is not None:
                self._reject(rejected)
            planned = Importing(self.site, self.spool, self.request)
            if writing is not None:
                self._write(planned, writing)
            else:
                self._try(planned)
        bad = sorted(self.request.without)
        if rejected is not None and self.sink.writes:
            rejected.write(self.spool, planned, bad)
        self._tell(planned, bad)
        return int(bool(bad)) if self.sink.writes else int(bool(self.changes or bad))

    def _write(self, planned: Importing, writing: Commit) -> None:
        def feed(preparer: Preparer) -> Generator[Ready, None, None]:
            yield from self._feed(planned, preparer)

        with bulk.no_collector():
            plans = [(self.site, ChangeSet())]
            dirty = self.sink.allow_dirty
            delivery.write(self.state, writing, plans, allow_dirty=dirty, feed=feed, jobs=self.jobs)
        self.state.written = bool(self.changes)

    def _feed(self, planned: Importing, preparer: Preparer) -> Iterator[Ready]:
        made = preparer.expect_new(item.path for item in planned.wanted if not item.exists)
        preparer.expect(item.path for item in planned.wanted if item.exists)
        work = Writing(planned.making(), preparer)
        jobs = self.jobs if bulk.FORKS else 1  # a preparer cannot be sent to a process
        with closing(planned.each(work, jobs, self._told())) as found:
            for change, ready in found:
                self._count(change)
                yield msgspec.structs.replace(ready, made=(*ready.made, *made)) if made else ready
                made = ()
        self._refuse(planned)
        listed = planned.redirects()
        for number, ready in enumerate(preparer.staged(listed, len(planned.wanted))):
            self._count(listed.changes[number])
            yield ready

    def _try(self, planned: Importing) -> None:
        """What would happen, without writing; only for a diff all of it is kept."""
        kept: list[Change] = []
        with closing(planned.each(planned.making(), self.jobs, self._told())) as found:
            for change in found:
                self._count(change)
                kept.append(change)
                if len(kept) >= _CHECKED and not self.sink.as_diff:
                    delivery.check([(self.site, ChangeSet(tuple(kept)))])
                    kept = []
        self._refuse(planned)
        listed = planned.redirects()
        for change in listed.changes:
            self._count(change)
        whole = sorted((*kept, *listed.changes), key=lambda change: change.path)
        delivery.check([(self.site, ChangeSet(tuple(whole)))])
        if self.sink.as_diff:
            self.diff = operating.diff_of(self.site, ChangeSet(tuple(whole)))

    def _count(self, change: Change) -> None:
        """Add to the summary, and keep what is told of a change but none of its text."""
        one = summarise(self.site, ChangeSet((change,)))
        self.summary = Summary(*map(sum, zip(self.summary, one, strict=True)))
        if isinstance(change, Create):
            change = Create(change.path, b"")
        elif isinstance(change, Modify):
            change = msgspec.structs.replace(change, edits=(), before="", after="")
        if self.sink.as_format == "json" or not self.changes:  # else it tells that there are some
            self.changes.append(change)

    def _refuse(self, planned: Importing) -> None:
        problems = planned.problems()
        if problems:
            for problem in problems:
                self.state.console.error(problem)
            raise RequestError(
                Code.BAD_BATCH,
                f"{len(planned.bad())} of {self.spool.count} records cannot be imported",
                remedy="nothing was written; mend these records and import the batch again, or "
                "let the others in with --rejects FILE",
            )

    def _reject(self, rejected: Rejects) -> None:
        """Find out which records have to stay out, and say why."""
        bad, problems = rejects.found(self.site, self.spool, self.request, self.jobs)
        self.request = self.request._replace(without=frozenset(bad), one_by_one=True)
        rejected.problems = problems
        for _, problem in problems:
            self.state.console.error(problem)

    def _told(self) -> import_batch.Told:
        return Progress(self.state.console, "making articles")

    def _tell(self, planned: Importing, bad: list[int]) -> None:
        notices = _few(tuple(planned.notices))
        self.changes.sort(key=lambda change: change.path)
        outcome = Outcome(ChangeSet(tuple(self.changes)), notices)
        members: dict[str, Any] = {
            "created": lambda: planned.paths("created"),
            "updated": lambda: planned.paths("updated"),
            "skipped": lambda: planned.paths("skipped"),
        }
        if bad:
            told = f"{len(bad)} of {self.spool.count} records were left out"
            self.state.console.note(told)
        rest = {"rejected": bad} if bad else {}
        operating.tell(self.state, outcome, self.summary, self.sink, self.diff, {**members, **rest})


def _few(notices: tuple[str, ...]) -> tuple[str, ...]:
    more = len(notices) - _SHOWN
    return (*notices[:_SHOWN], f"and {more} more of the kind") if more > 0 else notices


def today(given: datetime.datetime | None) -> datetime.date:
    """The date of records without one."""
    from qtauthor import clock

    return given.date() if given else clock.today()
