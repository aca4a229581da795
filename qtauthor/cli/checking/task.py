"""One run of `qtauthor check`: what was asked, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from qtauthor.cli.checking import baseline, running
from qtauthor.cli.checking.baseline import Key, Known
from qtauthor.cli.checking.report import Report
from qtauthor.cli.listing import namer
from qtauthor.cli.progress import Progress
from qtauthor.cli.state import State, Target
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.chosen import Chosen
from qtauthor.rules.finding import Finding

if TYPE_CHECKING:
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
    known: dict[Key, Known]
    fixing: bool = False
    unsafe: bool = False
    trying: bool = False
    as_diff: bool = False
    allow_dirty: bool = False
    stdin: Target | None = None

    @property
    def writes(self) -> bool:
        return self.fixing and not self.trying


def run(state: State, task: Task) -> tuple[Report, tuple[Finding, ...]]:
    """Check, and fix if that is wanted. Gives the report, and what is left with what is known."""
    from qtauthor.cli.checking import fixing

    site = task.site
    with _held(task) as commit:
        if task.writes:
            site.refresh()  # others may have written while the lock was theirs
        checker = _checker(task)
        progress = Progress(state.console, "checking articles")
        found = running.check(checker, task.paths, progress)
        listed = checker.check_redirects() if task.whole else []
        if not task.fixing:
            left = (*(finding for path in found for finding in found[path]), *listed)
            return _report(task, left), left
        fixed = fixing.fixed(task, checker, found)
        diff = fixing.diff(site, fixed.changes) if task.as_diff else None
        originals = fixing.originals(site, fixed)
        fixing.deliver(state, task, commit, fixed.changes)
        if task.writes and task.whole:
            site.refresh()
            listed = _checker(task).check_redirects()
    left = fixed.left if task.writes else tuple(fixing.as_found(fixed.left, found))
    left = (*left, *listed)
    report = _report(task, left)._replace(
        data=fixing.reader(task, fixed, found, originals),
        fixed=fixed.fixed,
        rewired=fixed.rewired,
        changed=len(fixed.changes.changes),
        written=task.writes,
        diff=b"" if task.stdin is not None and task.writes else diff,
    )
    return report, left


def _held(task: Task) -> AbstractContextManager[Commit | None]:
    if not task.writes or task.stdin is not None:
        return nullcontext()
    from qtauthor.sinks import commit

    return commit.held(task.site.root)


def _checker(task: Task) -> Checker:
    from qtauthor import clock

    today = clock.today()
    around = context(task.site, len(task.paths), today, task.chosen.limits)
    return Checker(around, task.chosen.rules, task.chosen.ignored)


def _report(task: Task, left: tuple[Finding, ...]) -> Report:
    site = task.site
    new = baseline.new(left, task.known) if task.known else left
    stale: tuple[Known, ...] = ()
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
