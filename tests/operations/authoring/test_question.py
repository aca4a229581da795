"""What is said of a question while it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.model import derived_names
from qtauthor.model.derived_names import SITE_NAMING, Naming
from qtauthor.operations.authoring.question import dropped, read


def told(question: str) -> list[str]:
    return [remark.text for remark in read(question, "Bread", SITE_NAMING).remarks]


@pytest.mark.parametrize(
    ("question", "remark"),
    [
        ("Why is crust brown", "no question mark or full stop at the end"),
        ("What is an école?", "in the address: école → cole"),
        ("What is the Child-Pugh score?", "in the address: Child-Pugh → childpugh"),
        ("Why is p > 0.5?", "in the address: > is left out"),
        ("Why is p over 0.5?", "in the address: 0.5 → 05"),
        ("  Why?", "blanks at its ends are left out"),
        ("Why  so?", "two blanks in a row give two hyphens"),
        ("x" * 200 + "?", "the file's name has 203 of 255 bytes"),
        ("Why " + "so " * 20 + "long?", "69 characters; search engines show about 60"),
    ],
)
def test_what_may_be_wrong_is_told(question: str, remark: str) -> None:
    assert remark in told(question)


@pytest.mark.parametrize(
    "question", ["Why is crust brown?", "Explain it.", "What's “it” (in Bread)?", "Who - me?"]
)
def test_a_question_without_fault_gets_no_remark(question: str) -> None:
    assert told(question) == []


@pytest.mark.parametrize(
    ("question", "better"),
    [
        ("What is an école?", "what-is-an-ecole"),
        ("What is the Child-Pugh score?", "what-is-the-child-pugh-score"),
        ("Why is crust brown?", None),
        ("What's it?", None),
    ],
)
def test_a_slug_with_letters_is_offered_for_what_is_dropped(
    question: str, better: str | None
) -> None:
    assert read(question, "Bread", SITE_NAMING).better == better


def test_the_names_are_those_that_the_article_gets() -> None:
    names = read(" Why is crust brown?", "Bread Baking", SITE_NAMING).names
    assert names == derived_names.derive("Why is crust brown?", "Bread Baking")


def test_a_slug_that_was_given_is_not_bettered() -> None:
    found = read("What is an école?", "Bread", SITE_NAMING, "school")
    assert found.names is not None
    assert (found.names.slug, found.better, found.remarks) == ("school", None, ())


def test_what_can_have_no_name_is_a_problem() -> None:
    assert "nothing is left" in read("???", "Bread", SITE_NAMING).problem
    assert "over 255" in read("x" * 300, "Bread", SITE_NAMING).problem


@given(st.text())
def test_any_text_can_be_typed(text: str) -> None:
    found = read(text, "Bread", SITE_NAMING)
    assert (found.names is None) == bool(found.problem)
    if found.better is not None:
        assert derived_names.slugify(found.better.replace("-", " ")) == found.better


@given(st.text(st.characters(codec="ascii", categories=["Ll", "Lu", "Nd"]), min_size=1))
def test_plain_words_lose_nothing(word: str) -> None:
    assert dropped(f"{word} {word}?", SITE_NAMING) == []


def test_styles_that_transliterate_drop_nothing_worth_telling() -> None:
    assert read("What is an école?", "Bread", Naming(slug_style="ascii")).better is None
