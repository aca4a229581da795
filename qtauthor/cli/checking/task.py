"""One run of `qtauthor check`: what was asked, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.checking import baseline, running
from qtauthor.cli.checking.baseline import FindingKey, KnownFindings
from qtauthor.cli.checking.report import Report
from qtauthor.cli.checking.running import Findings
from qtauthor.cli.output import change_diff
from qtauthor.cli.output.listing import namer
from qtauthor.cli.output.progress import Progress
from qtauthor.cli.running import driver, standard_input
from qtauthor.cli.state import State, Target
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.finding import Finding
from qtauthor.rules.rule_selection import Chosen

if TYPE_CHECKING:  # only who fixes loads these
    from qtauthor.operations.fixing.fix_all import Fixed
    from qtauthor.sinks.commit import Commit


class Task(NamedTuple):
    """What to check: ``paths``, which may be the ``whole`` site, with which rules and baseline.

    ``fixing`` wants fixes, ``unsafe`` all of them; they are written unless it is ``trying``.
    ``stdin`` is the only article if it is standard input: then its text goes to standard output.
    """

    site: Site
    paths: Sequence[str]
    whole: bool
    chosen: Chosen
    known: dict[FindingKey, KnownFindings]
    fixing: bool = False
    unsafe: bool = False
    trying: bool = False
    as_diff: bool = False
    allow_dirty: bool = False
    stdin: Target | None = None

    @property
    def writes(self) -> bool:
        return self.fixing and not self.trying


def run(
    state: State, task: Task, choose: Callable[[], Sequence[str]]
) -> tuple[Report, tuple[Finding, ...]]:
    """Check, and fix if that is wanted. Gives the report, and what is left with what is known.

    The paths are chosen when nobody else writes any more, if fixes are written.
    """
    job = _Check(state, task, choose)
    driver.carry_out(job)
    return job.report()


class _Check(driver.Job):
    """Checks, and delivers fixes; what is told of it is a report of its own."""

    found: Findings
    fixed: Fixed
    diff: bytes | None = None
    originals: Mapping[str, bytes] = {}
    listed: Sequence[Finding] = ()

    def __init__(self, state: State, task: Task, choose: Callable[[], Sequence[str]]) -> None:
        trying = not task.writes
        sink = Sink(trying, task.as_diff, "text", allow_dirty=task.allow_dirty)
        super().__init__(state, sink, [task.site] if task.stdin is None else ())
        self.task = task
        self.choose = choose

    def plan(self, commit: Commit | None) -> None:
        task = self.task = self.task._replace(paths=self.choose())
        checker = _checker(task)
        progress = Progress(self.state.console, "checking articles")
        self.found = running.check(checker, task.paths, progress)
        self.listed = checker.check_redirects() if task.whole else ()
        if task.fixing:
            self._fix(checker)

    def _fix(self, checker: Checker) -> None:
        from qtauthor.cli.checking import fixing

        task = self.task
        self.fixed = fixing.fixed(task, checker, self.found)
        changes = self.fixed.changes
        self.diff = change_diff.of_site(task.site, changes) if task.as_diff else None
        self.originals = fixing.originals(task.site, self.fixed)
        self.plans = [(task.site, changes)]

    def deliver(self, commit: Commit | None) -> None:
        task = self.task
        if task.stdin is not None and task.fixing:
            change = standard_input.alone(self.fixed.changes, task.stdin)
            if task.writes:
                data = task.site.source.read(task.stdin.path)
                standard_input.put_out(self.state, data, change)
        elif self.plans:
            super().deliver(commit)
        if task.writes and task.whole:
            task.site.refresh()
            self.listed = _checker(task).check_redirects()

    def tell(self) -> None:
        pass

    @property
    def changes(self) -> bool:
        return bool(self.plans)

    def report(self) -> tuple[Report, tuple[Finding, ...]]:
        """The report, and all that is left."""
        task, found = self.task, self.found
        if not task.fixing:
            left = (*(finding for path in found for finding in found[path]), *self.listed)
            return _report(task, left), left
        from qtauthor.cli.checking import fixing

        fixed = self.fixed
        left = fixed.left if task.writes else tuple(fixing.as_found(fixed.left, found))
        left = (*left, *self.listed)
        report = _report(task, left)._replace(
            data=fixing.reader(task, fixed, found, self.originals),
            fixed=fixed.fixed,
            rewired=fixed.rewired,
            changed=len(fixed.changes.changes),
            written=task.writes,
            diff=b"" if task.stdin is not None and task.writes else self.diff,
        )
        return report, left


def _checker(task: Task) -> Checker:
    from qtauthor import clock

    today = clock.today()
    around = context(task.site, len(task.paths), today, task.chosen.limits)
    return Checker(around, task.chosen.rules, task.chosen.ignored)


def _report(task: Task, left: tuple[Finding, ...]) -> Report:
    site = task.site
    new = baseline.new(left, task.known) if task.known else left
    stale: tuple[KnownFindings, ...] = ()
    if task.known:
        rules = {rule.code for rule in task.chosen.rules}
        checked = None if task.whole else set(task.paths)
        stale = baseline.stale(left, task.known, site=site, checked=checked, rules=rules)
    return Report(
        findings=new,
        checked=len(task.paths),
        called=namer(site.root) if task.stdin is None else _as_given(task.stdin),
        data=lambda finding: _shown(site, finding.path),
        known=len(left) - len(new),
        stale=stale,
    )


def _shown(site: Site, path: str) -> bytes:
    """The file that a finding is in; of one that cannot be read there is nothing to show."""
    try:
        return site.source.read(path)
    except QtauthorError:
        return b""


def _as_given(target: Target) -> Callable[[str], str]:
    """How paths are called: standard input as it was named."""
    called = namer(target.site.root)
    return lambda path: target.name if path == target.path else called(path)
