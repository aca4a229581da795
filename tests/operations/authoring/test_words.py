"""Keywords, lengths, first lines, and drafts as they are kept."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.authoring import keywords, lengths, related
from qtauthor.operations.authoring.draft import STEPS, Draft, from_json, readable, to_json
from qtauthor.operations.authoring.opening import first_line, prose
from qtauthor.rules.context import Limits
from tests.cli.support import DEMO

ANSWER = """## The Maillard reaction

Crust browns because **amino acids** and reducing sugars react in the heat of the oven.
The Maillard reaction needs more than 140 °C. `code words` and $x + y$ are no keywords.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("words").resolve() / "site"
    shutil.copytree(DEMO, root)
    return Site.find(root)


def test_keywords_are_what_the_question_asks_and_the_answer_stresses(site: Site) -> None:
    found = keywords.propose(site.index, "Why does crust brown?", ANSWER, "Bread Baking")
    assert found[0] == "maillard reaction"
    assert {"crust brown", "amino acids"} <= set(found)
    assert not {"amino", "acids", "code", "words", "why", "bread baking"} & set(found)


def test_keywords_keep_the_case_of_what_is_no_plain_word(site: Site) -> None:
    found = keywords.propose(site.index, "What does DNA do?", "The pH and DNA repair. Genes.")
    assert "DNA" in " ".join(found)
    assert "genes" in found


def test_there_may_be_none(site: Site) -> None:
    assert keywords.propose(site.index, "What is it?", "") == []


@given(question=st.text(), answer=st.text())
def test_any_text_gives_keywords_that_can_be_written(
    site: Site, question: str, answer: str
) -> None:
    found = keywords.propose(site.index, question, answer)
    assert len(found) == len({word.casefold() for word in found}) <= 6
    assert lengths.listed(", ".join(found)) == tuple(found)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "may be left for later"),
        (16, "34 more to be well"),
        (100, "a good length"),
        (140, "a phone cuts off the last 20"),
        (200, "the last 45 will hardly be seen"),
        (330, "10 over the limit of check"),
    ],
)
def test_a_description_is_measured_against_what_is_shown(size: int, words: str) -> None:
    count, remark = lengths.of_description("x" * size, Limits())
    assert count.text.startswith(f"{size} characters; 120 show on a phone, 155 on a desktop")
    assert words in remark.text


def test_keywords_are_counted_and_repeated_ones_named() -> None:
    count, remark = lengths.of_keywords(("bread", "starch", "Bread"))
    assert count.text == "3 of at most 10 keywords, 20 characters"
    assert remark.text == "Bread stands here twice"
    assert len(list(lengths.of_keywords(()))) == len(list(lengths.of_keywords(("a",) * 12))) == 2


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("", ""),
        ("# Head\n\nText", "Head"),
        ("\n\n1. **Fit**: a [link](x.md) and `code`.", "Fit: a link and ."),
        ("> - It is $m_w * 2$ *now*.", "It is $m_w * 2$ now."),
        ("```\ncode\n```\n\nAfter", "After"),
    ],
)
def test_the_first_line_has_no_marks(answer: str, line: str) -> None:
    assert first_line(answer) == line


def test_prose_has_neither_code_nor_math() -> None:
    assert prose("A `b` $c_1$ **d**\n\n~~~\ne\n~~~").split() == ["A", "d"]


@given(
    st.builds(
        Draft,
        question=st.text(),
        answer=st.text(),
        keywords=st.lists(st.text()).map(tuple),
        slug=st.none() | st.text(),
        step=st.sampled_from(STEPS),
    )
)
def test_a_draft_comes_back_as_it_was_kept(draft: Draft) -> None:
    assert from_json(to_json(draft)) == draft


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"step": "nowhere"}', b"\xff"])
def test_what_is_no_draft_is_refused(data: bytes) -> None:
    assert readable(data) is None
    with pytest.raises(QtauthorError):
        from_json(data)


def test_articles_are_found_by_words_beginnings_and_names(site: Site) -> None:
    upright = "content/learn/everyday-physics/why-does-a-moving-bicycle-stay-upright.md"
    for words in ("upright", "bicycle upri", "3055", "why-does-a-moving-bicycle-stay-upright"):
        assert related.search(site, words)[0].path == upright
    assert related.search(site, "upright", without=[upright]) == [] or all(
        one.path != upright for one in related.search(site, "upright", without=[upright])
    )
    assert related.search(site, "xyzzy") == related.search(site, "?!") == []
    assert related.search(site, 'a"b OR NEAR(') is not None


def test_proposals_leave_out_what_is_chosen(site: Site) -> None:
    draft = Draft(subject="Bread Baking", question="Why does dough rise at night?")
    first = related.proposals(site, draft)[0]
    assert first.opening
    chosen = Draft(subject=draft.subject, question=draft.question, related=(first.path,))
    assert first.path not in {one.path for one in related.proposals(site, chosen)}
