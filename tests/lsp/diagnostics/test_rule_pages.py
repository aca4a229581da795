"""The page of a rule to which a finding leads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.lsp.diagnostics import rule_pages
from qtauthor.rules import registry
from tests.lsp.applying import path_of
from tests.support.state import state

RULE = registry.BY_NAME["QT601"]


@pytest.mark.parametrize("name", [rule.code for rule in registry.ALL])
def test_every_rule_has_an_entry_on_the_page_of_all(name: str) -> None:
    rule = registry.BY_NAME[name]
    page = (Path(__file__).parents[3] / "docs" / "checks.md").read_text(encoding="utf-8")
    assert f'<a id="{rule.code.lower()}-{rule.name}"></a>' in page


def test_the_page_of_a_rule_is_there_when_it_is_named_and_stays_as_it_is(root: Path) -> None:
    site = Site.at(root)
    page = _page(site)
    assert page.read_text(encoding="utf-8") == rule_pages.text(RULE)
    before = page.stat()
    assert _page(site).stat().st_mtime_ns == before.st_mtime_ns
    page.write_text("from an older version", encoding="utf-8")
    assert _page(site).read_text(encoding="utf-8") == rule_pages.text(RULE)
    assert [file.name for file in page.parent.iterdir()] == [page.name]


def test_no_page_is_named_where_none_can_be_written(root: Path) -> None:
    state(root).parent.mkdir(parents=True)
    state(root).write_bytes(b"no folder")
    assert rule_pages.href(Site.at(root), RULE) is None


@pytest.mark.parametrize("name", [rule.code for rule in registry.ALL])
def test_a_page_that_stands_alone_links_to_no_other(name: str) -> None:
    assert not re.search(r"\]\([^)]*\.md", rule_pages.text(registry.BY_NAME[name]))


def _page(site: Site) -> Path:
    named = rule_pages.href(site, RULE)
    assert named is not None
    return path_of(named)
