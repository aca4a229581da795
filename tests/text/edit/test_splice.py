"""Splices: applied, composed and cut down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from qtauthor.text.document import Document
from qtauthor.text.edit.splice import Splice, apply, compose, normalised, ordered

SIGNS = "ab\né🥖"


@st.composite
def splices(draw: DrawFn, length: int) -> tuple[Splice, ...]:
    """Sorted splices of a text that do not overlap; some of them change nothing."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(Splice(start, end, draw(st.text(SIGNS, max_size=3))) for start, end in pairs)


@st.composite
def chains(draw: DrawFn, links: int) -> tuple[str, list[tuple[Splice, ...]]]:
    """A text and lists of splices, each made on the result of the one before."""
    text = now = draw(st.text(SIGNS, max_size=20))
    result: list[tuple[Splice, ...]] = []
    for _ in range(links):
        result.append(draw(splices(len(now))))
        now = apply(now, result[-1])
    return text, result


@given(chains(2))
def test_two_lists_composed_do_what_both_do_in_turn(
    chain: tuple[str, list[tuple[Splice, ...]]],
) -> None:
    text, (first, then) = chain
    assert apply(text, compose(first, then)) == apply(apply(text, first), then)


@given(chains(5))
def test_composing_many_lists_gives_sorted_splices_that_do_not_overlap(
    chain: tuple[str, list[tuple[Splice, ...]]],
) -> None:
    text, lists = chain
    composed: tuple[Splice, ...] = ()
    result = text
    for one in lists:
        composed = compose(composed, one)
        result = apply(result, one)
    assert ordered(composed) == composed
    assert all(0 <= splice.start <= splice.end <= len(text) for splice in composed)
    assert apply(text, composed) == result


@given(chains(1))
def test_normalised_splices_do_the_same_and_keep_no_common_ends(
    chain: tuple[str, list[tuple[Splice, ...]]],
) -> None:
    text, (made,) = chain
    cut = normalised(text, made)
    assert apply(text, cut) == apply(text, made)
    for start, end, new in cut:
        old = text[start:end]
        assert old != new
        assert not (old and new and (old[0] == new[0] or old[-1] == new[-1]))


def test_an_edit_taken_back_composes_to_nothing() -> None:
    there, back = (Splice(2, 4, "xyz"),), (Splice(2, 5, "cd"),)
    assert normalised("abcdef", compose(there, back)) == ()


def test_insertions_at_one_place_keep_their_order() -> None:
    made = ordered([Splice(1, 1, "x"), Splice(1, 1, "y"), Splice(1, 2, "")])
    assert apply("abc", made) == "axyc"


def test_overlapping_splices_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        ordered([Splice(0, 2, ""), Splice(1, 3, "")])


@pytest.mark.parametrize("before", ["", "\ufeff", "é", "🥖🥖", "日本\r\n"])
def test_edits_count_bytes_of_the_parsed_file(before: str) -> None:
    mark, rest = ("\ufeff", "") if before == "\ufeff" else ("", before)
    data = f"{mark}---\nt: {rest.strip()}x\na: é old ü\nb: 1\n---\n🥖".encode()
    document = Document.parse(data).set("/a", "é new ü").set("/b", 2)
    result = data
    for start, end, new in reversed(document.edits):
        result = result[:start] + new.encode() + result[end:]
    assert result == document.to_bytes()
    assert [edit.new for edit in document.edits] == ["new", "2"]
