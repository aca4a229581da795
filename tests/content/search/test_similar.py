"""Already asked? Near-identical questions, and those that only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.search.similar import likeness, normal, similar
from qtauthor.content.site import Site
from tests.support.small_sites import Made, make

ASKED = (
    "What are the main causes of asthma?",
    "What are the main symptoms of asthma?",
    "How is type 1 diabetes treated?",
    "How does photosynthesis work in desert plants?",
    "Why does bread dough rise faster in a warm kitchen?",
    "Who discovered penicillin?",
    "What is non-enteral drug administration?",
    "Does inflation cause unemployment?",
    "How can a vaccine be stored without a refrigerator?",
)

SAME = (
    ("what are the main causes of asthma", 0),
    ("WHAT ARE MAIN CAUSES OF ASTHMA?!", 0),
    ("What is the main cause of asthma?", 0),
    ("Asthma: the main causes", 0),
    ("How are type 1 diabetes treated?", 2),
    ("How does photosyntesis work in desert plants?", 3),
    ("How does photosynthesis work in a desert plant?", 3),
    ("Why does a bread dough rise faster in warm kitchens?", 4),
    ("Who discovered Penicillin", 5),
    ("What is nonenteral drug administration?", 6),
    ("Does inflation cause unemployment ?", 7),
)
OTHERS = (
    "What are the main treatments of asthma?",
    "How is type 2 diabetes treated?",
    "How is type 1 diabetes diagnosed?",
    "How does photosynthesis work in water plants?",
    "Why does bread dough rise slower in a warm kitchen?",
    "When was penicillin discovered?",
    "How can a vaccine be stored in a refrigerator?",
    "What is asthma?",
    "?",
    "",
    "…",
    "the of",
    'question: ( " OR',
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("similar")
    return make(folder, [Made(text, "Science", n) for n, text in enumerate(ASKED, 1)])


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_a_question_is_found_by_itself_first_with_score_1(site: Site, number: int) -> None:
    first = similar(site.index, ASKED[number])[0]
    assert (first.entry.question, first.score) == (ASKED[number], 1.0)


@pytest.mark.parametrize(("text", "number"), SAME)
def test_the_same_question_in_other_words_is_found(site: Site, text: str, number: int) -> None:
    found = [one.entry.question for one in similar(site.index, text)]
    assert found == [ASKED[number]]


@pytest.mark.parametrize("text", OTHERS)
def test_another_question_is_not_taken_for_it(site: Site, text: str) -> None:
    assert similar(site.index, text) == []


def test_no_more_are_given_than_asked_for(site: Site) -> None:
    assert len(similar(site.index, ASKED[0], 1, least=0.1)) == 1
    assert similar(site.index, ASKED[0], 0) == []
    scores = [one.score for one in similar(site.index, ASKED[0], least=0.1)]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)


def test_the_order_of_words_counts_a_little() -> None:
    assert 0.95 < likeness(normal("Does A1 cause B2?"), normal("Does B2 cause A1?")) < 1


words = st.lists(st.sampled_from(("liver", "livers", "what", "why", "type", "2", "no", "cause")))


@given(words, words)
def test_likeness_is_the_same_both_ways_and_1_for_the_same(one: list[str], two: list[str]) -> None:
    left, right = normal(" ".join(one)), normal(" ".join(two))
    assert 0 <= likeness(left, right) <= 1
    assert likeness(left, right) == pytest.approx(likeness(right, left))
    assert likeness(left, left) == 1


@given(st.text())
def test_any_text_has_a_normal_form(text: str) -> None:
    assert normal(text) == normal(text.upper().lower()) or not text.isascii()
