"""Prints the report of a check, and says in words what it comes to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import islice

import click

from qtauthor.cli.checking import text
from qtauthor.cli.checking.report import Report, repair
from qtauthor.cli.state import State
from qtauthor.errors import Code, RequestError
from qtauthor.text import plural

FORMATS = ("full", "concise", "grouped", "json", "jsonl", "sarif", "github", "junit")
FOR_PEOPLE = {"full": text.full, "concise": text.concise, "grouped": text.grouped}
_BATCH = 500
_SHOWN = 5
_LISTED = "QT9"  # rules about the list of redirects


def refuse_mixtures(as_format: str, *, as_diff: bool, statistics: bool) -> None:
    """Raise ``RequestError`` for what cannot be printed together."""
    other = as_format not in (*FOR_PEOPLE, "json")
    if as_diff and other:
        raise _mixture(f"--diff cannot be printed as {as_format}", "take --format json, or full")
    if statistics and other and as_format != "jsonl":
        told = f"--statistics cannot be printed as {as_format}"
        raise _mixture(told, "take --format json, jsonl, or full")


def _mixture(told: str, remedy: str) -> RequestError:
    return RequestError(Code.USAGE, told, remedy=remedy)


def tell(state: State, report: Report, as_format: str, *, statistics: bool) -> None:
    """Print findings as data. Beside a diff they are words, so that git can apply it."""
    if as_format in FOR_PEOPLE:
        form = text.statistics if statistics else FOR_PEOPLE[as_format]
        if report.diff is not None:
            state.console.diff(report.diff.splitlines(keepends=True))
            style = text.ReportStyle(colored=state.console.colored(sys.stderr))
            for line in form(report, style):
                click.echo(line, err=True, color=True)
        else:
            _print(form(report, text.ReportStyle(colored=state.console.colored(sys.stdout))))
        _tell_repairs(state, report)
    elif as_format in ("json", "sarif"):
        state.console.data(_whole(report, as_format, statistics=statistics))
    else:
        _print(_lines(report, as_format, statistics=statistics))
    _tell_rewired(state, report)
    _tell_stale(state, report)
    for line in _summary(report):
        state.console.say(line)


def _whole(report: Report, as_format: str, *, statistics: bool) -> str:
    from qtauthor.cli.checking import machine, sarif

    if as_format == "json":
        return machine.json(report, statistics=statistics)
    return sarif.sarif(report)


def _lines(report: Report, as_format: str, *, statistics: bool) -> Iterator[str]:
    from qtauthor.cli.checking import machine

    if as_format == "jsonl":
        return machine.json_lines(report, statistics=statistics)
    return machine.github(report) if as_format == "github" else machine.junit(report)


def _print(lines: Iterable[str]) -> None:
    """Lines that have nothing in them that a terminal would obey."""
    found = iter(lines)
    while batch := list(islice(found, _BATCH)):
        data = "".join(f"{line}\n" for line in batch).encode("utf-8", "surrogateescape")
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _tell_repairs(state: State, report: Report) -> None:
    """Show what was done to files that could not be read, whatever else is shown."""
    verb = "mended" if report.written else "would mend"
    for finding in report.fixed:
        if repair(finding) is not None and finding.fix is not None:
            state.console.note(f"{verb} {report.called(finding.path)}: {finding.fix.title}")
            for line in text.repaired(finding, report):
                state.console.note(f"  {line}")


def _tell_rewired(state: State, report: Report) -> None:
    """Say which fixes changed other articles, too."""
    for one in report.rewired:
        if one.others:
            told = ", ".join(map(report.called, one.others[:_SHOWN]))
            more = f" and {len(one.others) - _SHOWN} more" if len(one.others) > _SHOWN else ""
            place = f"{report.called(one.finding.path)}: {one.finding.rule}"
            changed = "changed" if report.written else "would change"
            state.console.say(f"note: {place} {changed} other files, too: {told}{more}")
        for notice in one.notices:
            state.console.say(f"note: {notice}")


def _tell_stale(state: State, report: Report) -> None:
    for one in report.stale[:_SHOWN]:
        told = f"{one.rule} in {one.name} ({one.count} less)"
        state.console.say(f"note: no longer found, though the baseline knows it: {told}")
    if len(report.stale) > _SHOWN:
        state.console.say(f"note: and {len(report.stale) - _SHOWN} more of the baseline")


def _summary(report: Report) -> Iterator[str]:
    left = report.findings
    inside = {finding.path for finding in left if not finding.rule.startswith(_LISTED)}
    listed = any(finding.rule.startswith(_LISTED) for finding in left)
    if report.fixed:
        verb = "fixed" if report.written else "would fix"
        files = _counted(report.changed, "file")
        yield f"{verb} {_counted(len(report.fixed), 'problem')}: {files} changed"
    known = f", and {report.known:,} that the baseline knows" if report.known else ""
    if left:
        verb = "left" if report.fixed else "found"
        within = f"in {len(inside):,} of {_counted(report.checked, 'article')}"
        within += " and in the list of redirects" if listed else ""
        yield f"{verb} {_counted(len(left), 'problem')} {within}{known}"
    elif not report.fixed or known:
        yield f"no problems in {_counted(report.checked, 'article')}{known}"
    safe = sum(finding.fix is not None and finding.fix.safe for finding in left)
    unsafe = sum(finding.fix is not None and not finding.fix.safe for finding in left)
    if (safe or unsafe) and report.diff is None and not report.written:
        told = [f"{safe:,} with --fix"] if safe and not report.fixed else []
        told += [f"{unsafe:,} with --fix --unsafe-fixes"] if unsafe else []
        if told:
            yield f"can be fixed: {', '.join(told)}"


def _counted(number: int, noun: str) -> str:
    return plural.counted(number, noun, grouped=True)
