"""JSON Pointers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.errors import RequestError
from qtauthor.text.yaml import pointer


@given(st.lists(st.text()))
def test_what_is_joined_is_parsed_to_the_same_tokens(tokens: list[str]) -> None:
    assert pointer.parse(pointer.join(tokens)) == tuple(tokens)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", ()),
        ("/", ("",)),
        ("/a//b", ("a", "", "b")),
        ("/~01/~10", ("~1", "/0")),
        ("/é b", ("é b",)),
    ],
)
def test_tokens_of_a_pointer(text: str, tokens: tuple[str, ...]) -> None:
    assert pointer.parse(text) == tokens


@pytest.mark.parametrize("text", ["a", " /a", "/~", "/~2", "/a~b"])
def test_what_is_no_pointer(text: str) -> None:
    with pytest.raises(RequestError):
        pointer.parse(text)
