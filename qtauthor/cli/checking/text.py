"""Findings for people: in full, on one line each, or by article; and how many there are."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

import click

from qtauthor.changes.line_hunks import blocks
from qtauthor.cli.checking.report import Report, by_article, counts, repair
from qtauthor.cli.checking.snippet import snippet
from qtauthor.cli.output import table
from qtauthor.cli.output.console import on_one_line
from qtauthor.rules import registry
from qtauthor.rules.finding import Finding

_LEAST = 30


class ReportStyle:
    """Colours, if they are wanted."""

    def __init__(self, *, colored: bool) -> None:
        self.colored = colored

    def __call__(self, text: str, **style: str | bool) -> str:
        # click types each keyword by itself, and knows no dict of all of them.
        return click.style(text, **style) if self.colored else text  # type: ignore[arg-type]  # styles are its keywords


def full(report: Report, style: ReportStyle) -> Iterator[str]:
    """Every finding with its line and what was found there, as wide as the terminal."""
    width = max(_LEAST, shutil.get_terminal_size().columns)
    for finding in report.findings:
        yield style(on_one_line(place(finding, report)), bold=True)
        name = registry.BY_NAME[finding.rule].name
        first, *rest = _wrapped(f"{finding.rule} {name}: {finding.message}", width, "  ", "  ")
        code = f"  {finding.rule}"
        yield style(code, fg="red", bold=True) + first.removeprefix(code)
        yield from rest
        yield from _source(finding, report, style, width)
        yield ""


def _source(finding: Finding, report: Report, style: ReportStyle, width: int) -> Iterator[str]:
    """The line, what is marked in it, and below that the fix and other places."""
    gutter = " " * len(str(finding.line))
    bar = style("|", fg="blue")
    data = report.data(finding) if finding.line else b""  # which may be what cannot be read
    shown = snippet(finding, data, width - len(gutter) - 5)
    if shown is not None:
        number = style(str(shown.line), fg="blue")
        yield f"  {gutter} {bar}"
        yield f"  {number} {bar} {shown.text}".rstrip()
        marks = style("^" * shown.length, fg="red", bold=True)
        yield f"  {gutter} {bar} {' ' * shown.start}{marks}"
    sign = style("=", fg="blue")
    for label, text in _remarks(finding, report):
        head = f"  {gutter} = {label}: "
        first, *rest = _wrapped(text, width, head, f"  {gutter}   ")
        yield f"  {gutter} {sign} {style(label, bold=True)}: {first.removeprefix(head)}"
        yield from rest
    for line in repaired(finding, report):
        color = {"-": "red", "+": "green"}[line[0]]
        yield style(f"  {gutter}   {_cut(line, width - len(gutter) - 5)}", fg=color)


def _remarks(finding: Finding, report: Report) -> Iterator[tuple[str, str]]:
    if finding.fix is not None:
        yield f"{finding.fix.safety} fix", finding.fix.title
    for other in finding.elsewhere:
        yield "see", f"{report.called(other.path)} {other.message}"


def repaired(finding: Finding, report: Report) -> list[str]:
    """The lines that mending a file would take out and put in."""
    content = repair(finding)
    if content is None:
        return []
    old, new = (
        data.decode("utf-8", "replace").split("\n") for data in (report.data(finding), content)
    )
    found: list[str] = []
    for block in blocks(old, new):
        found += [f"-{line}" for line in old[block.start : block.end]]
        found += [f"+{line}" for line in new[block.to_start : block.to_end]]
    return [on_one_line(line) for line in found]


def concise(report: Report, style: ReportStyle) -> Iterator[str]:
    """One line for each finding, as editors read it."""
    for finding in report.findings:
        where = style(on_one_line(place(finding, report)), bold=True)
        yield f"{where}: {_told(finding, style)}"


def grouped(report: Report, style: ReportStyle) -> Iterator[str]:
    """Below each article what was found in it."""
    for path, findings in by_article(report.findings).items():
        yield style(on_one_line(report.called(path)), bold=True)
        places = [f"{f.line}:{f.column}" if f.line else "-" for f in findings]
        size = max(map(len, places))
        for where, finding in zip(places, findings, strict=True):
            yield f"  {where:<{size}}  {_told(finding, style)}"
        yield ""


def statistics(report: Report, style: ReportStyle) -> Iterator[str]:
    """How often each rule found something, and how many of that can be fixed."""
    rows = [
        (f"{one.total:,}", one.rule.code, one.rule.name, _fixable(one.safe, one.unsafe))
        for one in counts(report.findings)
    ]
    if rows:
        head = ("count", "code", "name", "fixes")
        numbers = (True, False, False, False)
        first, *rest = table.lines(head, rows, numbers=numbers, width=None)
        yield style(first, bold=True)
        yield from rest


def _fixable(safe: int, unsafe: int) -> str:
    told = [f"{count:,} {name}" for count, name in ((safe, "safe"), (unsafe, "unsafe")) if count]
    return ", ".join(told)


def place(finding: Finding, report: Report) -> str:
    """Where a finding is, as a terminal or an editor can open it."""
    path = report.called(finding.path)
    return f"{path}:{finding.line}:{finding.column}" if finding.line else path


def _told(finding: Finding, style: ReportStyle) -> str:
    code = style(finding.rule, fg="red", bold=True)
    fix = f" [{finding.fix.safety} fix]" if finding.fix is not None else ""
    return f"{code} {on_one_line(finding.message)}{style(fix, fg='cyan')}"


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    text = on_one_line(text)
    if len(first) + len(text) <= width:
        return [first + text]
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,  # a path can be copied
        break_on_hyphens=False,
    )


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"
