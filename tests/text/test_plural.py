from __future__ import annotations

import pytest

from qtauthor.text.plural import agreeing, counted


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (1000, "1000 articles")],
)
def test_a_noun_agrees_with_its_number(number: int, told: str) -> None:
    assert counted(number, "article") == told


def test_a_noun_may_have_its_verb_with_it() -> None:
    assert counted(1, "article is", "articles are") == "1 article is"
    assert counted(0, "article is", "articles are") == "0 articles are"
    assert counted(2, "address", "addresses") == "2 addresses"


def test_large_numbers_are_grouped_on_request() -> None:
    assert counted(12_000, "problem", grouped=True) == "12,000 problems"


def test_a_word_alone_agrees() -> None:
    assert [agreeing(number, "has", "have") for number in (0, 1, 2)] == ["have", "has", "have"]
