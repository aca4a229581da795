"""Text in the five styles, read back by readers that share nothing with the writer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from qtauthor.errors import Code, EditError
from qtauthor.text.document import Document
from qtauthor.text.render import implicit_types, scalars
from qtauthor.text.render.scalars import STYLES, BlockHeader, Style
from qtauthor.text.yaml.values import same
from tests.support.readers import ReadError, SiteReader, read_ruamel12, read_yaml11
from tests.text.hostile import HOSTILE, WORDS, texts
from tests.text.readings import differing

SPELLINGS = (
    "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "NO", "on", "On", "off", "OFF", "true", "TRUE",
    "tRue", "null", "Null", "NULL", "nUll", "~", "=", "<<", "0", "00", "-0", "+0", "1", "+1", "-1",
    "1_000", "_1", "1_", "0b11", "0b", "0o17", "0o8", "017", "08", "09.5", "0x1F", "0xg", "0x",
    "-0x1f", "1.5", "1.", ".5", "-.5", "+.5", ".", "..", "-.", "1e3", "1e+3", "1.5e3", "1.5e-3",
    ".5e3", "1e", "e3", "1.e3", "1_0.5", "12:30", "12:30:45", "1:60", "190:20:30", "190:20:30.15",
    "-12:30", "0:0", "1:2:3:4", ".inf", "-.inf", "+.INF", ".Inf", ".iNF", ".nan", "-.nan", ".NaN",
    ".NAN", "nan", "inf", "2024-01-01", "2024-1-1", "2024-13-01", "2024-01-01T10:30:00",
    "2024-01-01 10:30:00", "2024-01-01t10:30:00Z", "2024-01-01 10:30:00 +02:00", "2024-01-01T10:30",
    "24-01-01", "2024-01", "1,000", "1 000", "0.0.0", "1-2", "v1", "None", "True", "False",
    "undefined", "NaN", "Infinity", "0777", "0o0777", "1__0", "-", "--", "+", "1e1e1", "١", "１",
    "2024-01-01T10:30:00.5-03", "685_230.15",
)  # fmt: skip


def plain_values(text: str, site: SiteReader) -> list[Any]:
    """What the readers make of a plain ``text``; those that refuse it are left out."""
    source = f"---\na: {text}\n---\n"
    found: list[Any] = []
    for read in (read_ruamel12, read_yaml11, lambda source: site.read(source).data):
        try:
            found.append(read(source)["a"])
        except (ReadError, TypeError):
            found.append(ReadError)
    return found


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_plain_spelling_is_text_only_if_it_is_for_every_reader(
    site_reader: SiteReader, text: str
) -> None:
    if implicit_types.is_text(text) and scalars.plain(text) is not None:
        assert plain_values(text, site_reader) == [text] * 3


@settings(deadline=None, max_examples=300)
@given(texts())
def test_a_text_that_is_written_plain_is_that_text_to_every_reader(
    site_reader: SiteReader, text: str
) -> None:
    written = scalars.plain(text)
    if written is not None:
        assert plain_values(written, site_reader) == [text] * 3


def test_common_words_need_no_quotes() -> None:
    for text in (
        "Yes or no",
        "What is it?",
        "a:b",
        "a#b",
        "-x",
        "http://x.y/?a=b#c",
        "1,000",
        "v1.5",
    ):
        assert scalars.plain(text) == text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("start", ["a: x", "a: |+\n  x\n", "a: >2-\n  x", "m:\n   a: 'x'"])
def test_every_style_holds_the_very_text_or_refuses_it(
    site_reader: SiteReader, style: Style, start: str
) -> None:
    document = Document.parse(f"---\n{start}\nb: 1\n---\n".encode())
    at = "/m/a" if start.startswith("m") else "/a"
    held = 0
    for text in (*HOSTILE, *WORDS):
        try:
            result = document.set(at, "other").set(at, text, style=style)
        except EditError as error:
            assert error.code is Code.CANNOT_HOLD_VALUE
            continue
        held += 1
        value = {"a": text}
        wanted = {"m": value, "b": 1} if at == "/m/a" else value | {"b": 1}
        assert result.style(at) == style
        assert differing(result.text, wanted, site_reader) == []
    assert held == len((*HOSTILE, *WORDS)) if style == "double-quoted" else held > 20


def test_a_line_of_a_hundred_thousand_characters_stays_one_line(site_reader: SiteReader) -> None:
    long = ("What is `x: y` in “é”? " * 5_000).strip()
    for start in ("a: x", "a: >-\n    x", "a: |\n  x", 'a: "x"', "a: 'x'"):
        document = Document.parse(f"---\n{start}\nb: 1\n---\n".encode()).set("/a", long)
        assert len(document.text.splitlines()) <= 6
        assert differing(document.text, {"a": long, "b": 1}, site_reader) == []
        assert document.set("/a", "x").get("/a") == "x"


@pytest.mark.parametrize(
    ("text", "header", "lines"),
    [
        ("a", BlockHeader(">"), [">-", "a"]),
        ("a\n", BlockHeader(">"), [">", "a"]),
        ("a\nb", BlockHeader(">"), [">-", "a", "", "b"]),
        ("a\n\nb", BlockHeader(">"), [">-", "a", "", "", "b"]),
        ("\n\na", BlockHeader(">"), [">-", "", "", "a"]),
        ("a\nb\n", BlockHeader("|"), ["|", "a", "b"]),
        ("a\n\n", BlockHeader("|", "+"), ["|+", "a", ""]),
        (" a", BlockHeader("|", "-", "2"), ["|2-", " a"]),
    ],
)
def test_block_lines(text: str, header: BlockHeader, lines: list[str]) -> None:
    held = scalars.block(text, header)
    assert held is not None
    assert [str(held[0]), *held[1]] == lines


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("", "|"),
        ("\n", "|"),
        (" a", "|"),
        ("a\n b", ">"),
        ("a\n\n", "|"),
        ("a\n \nb", "|"),
        ("a\x07", ">"),
    ],
)
def test_what_a_block_cannot_hold(text: str, mark: str) -> None:
    assert scalars.block(text, BlockHeader(mark)) is None


def test_same_tells_types_apart() -> None:
    assert not same(1, 1.0)
    assert not same(1, True)
    assert not same(0.0, -0.0)
    assert not same("1", 1)
    assert not same({"a": [1]}, {"a": [1.0]})
    assert same(float("nan"), -float("nan"))
    assert same({"a": 1, "b": [None]}, {"b": [None], "a": 1})
