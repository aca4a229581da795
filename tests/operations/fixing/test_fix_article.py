"""Fixes in one article, and the state of one link."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.fixing import fix_article
from qtauthor.operations.links.link_state import link_state
from qtauthor.operations.outcome import Outcome
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.finding import Finding
from tests.support import applying
from tests.support.small_sites import Made, make

OSMOSIS = Made("What is osmosis?", "Biology", 10)
CELLS = Made(
    "How do cells drink?",
    "Biology",
    13,
    (OSMOSIS.link(id=99), OSMOSIS.link(), OSMOSIS.link(url="/learn/biology/questions/gone")),
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path, (OSMOSIS, CELLS))


def checker(site: Site) -> Checker:
    return Checker(context(site, 1, datetime.date(2025, 1, 1)), registry.DEFAULT)


def findings(site: Site) -> list[Finding]:
    return list(checker(site).check_file(CELLS.path))


def written(site: Site, outcome: Outcome) -> Site:
    applying.write(outcome.changes, site.root)
    return Site.at(site.root)


def test_one_finding_is_fixed_and_no_other(site: Site) -> None:
    stale = next(f for f in findings(site) if registry.BY_NAME[f.rule].name == "stale-id")
    wanted = (stale.rule, stale.pointer, stale.message)
    site = written(site, fix_article.one(site, CELLS.path, wanted, checker(site), taken=()))
    assert site.article(CELLS.path).related[0].id == 10
    assert len(site.article(CELLS.path).related) == 3
    with pytest.raises(QtauthorError) as gone:
        fix_article.one(site, CELLS.path, wanted, checker(site), taken=())
    assert gone.value.code is Code.CHANGED_SINCE


def test_all_of_a_rule_are_fixed(site: Site) -> None:
    done = fix_article.of_rule(site, CELLS.path, "repeated-link", checker(site), taken=())
    site = written(site, done)
    assert [link.id for link in site.article(CELLS.path).related] == [99, 10]


def test_safe_fixes_leave_nothing_safe_to_do(site: Site) -> None:
    site = written(site, fix_article.safe(site, CELLS.path, checker(site), taken=()))
    assert not [f for f in findings(site) if f.fix is not None and f.fix.safe]
    assert not fix_article.safe(site, CELLS.path, checker(site), taken=()).changes


def test_the_state_of_a_link_is_what_the_checks_say_of_it(site: Site) -> None:
    data = (site.root / CELLS.path).read_bytes()
    states = [link_state(checker(site), CELLS.path, data, n) for n in (1, 2, 3, 4)]
    assert all(states[:3])
    assert states[3] == []
