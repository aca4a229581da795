"""Places as editors tell them, held against a count of encoded bytes."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.text.source.positions import Encoding, Positions, Spot

WIDTHS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
SIGNS = st.sampled_from(
    ["a", "é", "語", "😀", "\n", "\r\n", "\r", " ", "\u2028", "\f", "\x85", "\ufeff"]
)
TEXTS = st.lists(SIGNS, max_size=30).map("".join)
ENCODINGS = st.sampled_from(get_args(Encoding))


def counted(text: str, offset: int, encoding: str) -> Spot:
    """The place of an offset, by lines that are cut apart."""
    rows = re.split(r"\r\n|\r|\n", text[:offset])
    codec, width = WIDTHS[encoding]
    return Spot(len(rows) - 1, len(rows[-1].encode(codec)) // width)


@given(TEXTS, ENCODINGS, st.booleans())
def test_every_offset_has_its_place_and_is_found_by_it(
    text: str, encoding: Encoding, marked: bool
) -> None:
    hidden = int(text.startswith("\ufeff") and not marked)
    shown = text[hidden:]
    positions = Positions(text, encoding, marked=marked)
    for offset in range(len(shown) + 1):
        if shown[offset - 1 : offset + 1] == "\r\n":
            continue  # between the two signs of one break there is no place
        spot = counted(shown, offset, encoding)
        assert positions.spot(offset + hidden) == spot
        assert positions.offset(*spot) == offset + hidden


@given(TEXTS, ENCODINGS, st.integers(-2, 40), st.integers(-2, 200))
def test_every_place_is_somewhere_in_the_text(
    text: str, encoding: Encoding, line: int, unit: int
) -> None:
    positions = Positions(text, encoding)
    assert 0 <= positions.offset(line, unit) <= len(text)


@pytest.mark.parametrize(("encoding", "unit"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)])
def test_units_of_each_encoding(encoding: Encoding, unit: int) -> None:
    assert Positions("x\na😀b", encoding).spot(4) == Spot(1, unit)


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", (2, 3, 4)), ("utf-16", (2,))])
def test_a_place_inside_of_a_character_is_the_one_before_it(
    encoding: Encoding, units: tuple[int, ...]
) -> None:
    assert {Positions("a😀b", encoding).offset(0, unit) for unit in units} == {1}


def test_beyond_the_end_of_a_line_is_its_end_and_not_its_break() -> None:
    assert Positions("ab\r\nc", "utf-16").offset(0, 99) == 2


def test_a_mark_that_the_editor_took_off_does_not_count() -> None:
    text = "\ufeffab\nc"
    assert Positions(text, "utf-8").spot(2) == Spot(0, 1)
    assert Positions(text, "utf-8", marked=True).spot(2) == Spot(0, 4)
    assert Positions(text, "utf-8").offset(1, 0) == Positions(text, "utf-8", marked=True).offset(
        1, 0
    )
