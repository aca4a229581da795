"""What a run of `qtauthor check` has to tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from qtauthor.cli.checking.baseline import KnownFindings
from qtauthor.rules import registry
from qtauthor.rules.finding import Finding
from qtauthor.rules.fix import Rewrite
from qtauthor.rules.rule import Rule

if TYPE_CHECKING:  # only who fixes loads the operations
    from qtauthor.operations.fixing.rounds import Rewired

_BREAK = re.compile(r"\r\n?|\n")


class Report(NamedTuple):
    """``findings`` are left, without those of the baseline, whose number is ``known``.

    ``fixed`` are gone, or would be if nothing was ``written``; ``diff`` is what that changes.
    ``called`` gives a path as one would type it here, ``data`` the file that a finding is of.
    """

    findings: tuple[Finding, ...]
    checked: int
    called: Callable[[str], str]
    data: Callable[[Finding], bytes]
    fixed: tuple[Finding, ...] = ()
    rewired: tuple[Rewired, ...] = ()
    changed: int = 0
    written: bool = False
    diff: bytes | None = None
    repairs: Mapping[str, bytes] = {}
    known: int = 0
    stale: tuple[KnownFindings, ...] = ()


class Count(NamedTuple):
    """How often a rule found something, and how often a fix of each safety is there."""

    rule: Rule
    total: int
    safe: int
    unsafe: int


def counts(findings: tuple[Finding, ...]) -> list[Count]:
    """By rule, the most frequent first."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    found = [
        Count(
            registry.BY_NAME[code],
            len(group),
            sum(f.fix is not None and f.fix.safe for f in group),
            sum(f.fix is not None and not f.fix.safe for f in group),
        )
        for code, group in by_rule.items()
    ]
    return sorted(found, key=lambda one: (-one.total, one.rule.code))


def by_article(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    """The findings of each article, in their order."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.path, []).append(finding)
    return found


@lru_cache(maxsize=2)
def lines(data: bytes) -> list[str]:
    """The lines of a file as findings count them."""
    return _BREAK.split(data.decode("utf-8", "replace").removeprefix("\ufeff"))


def repair(finding: Finding) -> bytes | None:
    """What mends the file as a whole, if that is the fix."""
    step = finding.fix.steps[0] if finding.fix is not None else None
    return step.content if isinstance(step, Rewrite) else None


def as_json(finding: Finding, report: Report) -> dict[str, Any]:
    """A finding as it goes into JSON."""
    fix = finding.fix
    return {
        "code": finding.rule,
        "name": registry.BY_NAME[finding.rule].name,
        "path": report.called(finding.path),
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "pointer": finding.pointer,
        "message": finding.message,
        "article": finding.article,
        "fix": None if fix is None else {"title": fix.title, "safety": fix.safety},
        "elsewhere": [
            {"path": report.called(other.path), "message": other.message}
            for other in finding.elsewhere
        ],
    }
