"""The one way of every command that writes: locks, a plan, the disk or a look at it, the report.

A job says what is to change and what is told of it; the driver decides when. While the locks are
held everything is read and chosen anew, so that nobody else writes between the reading and the
writing. A person who is asked meanwhile keeps nobody waiting: the locks are taken after the last
answer, and what changed since is a conflict.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from qtauthor import exit_codes
from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.state import State
from qtauthor.content.site import Site

if TYPE_CHECKING:  # nothing of the sinks is loaded by those who only read
    from qtauthor.cli.running.delivery import SiteChanges
    from qtauthor.sinks.commit import Commit


class Job(ABC):
    """What one command is to change. ``plans`` are the change sets that are still to be written."""

    asks = False
    """Whether a person says which of the changes are wanted, between planning and writing."""

    are_sites = True
    """Whether all ``sites`` are such, though one may have no article yet; else a file may stand
    alone, and its folder is locked."""

    def __init__(self, state: State, sink: Sink, sites: Sequence[Site]) -> None:
        self.state = state
        self.sink = sink
        self.sites = sites
        self.plans: Sequence[SiteChanges] = ()

    @abstractmethod
    def plan(self, commit: Commit | None) -> None:
        """Read, choose, and work out the change, which may be written by ``commit`` at once.

        Without one nothing is to be written now.
        """

    def ask(self) -> None:
        """Keep what is wanted of the change, and only the sites of that in ``sites``."""
        raise AssertionError(f"{type(self).__name__} asks nothing")

    def deliver(self, commit: Commit | None) -> None:
        """Write the change, or without ``commit`` only see whether it could be written."""
        from qtauthor.cli.running import delivery

        if commit is None:
            delivery.check(self.plans)
        elif self.plans:
            allow_dirty = self.sink.allow_dirty
            delivery.write(self.state, commit, self.plans, allow_dirty=allow_dirty)

    @abstractmethod
    def tell(self) -> None:
        """Print what was done, or would be."""

    @property
    @abstractmethod
    def changes(self) -> bool:
        """Whether there is anything to change."""

    @property
    def is_partial(self) -> bool:
        """Whether something was asked for and left, for reasons that are told."""
        return False


def run(job: Job) -> int:
    """Do a job, or show what it would do. Gives the exit code."""
    carry_out(job)
    job.tell()
    would = job.changes and not job.sink.writes
    return exit_codes.of(findings=job.is_partial or would)


def carry_out(job: Job) -> None:
    """Plan and deliver, without a word. Raises what the job does, and what a transaction raises."""
    with nullcontext() if job.asks else _held(job) as commit:
        for site in job.sites:
            site.refresh()  # others may have written while the lock was theirs
        job.plan(commit)
        if not job.asks:
            job.deliver(commit)
            return
    job.ask()
    with _held(job) as commit:  # what was seen is written, or it has changed since
        job.deliver(commit)


def _held(job: Job) -> AbstractContextManager[Commit | None]:
    if not job.sink.writes or not job.sites:
        return nullcontext()
    from qtauthor.cli.running import delivery

    sites = {site.root: site for site in job.sites}
    return delivery.held([*sites.values()], are_sites=job.are_sites)
