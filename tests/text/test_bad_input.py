"""Files that cannot be read as articles: refused with code and place, at once, and left alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from qtauthor.errors import Code, ParseError, QtauthorError, ReadError
from qtauthor.text.document import Document
from qtauthor.text.source.encoding import MAX_BYTES
from qtauthor.text.yaml import parser
from qtauthor.text.yaml.values import MAX_NODES


def refusal(data: bytes) -> ParseError:
    with pytest.raises(ParseError) as caught:
        Document.parse(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"---\na: \xe9t\xe9\n---\n", Code.NOT_UTF8, 2, 4),
        ("---\né: 🥖 ".encode() + b"\xff\n---\n", Code.NOT_UTF8, 2, 6),
        (b"\xff\xfe-\x00-\x00-\x00", Code.NOT_UTF8, 1, 1),
        (b"---\na: \xed\xa0\x80\n---\n", Code.NOT_UTF8, 2, 4),
        (b"", Code.NO_FRONT_MATTER, 1, 1),
        (b"text\n", Code.NO_FRONT_MATTER, 1, 1),
        (b"----\na: 1\n---\n", Code.NO_FRONT_MATTER, 1, 1),
        (b"\n---\na: 1\n---\n", Code.EMPTY_LINE_BEFORE_FENCE, 1, 1),
        (b" ---\na: 1\n---\n", Code.EMPTY_LINE_BEFORE_FENCE, 1, 1),
        (b"\xef\xbb\xbf\xef\xbb\xbf---\na: 1\n---\n", Code.NO_FRONT_MATTER, 1, 1),
        (b"---\na: 1\n", Code.UNCLOSED_FENCE, 1, 1),
        (b"---", Code.UNCLOSED_FENCE, 1, 1),
        (b"---\na: 1\n ---\n", Code.UNCLOSED_FENCE, 1, 1),
        (b"---\na: 1\n----\n", Code.UNCLEAR_FENCE, 3, 1),
        (b"---\na: 1\n--- text\n---\n", Code.UNCLEAR_FENCE, 3, 1),
        (b"---\na: |\n  x\n---y\n---\n", Code.UNCLEAR_FENCE, 4, 1),
        (b"---json\n{}\n---\n", Code.OTHER_LANGUAGE, 1, 4),
        (b"--- a: 1\n---\n", Code.OTHER_LANGUAGE, 1, 4),
        (b"---\ntitle: matter: solid\n---\n", Code.INVALID_YAML, 2, 14),
        ("---\ntitle: é🥖: solid\n---\n".encode(), Code.INVALID_YAML, 2, 10),
        (b"---\na: 1\n  b: 2\n---\n", Code.INVALID_YAML, 3, 4),
        (b"---\na: 'open\nb: 1\n---\n", Code.INVALID_YAML, 4, 1),
        (b"---\na: [1, 2\nb: 1\n---\n", Code.INVALID_YAML, None, None),
        (b"---\na: %b\n---\n", Code.INVALID_YAML, 2, 4),
        (b"---\na: @b\n---\n", Code.INVALID_YAML, 2, 4),
        (b"---\na:\n\tb: 1\n---\n", Code.INVALID_YAML, 3, 1),
        (b"---\na: 1\n\x0c\n---\n", Code.CONTROL_CHARACTER, 3, 1),
        (b"---\na: x\x0cy\n---\n", Code.CONTROL_CHARACTER, 2, 5),
        (b"---\na: x\x00y\n---\n", Code.CONTROL_CHARACTER, 2, 5),
        (b"---\na: \x1b[31m\n---\n", Code.CONTROL_CHARACTER, 2, 4),
        ("---\r\né: 1\r\nb: \x07\r\n---\r\n".encode(), Code.CONTROL_CHARACTER, 3, 4),
        (b"---\na: *b\n---\n", Code.UNKNOWN_ALIAS, 2, 4),
        (b"---\na: &a [*a]\n---\n", Code.UNKNOWN_ALIAS, 2, 8),
        (b"---\n- a\n---\n", Code.NOT_A_MAPPING, 2, 1),
        (b"---\ntext\n---\n", Code.NOT_A_MAPPING, 2, 1),
        (b"---\na: {b: 1, [\n---\n", Code.INVALID_YAML, None, None),
    ],
)  # fmt: skip
def test_what_no_reader_takes_for_an_article_is_refused_with_its_place(
    data: bytes, code: Code, line: int | None, column: int | None
) -> None:
    error = refusal(data)
    assert error.code is code
    if line is not None:
        assert (error.where.line, error.where.column) == (line, column)
    assert error.where.line
    assert error.remedy


def test_an_error_shows_the_line_and_what_to_do() -> None:
    error = refusal("---\nid: 1\ntitle: States of mätter: solid\n---\n".encode())
    assert error.excerpt == "title: States of mätter: solid"
    assert error.remedy == "quote the value: a colon and a blank begin a new field"
    assert str(error) == ("<document>:3:24: mapping values are not allowed here [invalid-yaml]")
    assert str(error.at("a.md")).startswith("a.md:3:24: ")


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"---\na: " + b"x" * MAX_BYTES + b"\n---\n", Code.TOO_LARGE),
        (lambda: b"x" * (50 * 1024 * 1024), Code.TOO_LARGE),
        (lambda: b"---\na: " + b"[" * 10_000 + b"]" * 10_000 + b"\n---\n", Code.TOO_DEEP),
        (lambda: b"---\na: " + b"[" * 10_000 + b"\n---\n", Code.TOO_DEEP),
        (lambda: b"---\na: " + b"{a: " * 10_000 + b"}" * 10_000 + b"\n---\n", Code.TOO_DEEP),
        (lambda: nested_block(1_000), Code.TOO_DEEP),
        (lambda: b"---\na: " + b"- " * 10_000 + b"1\n---\n", Code.INVALID_YAML),
        (lambda: b"---\na:\n  " + b"- " * 10_000 + b"1\n---\n", Code.TOO_DEEP),
    ],
    ids=["long", "50 MB", "flow", "unclosed", "braces", "block", "no block", "dashes"],
)
def test_what_is_too_large_or_too_deep_is_refused_at_once(
    make: Callable[[], bytes], code: Code, pure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if pure:
        monkeypatch.setattr(parser, "CParser", None)
    data = make()
    began = time.process_time()
    assert refusal(data).code is code
    assert time.process_time() - began < 5  # a second, and what a busy machine takes


def nested_block(depth: int) -> bytes:
    return b"---\n" + b"".join(b" " * i + b"a:\n" for i in range(depth)) + b"---\n"


def test_a_fair_depth_is_read_and_edited() -> None:
    document = Document.parse(nested_block(150))
    assert document.set("/a" * 150, 1).get("/a" * 150) == 1


def bomb(levels: int) -> bytes:
    """Nine aliases of the level below on each level: ``9 ** levels`` values."""
    rows = ["a0: &a0 [x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return ("---\n" + "\n".join(rows) + "\ntitle: old\n---\n").encode()


def test_an_alias_bomb_is_neither_read_nor_in_the_way() -> None:
    document = Document.parse(bomb(40))
    with pytest.raises(ReadError) as caught:
        document.get()
    assert caught.value.code is Code.ALIAS_BOMB
    assert f"{MAX_NODES:,}" in caught.value.message
    assert document.get("/title") == "old"
    assert document.set("/title", "new").get("/title") == "new"


def test_a_chain_of_a_thousand_aliases_is_read() -> None:
    rows = ["a0: &a0 1"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 150)]
    document = Document.parse(("---\n" + "\n".join(rows) + "\n---\n").encode())
    assert document.get("/a1") == [1]


@pytest.mark.parametrize(
    ("source", "at", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "", Code.DUPLICATE_KEY, 4, 1),
        ("a: 1\na: 3\n", "/a", Code.DUPLICATE_KEY, 3, 1),
        ("é: !colour red\n", "/é", Code.UNKNOWN_TAG, 2, 4),
        ("a: !!binary aGk=\n", "/a", Code.UNKNOWN_TAG, 2, 4),
        ("a: !!int x\n", "/a", Code.BAD_SCALAR, 2, 4),
        ("a: 2024-13-45\n", "/a", Code.BAD_SCALAR, 2, 4),
        ("a: 1\n? [b]\n: 2\n", "", Code.BAD_SCALAR, 3, 3),
        ("a: 1\n", "/b", Code.NO_SUCH_KEY, 0, 0),
        ("a: [1]\n", "/a/1", Code.NO_SUCH_KEY, 2, 4),
        ("a: [1]\n", "/a/01", Code.NO_SUCH_KEY, 2, 4),
        ("a: 1\n", "/a/b", Code.NO_SUCH_KEY, 2, 4),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_and_its_neighbours_are_not(
    source: str, at: str, code: Code, line: int, column: int
) -> None:
    document = Document.parse(f"---\n{source}---\n".encode())
    with pytest.raises(ReadError) as caught:
        document.get(at)
    assert caught.value.code is code
    assert (caught.value.where.line, caught.value.where.column) == (line, column)
    assert caught.value.remedy
    assert document.set("/new", 1).get("/new") == 1


@pytest.mark.parametrize("at", ["a", "/a~2", "/~", "#/a"])
def test_what_is_no_pointer_is_refused(at: str) -> None:
    with pytest.raises(QtauthorError) as caught:
        Document.parse(b"---\na: 1\n---\n").get(at)
    assert caught.value.code is Code.BAD_POINTER
