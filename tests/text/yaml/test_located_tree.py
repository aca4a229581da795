"""A file that was read is kept for a while, and only for a while."""

from __future__ import annotations

import gc
import weakref

import pytest

from qtauthor.errors import ParseError
from qtauthor.text.yaml.located_tree import Located


def article(number: int, size: int = 4000) -> bytes:
    return f"---\nid: {number}\nanswer: {'a' * size}\n---\n".encode()


def test_a_file_is_read_once_though_many_others_are_read_in_between() -> None:
    first = [Located.decode(article(number)) for number in range(60)]
    again = [Located.decode(article(number)) for number in range(60)]
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_what_was_read_long_ago_is_let_go() -> None:
    old = weakref.ref(Located.decode(article(-1)))
    for number in range(200):
        Located.decode(article(number))
    gc.collect()
    assert old() is None


def test_a_large_file_is_not_kept() -> None:
    data = article(1, 200_000)
    assert Located.decode(data) is not Located.decode(data)


def test_what_cannot_be_read_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ParseError):
            Located.decode(b"no article")
