"""Which lines differ: as git tells it, and without comparing each line with each."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.changes import line_hunks
from qtauthor.changes.change import Edit, apply
from qtauthor.changes.line_hunks import LineHunk, blocks, edited, lines

Texts = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"\n"]), max_size=12)


def rebuilt(old: list[bytes], new: list[bytes], found: list[LineHunk]) -> list[bytes]:
    result: list[bytes] = []
    at = 0
    for block in found:
        assert block.start >= at
        result += old[at : block.start] + new[block.to_start : block.to_end]
        at = block.end
    return result + old[at:]


@given(Texts, Texts, st.sampled_from([0, 2, 300]))
def test_the_blocks_make_one_text_of_the_other(
    old: list[bytes], new: list[bytes], small: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_hunks, "_SMALL", small)
        found = list(blocks(old, new))
    assert rebuilt(old, new, found) == new
    assert all(block.start < block.end or block.to_start < block.to_end for block in found)


@given(st.binary(max_size=40), st.data())
def test_edits_give_the_blocks_in_which_they_are(noise: bytes, data: st.DataObject) -> None:
    old = noise.replace(b"\0", b"\n").replace(b"\1", b"\n")
    cuts = data.draw(st.lists(st.integers(0, len(old)), max_size=6).map(sorted))
    news = st.sampled_from([b"", b"x", b"\n", b"x\ny"])
    edits = tuple(
        Edit(start, old[start:end], data.draw(news))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    new = apply(old, edits)
    assert b"".join(rebuilt(lines(old), lines(new), list(edited(old, edits)))) == new


def test_a_line_that_stands_once_divides_what_is_large() -> None:
    rows = [b"%d\n" % number for number in range(2000)]
    new = [b"first\n", *rows[1:1000], *rows[1001:], b"last\n"]
    assert list(blocks(rows, new)) == [
        LineHunk(0, 1, 0, 1), LineHunk(1000, 1001, 1000, 1000), LineHunk(2000, 2000, 1999, 2000)
    ]  # fmt: skip


def test_no_more_is_compared_than_what_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that are alike but for every second: difflib would compare each with each."""
    compared: list[int] = []

    class Counted(difflib.SequenceMatcher[Any]):
        def __init__(self, junk: Any, old: Any, new: Any, autojunk: bool) -> None:
            compared.append(max(len(old), len(new)))
            super().__init__(junk, old, new, autojunk)

    monkeypatch.setattr(difflib, "SequenceMatcher", Counted)
    rows = [b"key: value\n"] * 20_000
    other = [line if at % 2 else b"key: other\n" for at, line in enumerate(rows)]
    found = list(blocks(rows, other))
    assert rebuilt(rows, other, found) == other
    assert all(size <= 300 for size in compared)


def test_edits_of_neighbouring_lines_are_one_block() -> None:
    old = b"a: >-\n    x\nb: >-\n    y\nc\n"
    edits = (Edit(0, b"a: >-\n    x\n", b"a: x\n"), Edit(12, b"b: >-\n    y\n", b"b: y\n"))
    assert list(line_hunks.edited(old, edits)) == [line_hunks.LineHunk(0, 4, 0, 2)]
