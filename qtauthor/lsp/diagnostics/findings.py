"""The rules of a site over open buffers, as `qtauthor check` runs them over files."""

from __future__ import annotations

from lsprotocol import types

from qtauthor import clock
from qtauthor.content.site import Site
from qtauthor.lsp.diagnostics.rule_pages import href
from qtauthor.lsp.session import RequestContext, RequestFile
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.finding import Finding
from qtauthor.rules.rule import Rule
from qtauthor.rules.rule_selection import chosen

_MARK = "\ufeff"
SOURCE = "qtauthor"


def checker(site: Site) -> Checker:
    """The rules that the site's configuration chooses, around one article.

    Raises ``ConfigError``.
    """
    picked = chosen(site, (), (), ())
    today = clock.today()
    return Checker(context(site, 1, today, picked.limits), picked.rules, picked.ignored)


def findings(target: RequestFile) -> list[Finding]:
    """What is wrong with an article now. Raises ``ConfigError``."""
    return checker(target.site).check(target.path, target.data)


def diagnostic(work: RequestContext, target: RequestFile, finding: Finding) -> types.Diagnostic:
    """A finding as editors show it."""
    rule = registry.BY_NAME[finding.rule]
    page = _page(work, target.site, rule)
    return types.Diagnostic(
        range_of(target, finding),
        finding.message,
        severity=_severity(rule),
        code=rule.code,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        tags=_TAGS.get(rule.name),
        related_information=_elsewhere(work, target, finding),
    )


def _page(work: RequestContext, site: Site, rule: Rule) -> str | None:
    """The address of a rule, looked for once in a request."""
    asked = site, rule.code
    if asked not in work.pages:
        work.pages[asked] = href(site, rule, work.settings.diagnostics.page)
    return work.pages[asked]


def range_of(target: RequestFile, finding: Finding) -> types.Range:
    """Where a finding stands; the first line for the file as a whole."""
    text = target.positions
    if not finding.line:
        return target.range(0, text.offset(0, 1 << 30))
    start = _offset(target, finding.line, finding.column)
    end = _offset(target, finding.end_line, finding.end_column)
    return target.range(start, max(start, end))


def _offset(target: RequestFile, line: int, column: int) -> int:
    """Columns of findings are code points, which are no units of most encodings."""
    starts = target.positions.starts
    if line > len(starts):
        return len(target.text)
    start = starts[line - 1] if line > 1 else int(target.text.startswith(_MARK))
    return min(start + column - 1, len(target.text))


def _severity(rule: Rule) -> types.DiagnosticSeverity:
    if rule.code.startswith("QT1"):
        return types.DiagnosticSeverity.Error
    if rule.code.startswith("QT7"):
        return types.DiagnosticSeverity.Information
    return types.DiagnosticSeverity.Warning


_TAGS = {
    name: [types.DiagnosticTag.Unnecessary]
    for name in ("repeated-link", "self-link", "too-many-links", "unknown-field")
}


def _elsewhere(
    work: RequestContext, target: RequestFile, finding: Finding
) -> list[types.DiagnosticRelatedInformation] | None:
    if not finding.elsewhere or not work.client.related_information:
        return None
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    return [
        types.DiagnosticRelatedInformation(
            types.Location(work.file(target.site, other.path).uri, start), other.message
        )
        for other in finding.elsewhere
    ]
