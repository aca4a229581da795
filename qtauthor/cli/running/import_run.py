"""An import on its way to the disk: each article is made ready as soon as it is made.

No more than a few records are in memory at a time. The lock is held all the while, and nothing is
in place until all is ready.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any, NamedTuple, TypeAlias

import msgspec

from qtauthor.changes.change import Change, Create, Modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.output import change_diff, site_report
from qtauthor.cli.output.progress import Progress
from qtauthor.cli.output.site_report import SiteReport
from qtauthor.cli.running import delivery, driver, rejects, taken_ids
from qtauthor.cli.running.rejects import Rejects
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, RequestError
from qtauthor.operations import process_pool
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.records import import_batch
from qtauthor.operations.records.article_changes import ArticleOrder, Making
from qtauthor.operations.records.import_batch import Importing, ImportRequest
from qtauthor.operations.records.placement_table import Became
from qtauthor.operations.records.spool import Spool
from qtauthor.operations.summary import Summary, summarise
from qtauthor.sinks.commit import Commit
from qtauthor.sinks.transaction.prepare import Preparer, Ready

_SHOWN = 50
"""Notices that are printed one by one; of more only their number is told."""

_WORTH_IT = 200
"""Records from which on a second process is faster than its own start."""

_CHECKED = 200
"""New articles that a dry run looks at together."""

MadeArticle: TypeAlias = tuple[Create | Modify, Ready] | QtauthorError | None


class Writing(NamedTuple):
    """The work of making articles that are to be written; their contents stay in its process."""

    making: Making
    preparer: Preparer

    def __call__(self, site: Site, number: int, order: ArticleOrder, /) -> MadeArticle:
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


class Import(driver.Job):
    """One run of ``qtauthor import``; bad records go into ``rejected``, or nothing is imported."""

    def __init__(
        self,
        state: State,
        sink: Sink,
        spool: Spool,
        request: ImportRequest,
        rejected: Rejects | None,
        *,
        all_refs: bool,
    ) -> None:
        self.site = state.site()
        super().__init__(state, sink, [self.site])
        self.spool = spool
        self.request = request
        self.rejected = rejected
        self.all_refs = all_refs
        self.jobs = process_pool.jobs_for(spool.count, _WORTH_IT)
        self.made: list[Change] = []
        self.summary = Summary(0, 0, 0, 0, 0)
        self.diff = b""

    def plan(self, commit: Commit | None) -> None:
        """Raises ``RequestError`` with ``bad-batch``."""
        taken = tuple(taken_ids.taken(self.site, self.state.console, all_refs=self.all_refs))
        self.request = self.request._replace(taken=taken)
        if self.rejected is not None:
            self._reject(self.rejected)
        self.planned = Importing(self.site, self.spool, self.request)
        if commit is not None:
            self._write(self.planned, commit)
        else:
            self._try(self.planned)

    @property
    def changes(self) -> bool:
        return bool(self.made)

    @property
    def is_partial(self) -> bool:
        return bool(self.request.without)

    def _write(self, planned: Importing, commit: Commit) -> None:
        def feed(preparer: Preparer) -> Generator[Ready, None, None]:
            yield from self._feed(planned, preparer)

        dirty = self.sink.allow_dirty
        delivery.stream(self.state, commit, self.site, feed, allow_dirty=dirty, jobs=self.jobs)

    def _feed(self, planned: Importing, preparer: Preparer) -> Iterator[Ready]:
        made = preparer.expect_new(item.path for item in planned.wanted if not item.exists)
        preparer.expect(item.path for item in planned.wanted if item.exists)
        work = Writing(planned.making(), preparer)
        jobs = self.jobs if process_pool.FORKS else 1  # a preparer cannot be sent to a process
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
            self.diff = change_diff.of_site(self.site, ChangeSet(tuple(whole)))

    def _count(self, change: Change) -> None:
        """Add to the summary, and keep what is told of a change but none of its text."""
        one = summarise(self.site, ChangeSet((change,)))
        self.summary = Summary(*map(sum, zip(self.summary, one, strict=True)))
        if isinstance(change, Create):
            change = Create(change.path, b"")
        elif isinstance(change, Modify):
            change = msgspec.structs.replace(change, edits=(), before="", after="")
        if self.sink.as_format == "json" or not self.made:  # else it tells that there are some
            self.made.append(change)

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

    def tell(self) -> None:
        planned, bad = self.planned, sorted(self.request.without)
        if self.rejected is not None and self.sink.writes:
            self.rejected.write(self.spool, planned, bad)
        self.made.sort(key=lambda change: change.path)
        outcome = Outcome(ChangeSet(tuple(self.made)), _few(tuple(planned.notices)))
        members: dict[str, Any] = {}
        if self.sink.as_format == "json":
            became: tuple[Became, ...] = ("created", "updated", "skipped")
            members = {one: planned.paths(one) for one in became}
        if bad:
            told = f"{len(bad)} of {self.spool.count} records were left out"
            self.state.console.note(told)
        rest = {"rejected": bad} if bad else {}
        report = SiteReport(outcome, self.summary, self.diff, {**members, **rest})
        site_report.tell(self.state, report, self.sink)


def _few(notices: tuple[str, ...]) -> tuple[str, ...]:
    more = len(notices) - _SHOWN
    return (*notices[:_SHOWN], f"and {more} more of the kind") if more > 0 else notices
