"""Fixes on their way from findings to the disk or to a diff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from qtauthor.cli.checking.report import repair
from qtauthor.cli.checking.running import Findings
from qtauthor.cli.running.taken_ids import taken
from qtauthor.content.site import Site
from qtauthor.operations.fixing.fix_all import Fixed, fix_all
from qtauthor.rules.checker import Checker
from qtauthor.rules.finding import Finding

if TYPE_CHECKING:
    from qtauthor.cli.checking.task import Task


def fixed(task: Task, checker: Checker, found: Findings) -> Fixed:
    """What the fixes make of what was found."""
    ids = taken(task.site)
    return fix_all(task.site, task.paths, checker, unsafe=task.unsafe, taken=ids, found=found)


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
