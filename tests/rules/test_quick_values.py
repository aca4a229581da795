"""A check of an article that is read without YAML finds what one with YAML finds, and where."""

from __future__ import annotations

import datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.site import Site
from qtauthor.rules import checker as module
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.quick_values import quickly
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import same
from tests.support.amounts import in_parts, many, of
from tests.support.house_articles import ARTICLES, TEMPLATE, damaged, mutated
from tests.support.sites import CHAIN, DEMO
from tests.text.hostile import HOSTILE, texts


@pytest.fixture(scope="module")
def checker() -> Checker:
    """All rules, with the sample site around."""
    return Checker(context(Site.at(DEMO), 1, datetime.date(2026, 1, 1)), registry.ALL)


def check(checker: Checker, data: bytes) -> bool:
    """Whether the quick reader read it; that it agrees with YAML is asserted."""
    usual = quickly(data)
    if usual is None:
        return False
    assert same(usual.values, Document.parse(data).get())
    found = checker.check(CHAIN, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "quickly", lambda _: None)
        assert checker.check(CHAIN, data) == found
    return True


@pytest.mark.parametrize("data", ARTICLES[::6])
def test_a_generated_article_is_read_quickly(checker: Checker, data: bytes) -> None:
    assert check(checker, data)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_judged_otherwise_than_by_yaml(checker: Checker, text: str) -> None:
    check(checker, TEMPLATE.format(text, text).encode())
    check(checker, TEMPLATE.format("a", text).encode())


@given(st.integers(0, 2**32))
def test_no_damaged_article_is_judged_otherwise_than_by_yaml(checker: Checker, seed: int) -> None:
    check(checker, damaged(seed))


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_every_article_is_judged_alike(
    checker: Checker, every_article: list[tuple[str, bytes]], part: int
) -> None:
    random = Random(part)
    for name, data in of(part, every_article):
        assert check(checker, data), name
        check(checker, mutated(data, random))


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_none_of_many_texts_is_judged_otherwise_than_by_yaml(checker: Checker, part: int) -> None:
    @many(part)
    @given(texts(), texts(), st.integers(0, 2**32))
    def holds(plain: str, folded: str, seed: int) -> None:
        check(checker, TEMPLATE.format(plain, folded).encode())
        check(checker, damaged(seed))

    holds()
