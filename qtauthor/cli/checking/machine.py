"""Findings for programs: JSON, lines of it, the commands of GitHub, and JUnit's XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from qtauthor.cli.checking.report import Count, Report, as_json, by_article, counts
from qtauthor.cli.checking.text import place
from qtauthor.cli.output import json_values
from qtauthor.cli.output.console import visible
from qtauthor.rules import registry
from qtauthor.rules.finding import Finding


def json(report: Report, *, statistics: bool) -> str:
    """One object with all that there is to tell."""
    members: dict[str, object] = {"checked": report.checked}
    if statistics:
        members["statistics"] = [_counted(one) for one in counts(report.findings)]
    else:
        members["findings"] = [as_json(finding, report) for finding in report.findings]
    members |= {
        "known": report.known,
        "stale": [
            {"article": one.article, "path": one.path, "rule": one.rule, "count": one.count}
            for one in report.stale
        ],
        "written": report.written,
        "changed": report.changed,
        "fixed": [as_json(finding, report) for finding in report.fixed],
        "rewired": [
            {
                "code": one.finding.rule,
                "path": report.called(one.finding.path),
                "others": [report.called(path) for path in one.others],
                "notices": list(one.notices),
            }
            for one in report.rewired
        ],
    }
    if report.diff is not None:
        members["diff"] = report.diff.decode("utf-8", "replace")
    return json_values.versioned(**members)


def json_lines(report: Report, *, statistics: bool) -> Iterator[str]:
    """A line of JSON for each finding, or for each rule."""
    if statistics:
        yield from (json_values.compact(_counted(one)) for one in counts(report.findings))
    else:
        yield from (json_values.compact(as_json(finding, report)) for finding in report.findings)


def _counted(one: Count) -> dict[str, object]:
    rule = one.rule
    counted = {"count": one.total, "safe_fixes": one.safe, "unsafe_fixes": one.unsafe}
    return {"code": rule.code, "name": rule.name, **counted}


def github(report: Report) -> Iterator[str]:
    """Commands by which GitHub Actions shows findings beside the lines of a pull request."""
    for finding in report.findings:
        values = {"title": title(finding), "file": report.called(finding.path)}
        if finding.line:
            values |= {"line": str(finding.line), "endLine": str(finding.end_line)}
            values |= {"col": str(finding.column), "endColumn": str(finding.end_column)}
        told = ",".join(f"{name}={_property(value)}" for name, value in values.items())
        yield f"::error {told}::{_message(f'{place(finding, report)}: {finding.message}')}"


def _message(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def junit(report: Report) -> Iterator[str]:
    """A suite for each article with findings; an article without any is not mentioned."""
    found = by_article(report.findings)
    total = len(report.findings)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="qtauthor" tests="{max(1, total)}" failures="{total}" errors="0">'
    for path, findings in found.items():
        name, count = _attribute(report.called(path)), len(findings)
        yield f'  <testsuite name={name} tests="{count}" failures="{count}" errors="0">'
        for finding in findings:
            yield from _case(finding, name, report)
        yield "  </testsuite>"
    if not found:
        yield '  <testsuite name="qtauthor" tests="1" failures="0" errors="0">'
        yield '    <testcase name="no problems" classname="qtauthor"/>'
        yield "  </testsuite>"
    yield "</testsuites>"


def _case(finding: Finding, name: str, report: Report) -> Iterator[str]:
    told = f"{title(finding)} at {finding.line}:{finding.column}"
    yield f"    <testcase name={_attribute(told)} classname={name}>"
    text = _text(f"{place(finding, report)}: {finding.message}")
    yield f"      <failure message={_attribute(finding.message)}>{text}</failure>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_sayable(text))


def _text(text: str) -> str:
    return escape(_sayable(text))


def _sayable(text: str) -> str:
    """Text without the characters that XML 1.0 has no way to write."""
    return visible(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def title(finding: Finding) -> str:
    """The rule in short."""
    return f"{finding.rule} {registry.BY_NAME[finding.rule].name}"
