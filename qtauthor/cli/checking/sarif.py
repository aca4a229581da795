"""Findings as SARIF 2.1.0, which GitHub and editors read."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from qtauthor.cli.checking import baseline
from qtauthor.cli.checking.report import Report
from qtauthor.rules import registry
from qtauthor.rules.finding import Finding
from qtauthor.rules.rule import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def sarif(report: Report) -> str:
    """One log with one run."""
    rules = sorted({finding.rule for finding in report.findings})
    places = {code: number for number, code in enumerate(rules)}
    driver = {
        "name": "qtauthor",
        "semanticVersion": _version(),
        "rules": [_rule(registry.BY_NAME[code]) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places, report) for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("qtauthor")
    except metadata.PackageNotFoundError:  # run from its source
        return "0.0.0"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": f"{rule.what} {rule.why}"},
        "help": {"text": rule.fix, "markdown": rule.fix},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: Finding, places: dict[str, int], report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": "error",
        "message": {"text": finding.message},
        "locations": [_location(report.called(finding.path), _region(finding))],
        "partialFingerprints": {"qtauthor/v1": _fingerprint(finding)},
    }
    if finding.elsewhere:
        found["relatedLocations"] = [
            {**_location(report.called(other.path)), "message": {"text": other.message}}
            for other in finding.elsewhere
        ]
    if finding.fix is not None:
        found["properties"] = {"fix": finding.fix.title, "safety": finding.fix.safety}
    return found


def _location(path: str, region: dict[str, int] | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if region:
        physical["region"] = region
    return {"physicalLocation": physical}


def _uri(path: str) -> str:
    """A relative reference; a name's bytes that are no UTF-8 are written as they are."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def _region(finding: Finding) -> dict[str, int] | None:
    if not finding.line:
        return None
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }


def _fingerprint(finding: Finding) -> str:
    """What stays the same when lines and files move."""
    article, rule = baseline.key(finding)
    told = "\0".join((str(article), rule, finding.pointer, finding.message))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
