"""Fixes on their way from findings to the disk or to a diff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from qtauthor.changes.change import apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli import delivery, operating, piped
from qtauthor.cli.checking.report import repair
from qtauthor.cli.checking.running import Findings
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.operations.fix import Fixed, fix_all
from qtauthor.rules.checker import Checker
from qtauthor.rules.finding import Finding

if TYPE_CHECKING:
    from qtauthor.cli.checking.task import Task
    from qtauthor.sinks.commit import Commit


def fixed(task: Task, checker: Checker, found: Findings) -> Fixed:
    """What the fixes make of what was found."""
    taken = operating.taken(task.site)
    return fix_all(task.site, task.paths, checker, unsafe=task.unsafe, taken=taken, found=found)


def deliver(state: State, task: Task, commit: Commit | None, changes: ChangeSet) -> None:
    """Write the changes by ``commit``, or only see whether they could be written."""
    if task.stdin is not None:
        change, data = piped.alone(changes, task.stdin), task.site.source.read(task.stdin.path)
        if task.writes:
            state.console.raw(apply(data, change.edits) if change else data)
        return
    plans = [(task.site, changes)]
    if commit is not None:
        delivery.write(state, commit, plans, allow_dirty=task.allow_dirty)
    else:
        delivery.check(plans)


def diff(site: Site, changes: ChangeSet) -> bytes:
    """The changes as git writes them."""
    from qtauthor.sinks.diff import unified
    from qtauthor.sinks.git.checkout import git_prefix

    return b"".join(unified(changes, site.source.read, prefix=git_prefix(site.root)))


def as_found(left: Iterable[Finding], found: Findings) -> Iterator[Finding]:
    """What is left, at the places where it stands as long as nothing is written."""
    first = {finding.key: finding for findings in found.values() for finding in findings}
    for finding in left:
        yield first.get(finding.key, finding)


def originals(site: Site, result: Fixed) -> dict[str, bytes]:
    """The files that are mended as a whole, as they were."""
    return {
        finding.path: site.source.read(finding.path)
        for finding in result.fixed
        if repair(finding) is not None
    }


def reader(
    task: Task, result: Fixed, found: Findings, broken: Mapping[str, bytes]
) -> Callable[[Finding], bytes]:
    """The file in which a finding stands where it says so."""
    first = {id(finding) for findings in found.values() for finding in findings}

    def data(finding: Finding) -> bytes:
        if repair(finding) is not None and finding.path in broken:
            return broken[finding.path]
        new = None
        fresh = task.stdin is not None if task.writes else id(finding) not in first
        if fresh:
            new = result.texts.get(finding.path)
        return task.site.source.read(finding.path) if new is None else new

    return data
