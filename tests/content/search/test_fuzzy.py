"""Articles found by parts of words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.index import Entry
from qtauthor.content.search.fuzzy import Finder

QUESTIONS = {
    1: ("How often should a bicycle chain be replaced?", "Bicycles"),
    2: ("Which bicycle is the best one for me?", "Bicycles"),
    3: ("Why does a moving bicycle stay upright?", "Everyday Physics"),
    4: ("What is a supply chain?", "Economics"),
    5: ("What is a supply chain?", "Business"),
    6: ("How does excretion work?", "Medicine"),
    7: ("What did l'école française teach?", "History"),
    8: ("What is oxygen delivery?", "Medicine"),
    9: ("Why does the liver swell?", "Medicine"),
    123: ("How is 9 written in Roman numerals?", "Mathematics"),
}


def entry(number: int, question: str | None, subject: str) -> Entry:
    path = f"content/learn/{subject.lower().replace(' ', '-')}/q{number}.md"
    return Entry(path, f"/learn/x/questions/q{number}", number, question, question, subject)


ENTRIES = [entry(number, *told) for number, told in QUESTIONS.items()]


def found(query: str, limit: int = 10) -> list[int | None]:
    return [one.id for one in Finder(ENTRIES).best(query, limit)]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("bicycle chain", [1]),
        ("chain bicycle", [1]),
        ("CHAIN", [5, 4, 1]),
        ("supply econ", [4]),
        ("bicy phys", [3]),
        ("liver", [9, 8]),
        ("ecole francaise", [7]),
        ("École", [7]),
        ("9", [9, 123]),
        ("123", [123]),
        ("q6", []),
        ("/questions/q6", [6]),
        ("content/learn/medicine/q8.md", [8]),
    ],
)
def test_all_words_have_to_be_there_in_part(query: str, ids: list[int]) -> None:
    assert found(query) == ids


@pytest.mark.parametrize(
    ("query", "first"),
    [("bycicle chain", 1), ("exretion", 6), ("suply", 4), ("lvr", 9), ("chian replaced", 1)],
)
def test_a_word_that_is_nowhere_is_a_mistyped_one(query: str, first: int) -> None:
    assert found(query)[0] in ({4, 5} if first == 4 else {first})


def test_without_an_article_with_all_words_those_with_most_come() -> None:
    assert found("liver economics bicycle")[:1] != []
    assert set(found("oxygen excretion")) == {6, 8}


def test_nothing_is_found_for_what_is_like_no_word() -> None:
    assert found("zzzqqq") == []
    assert found("z") == []


def test_an_empty_query_finds_the_first_ones() -> None:
    assert found("", 3) == [1, 2, 3]
    assert found("   ", 3) == [1, 2, 3]


def test_articles_without_a_question_are_found_by_their_names() -> None:
    finder = Finder([*ENTRIES, entry(77, None, "Lost")])
    assert [one.id for one in finder.best("q77", 5)] == [77]


def test_the_count_is_of_all_that_have_the_words() -> None:
    finder = Finder(ENTRIES)
    assert (finder.count("chain"), finder.count("zzzqqq"), finder.count("")) == (3, 0, 10)


@given(st.lists(st.text("aelo ch9/\x1f(é", max_size=6), max_size=6))
def test_what_was_typed_before_changes_nothing(typed: list[str]) -> None:
    finder = Finder(ENTRIES)
    for query in typed:
        assert finder.best(query, 4) == Finder(ENTRIES).best(query, 4)
        assert len(finder.best(query, 4)) == len({one.path for one in finder.best(query, 4)}) <= 4


def test_a_large_site_is_quick() -> None:
    many = [
        entry(number, f"{told} {number} {subject}", subject)
        for number in range(9_000)
        for told, subject in (QUESTIONS[number % 9 + 1],)
    ]
    finder = Finder(many * 4)
    finder.prepare()
    for query in ("h", "how", "how does", "bycicle", "bycicle zzq chain", "a b c d e"):
        start = time.process_time()
        finder.best(query, 12)
        assert time.process_time() - start < 0.5  # it takes less than a tenth, mostly
