"""On the sample: the counts of an independent checker, and what is left after all fixes."""

from __future__ import annotations

import datetime
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qtauthor.changes.change import Modify, apply
from qtauthor.changes.proof import prove
from qtauthor.content.site import Site
from qtauthor.operations.fixing.fix_all import Fixed, fix_all
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, check_all, context
from qtauthor.rules.finding import Finding
from qtauthor.rules.fix import CloseGaps, SetValue, SpliceText
from qtauthor.rules.quick_values import quickly
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import same
from tests.support import plain_checker
from tests.support.readers import SiteReader, read_ruamel12

pytestmark = pytest.mark.slow

TODAY = datetime.date(2026, 1, 1)
UNJUDGED = {"QT603", "QT605", "QT801"}
"""Rules that need a reader of Markdown, or a measure of likeness, of their own."""


@pytest.fixture(scope="module")
def site(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("corpus")
    shutil.copytree(corpus, root / "content" / "learn")
    return Site.at(root)


def make(site: Site) -> Checker:
    return Checker(context(site, 1000, TODAY), registry.ALL)


@pytest.fixture(scope="module")
def findings(site: Site) -> list[Finding]:
    return list(check_all(make(site), site.paths()))


@pytest.fixture(scope="module")
def result(site: Site) -> Fixed:
    return fix_all(site, site.paths(), make(site))


@pytest.fixture(scope="module")
def after(site: Site, result: Fixed, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the site with the changes made."""
    root = tmp_path_factory.mktemp("after")
    shutil.copytree(site.root / "content", root / "content")
    for change in result.changes.changes:
        assert isinstance(change, Modify)
        (root / change.path).write_bytes(apply(site.source.read(change.path), change.edits))
    return Site.at(root)


def test_the_counts_are_those_of_an_independent_checker(
    corpus: Path, findings: list[Finding]
) -> None:
    counted = Counter(finding.rule for finding in findings if finding.rule not in UNJUDGED)
    assert counted == plain_checker.counts(corpus, TODAY)


def test_every_finding_has_a_place_where_it_says_so(site: Site, findings: list[Finding]) -> None:
    for finding in findings:
        lines = site.source.read(finding.path).decode().split("\n")
        assert 0 < finding.line <= finding.end_line <= len(lines)
        assert 0 < finding.column <= len(lines[finding.line - 1])
        if finding.rule == "QT602":
            shown = lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]
            assert re.fullmatch(r"\\\(.*\\\)|\\\[.*\\\]", shown)


def test_the_quick_reader_gives_what_yaml_does(site: Site, findings: list[Finding]) -> None:
    """The same values, the same findings, and the same places."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.path, []).append(finding)
    checker = make(site)
    for path in site.paths():
        raw = site.source.read(path)
        values = Document.parse(raw).get()
        usual = quickly(raw)
        assert usual is not None
        assert same(usual.values, values)
        assert checker.check(path, raw, values) == found.get(path, [])


def test_fixes_are_proven_and_leave_nothing_to_fix(site: Site, result: Fixed, after: Site) -> None:
    prove(result.changes, site.source.read)
    assert not [finding for finding in result.left if finding.fix and finding.fix.safe]
    again = fix_all(after, after.paths(), make(after))
    assert not again.changes
    assert Counter(f.rule for f in again.left) == Counter(f.rule for f in result.left)


def test_fixed_and_left_are_all_that_was_found(findings: list[Finding], result: Fixed) -> None:
    before = Counter(finding.rule for finding in findings if finding.fix and finding.fix.safe)
    fixed = Counter(finding.rule for finding in result.fixed)
    assert not before - fixed
    # A link that was led to its article can turn out to be stale, or there already.
    assert (fixed - before).keys() <= {"QT502", "QT503", "QT504", "QT505", "QT506"}


def _leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{at}/{key}")
    else:
        yield at, value


def _named(fixed: list[Finding]) -> set[str]:
    """The pointers that fixes declare; all related articles where they are numbered anew."""
    named: set[str] = set()
    for finding in fixed:
        assert finding.fix is not None
        for step in finding.fix.steps:
            if isinstance(step, SetValue | SpliceText):
                named.add(step.pointer)
            elif isinstance(step, CloseGaps):
                named.add("/related_article")
    return named


@pytest.mark.parametrize("reader", ["ruamel", "site"])
def test_data_that_no_fix_names_is_equal_before_and_after(
    site: Site, after: Site, result: Fixed, site_reader: SiteReader, reader: str
) -> None:
    fixed: dict[str, list[Finding]] = {}
    for finding in result.fixed:
        fixed.setdefault(finding.path, []).append(finding)
    assert set(result.changes.paths) == set(fixed)
    step = 1 if reader == "site" else 7  # ruamel's own reader takes its time
    for path in result.changes.paths[::step]:
        old, new = (s.source.read(path).decode() for s in (site, after))
        if reader == "site":
            before, now = site_reader.read(old).data, site_reader.read(new).data
        else:
            before, now = read_ruamel12(old), read_ruamel12(new)
        changed = {at for at, _ in set(_leaves(before)) ^ set(_leaves(now))}
        named = _named(fixed[path])
        renumbered = "/related_article" in named
        for at in changed:
            assert at in named or (renumbered and at.startswith("/related_article"))
