"""Comments, blank lines and spellings: what a document tells of them and changes in them."""

from __future__ import annotations

import pytest

from qtauthor.errors import Code, QtauthorError
from qtauthor.text.document import Document


def document(text: str) -> Document:
    return Document.parse(f"---\n{text}---\nbody # none\n".encode())


@pytest.mark.parametrize(
    ("text", "comments", "blank_lines"),
    [
        ("", (), 0),
        ("# only\n", ("# only",), 0),
        ("# one\na: 1 # two\n# three\n", ("# one", "# two", "# three"), 0),
        ("a: x#y\nb: '# no'\nc: |\n  # no\n\n  z\n", (), 0),
        ("a: [1, # one\n  2]\n\n\nb: *x\n".replace("*x", "2"), ("# one",), 2),
        ("a: &x 1 #  a  \n\nb: *x\n\n", ("#  a",), 2),
    ],
)
def test_comments_and_blank_lines_are_those_outside_of_texts(
    text: str, comments: tuple[str, ...], blank_lines: int
) -> None:
    assert document(text).gaps.comments == comments
    assert document(text).gaps.blank_lines == blank_lines


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("text", ["a: 1\n", "a: 1\n\n", "a: |\n  b\n \n\n", "", "# c\n\n"])
def test_the_gap_before_the_fence_becomes_as_large_as_asked(
    text: str, count: int, newline: str
) -> None:
    data = f"---\n{text}---\nbody".replace("\n", newline).encode()
    result = Document.parse(data).with_gap(count)
    assert result.gaps.before_fence == count
    assert result.touched == ()
    rest = text.rstrip() + "\n" * bool(text)
    assert (
        result.to_bytes()
        == f"---\n{rest}{chr(10) * count}---\nbody".replace("\n", newline).encode()
    )


def test_blank_lines_that_are_content_are_no_gap_to_take() -> None:
    kept = document("a: |+\n  b\n\n")
    with pytest.raises(QtauthorError) as caught:
        kept.with_gap(0)
    assert caught.value.code is Code.UNPROVEN_EDIT


@pytest.mark.parametrize(
    ("before", "like", "after"),
    [
        ("a: true # c\n", "True", "a: True # c\n"),
        ("a: False\n", "TRUE", "a: FALSE\n"),
        ("a: TRUE\n", "false", "a: true\n"),
        ("a: &x true\n", "True", "a: &x True\n"),
        ("a: 1\n", "True", "a: 1\n"),
        ("a: 'true'\n", "True", "a: 'true'\n"),
        ("a: True\n", "True", "a: True\n"),
    ],
)
def test_a_boolean_is_respelled_and_nothing_else_is(before: str, like: str, after: str) -> None:
    result = document(before).respell("/a", like)
    assert result.text == document(after).text
    assert result.get() == document(before).get()


def test_the_first_member_of_an_empty_collection_is_what_is_touched() -> None:
    result = document("a: {}\nb: []\n").set("/a/x", 1).set("/b/0", {"c": 1})
    assert result.touched == ("/a/x", "/b/0")


def test_the_difference_to_another_document_is_the_patch_that_leads_there() -> None:
    one, other = document("1: a\nx: &x {b: 1}\ny: *x\n"), document("1: b\nx: {b: 1}\nz: 1\n")
    assert one.patch(one.difference(other)).get() == other.get()
    assert one.difference(one) == []


def test_the_first_key_of_an_empty_front_matter_gets_the_line_break_of_the_fence() -> None:
    empty = Document.parse(b"---\r\n---\r\n")
    assert empty.set("/a", 1).to_bytes() == b"---\r\na: 1\r\n---\r\n"
