"""An edit in the lines of one key gives what an edit of the whole gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qtauthor.errors import QtauthorError
from qtauthor.text import document as module
from qtauthor.text.document import Document
from tests.support.amounts import in_parts, many, of
from tests.text.hostile import HOSTILE as VALUES
from tests.text.yaml.test_regular import nearly_regular

ARTICLE = b"""---
id: 1
title: >-
    One
article_title: Two
seo:
  title: Three
  words: >-
    a, b
score: -1.0
empty:
---

&nbsp;"""
PLACES = ["/id", "/title", "/article_title", "/seo/title", "/seo/words", "/score", "/empty"]
ANYWHERE = st.sampled_from(["/a", "/b", "/a/b", "/null"])


def outcome(data: bytes, pointer: str, value: Any) -> tuple[object, ...]:
    """What an edit gives: bytes, splices and places, or the error."""
    try:
        document = Document.parse(data).set(pointer, value)
    except QtauthorError as error:
        return error.code, error.where, error.message
    again = document.set("/id", 2) if document.has("/id") else document
    return document.to_bytes(), document.edits, document.touched, again.edits, again._source.tree


def both(monkeypatch: pytest.MonkeyPatch, data: bytes, pointer: str, value: Any) -> None:
    narrow = outcome(data, pointer, value)
    with monkeypatch.context() as patched:
        patched.setattr(module, "window", lambda _source, _name: None)
        assert outcome(data, pointer, value) == narrow


@pytest.mark.parametrize("pointer", PLACES)
def test_a_window_gives_what_the_whole_gives(pointer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (*VALUES, 0, 1.5, True, None, "x\ny", "x\n", "", "a: b", "# c"):
        both(monkeypatch, ARTICLE, pointer, value)


@settings(max_examples=300, deadline=None)
@given(nearly_regular(), ANYWHERE, st.sampled_from(VALUES))
def test_a_window_in_any_text_gives_what_the_whole_gives(
    text: str, pointer: str, value: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        both(patch, f"---\n{text}\n---\n".encode(), pointer, value)


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_a_window_in_any_article_gives_what_the_whole_gives(
    every_article: list[tuple[str, bytes]], part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _, data in of(part, every_article):
        for pointer in ("/id", "/title", "/answer", "/seo/page_keywords", "/related_article1/url"):
            both(monkeypatch, data, pointer, "Why: so")
            both(monkeypatch, data, pointer, 5)


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_a_window_in_each_of_many_texts_gives_what_the_whole_gives(
    part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    @many(part)
    @given(nearly_regular(), ANYWHERE, st.sampled_from(VALUES))
    def holds(text: str, pointer: str, value: str) -> None:
        both(monkeypatch, f"---\n{text}\n---\n".encode(), pointer, value)

    holds()


def test_an_edit_of_a_key_that_is_there_needs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ARTICLE + b" "  # which no other test has read, so that nothing is kept of it
    document = Document.parse(data)
    edited = document.set("/seo/title", "Four")
    assert edited.edits == ((ARTICLE.index(b"Three"), ARTICLE.index(b"Three") + 5, "Four"),)
    for one in (document, edited):
        assert "tree" not in vars(one._source)


def test_values_that_are_equal_for_python_are_told_apart() -> None:
    document = Document.parse(ARTICLE)
    shown = [
        document.set("/score", value).to_bytes().split(b"score: ")[1].split(b"\n")[0]
        for value in (1, True, 1.0, 0.0, -0.0, "1")
    ]
    assert shown == [b"1", b"true", b"1.0", b"0.0", b"-0.0", b"'1'"]
