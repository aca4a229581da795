"""Commands over a site: one operation, whose outcome may change any of its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.output import change_diff, site_report
from qtauthor.cli.output.site_report import SiteReport
from qtauthor.cli.running import driver
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.summary import summarise

if TYPE_CHECKING:
    from qtauthor.sinks.commit import Commit

Operation = Callable[[Site], Outcome]
"""From the site, as it is while its lock is held, to what is to change."""


def run(state: State, operation: Operation, sink: Sink, **members: Any) -> int:
    """Do what an operation plans, or show it. Gives the exit code.

    ``members`` are added to the JSON form; a function among them is called when the operation is
    done.
    """
    return driver.run(_SiteOperation(state, sink, operation, members))


class _SiteOperation(driver.Job):
    report: SiteReport

    def __init__(
        self, state: State, sink: Sink, operation: Operation, members: dict[str, Any]
    ) -> None:
        self.site = state.site()
        super().__init__(state, sink, [self.site])
        self.operation = operation
        self.members = members

    def plan(self, commit: Commit | None) -> None:
        outcome = self.operation(self.site)
        changes = outcome.changes
        # Both compare with the files as they still are.
        diff = change_diff.of_site(self.site, changes) if self.sink.as_diff else b""
        self.report = SiteReport(outcome, summarise(self.site, changes), diff)
        self.plans = [(self.site, changes)]

    def tell(self) -> None:
        more = {name: one() if callable(one) else one for name, one in self.members.items()}
        site_report.tell(self.state, self.report._replace(members=more), self.sink)

    @property
    def changes(self) -> bool:
        return bool(self.report.outcome.changes)
