"""A fix that is offered can be made, and what is done twice is done once.

Over generated articles, with every chomping, indentation indicator, gap, comment and order.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qtauthor.changes.change import Modify, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove
from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.content.staged_site import staged
from qtauthor.model import templates
from qtauthor.operations.fixing.fix_all import fix_all
from qtauthor.operations.house_style.fmt import PARTS, fmt
from qtauthor.rules import registry
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import same
from tests.operations.articles import articles
from tests.rules.support import PATH, article, checker, found, make_site
from tests.support.sites import DEMO

FIXING = [rule for rule in registry.DEFAULT if rule.fixes]
TEMPLATES = [templates.load(name, DEMO) for name in ("folded", "plain")]
MANY = int(os.environ.get("QTAUTHOR_EXAMPLES", "2000"))

usual = settings(
    derandomize=True,
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("promises"), article(""))


def check_fixes(site: Site, raw: bytes, *, unsafe: bool) -> None:
    there = staged(site, {PATH: raw})
    result = fix_all(there, [PATH], checker(there, FIXING), unsafe=unsafe)
    assert [f for f in result.left if f.fix and (unsafe or f.fix.safe)] == []
    changed = [change for change in result.changes.changes if isinstance(change, Modify)]
    for change in changed:
        if change.path == PATH:
            after = staged(site, {PATH: apply(raw, change.edits)})
            again = fix_all(after, [PATH], checker(after, FIXING), unsafe=unsafe)
            assert again.changes.changes == ()


def check_fmt(raw: bytes, template: Document, parts: Sequence[str]) -> None:
    result = formatted(raw, template, parts)
    assert formatted(result, template, parts) == result


def formatted(raw: bytes, template: Document, parts: Sequence[str]) -> bytes:
    change = fmt("a.md", Article.parse(raw, like=template), template, parts)
    if change is None:
        return raw
    prove(ChangeSet((change,)), lambda _path: raw)
    result = apply(raw, change.edits)
    assert same(Document.parse(result).get(), Document.parse(raw).get())
    return result


@usual
@given(articles(), st.booleans())
def test_a_fix_that_is_offered_is_made_and_is_no_more_needed(
    site: Site, raw: bytes, unsafe: bool
) -> None:
    check_fixes(site, raw, unsafe=unsafe)


@usual
@given(articles(), st.sampled_from(TEMPLATES), st.sets(st.sampled_from([*PARTS]), min_size=1))
def test_formatting_twice_is_formatting_once(
    raw: bytes, template: Document, parts: set[str]
) -> None:
    check_fmt(raw, template, sorted(parts))
    check_fmt(raw, template, tuple(PARTS))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_all_promises_over_many_articles(site: Site, part: int) -> None:
    @settings(usual, max_examples=MANY // 4, derandomize=False)
    @given(articles(), st.sampled_from(TEMPLATES))
    def check(raw: bytes, template: Document) -> None:
        check_fixes(site, raw, unsafe=bool(part % 2))
        for parts in (tuple(PARTS), *((name,) for name in PARTS)):
            check_fmt(raw, template, parts)

    check()


def test_no_order_is_offered_that_cannot_be_made(tmp_path: Path) -> None:
    block = b"    url: |+\n      /learn/bread-baking/questions/how-long-should-dough-rise\n\n"
    raw = article("").replace(b"score: -1.0\n", b"", 1)
    raw = raw.replace(
        b"    url: /learn/bread-baking/questions/how-long-should-dough-rise\n", block
    ).replace(b"---\n\n&nbsp;", b"score: -1.0\n---\n\n&nbsp;")
    [finding] = [f for f in found(make_site(tmp_path, raw), *FIXING) if f.rule == "QT204"]
    assert finding.fix is None


def test_keys_are_ordered_from_below_where_a_block_cannot_be_last(tmp_path: Path) -> None:
    front = "file_name: >+\n  why.md\n\nurl: /a\nsubject: B\n"
    document = Document.parse(f"---\n{front}---\n".encode())
    change = fmt("a.md", Article(document), TEMPLATES[0], ["key-order"])
    assert change is not None
    result = apply(document.to_bytes(), change.edits)
    assert result == b"---\nsubject: B\nfile_name: >+\n  why.md\n\nurl: /a\n---\n"
