"""The readers that other tests trust."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.readers import (
    ReadError,
    SiteReader,
    SiteReadError,
    read_ruamel12,
    read_yaml11,
)


def article(front_matter: str, body: str = "\n&nbsp;") -> str:
    return f"---\n{front_matter}---\n{body}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("'2024'", "2024"),
        ("2024", 2024),
        ("-1.0", -1),
        ("1.5", 1.5),
        ("True", True),
        ("yes", "yes"),
        ("~", None),
        ("2024-12-18", date(2024, 12, 18)),
        ("2024-12-18T10:30:00Z", datetime(2024, 12, 18, 10, 30, tzinfo=UTC)),
        ("[1, [a], {b: }]", [1, ["a"], {"b": None}]),
        ("!!binary aGk=", b"hi"),
        ("-.inf", -math.inf),
    ],
)
def test_site_values_keep_their_type(site_reader: SiteReader, source: str, expected: Any) -> None:
    value = site_reader.read(article(f"key: {source}\n")).data["key"]
    assert (type(value), value) == (type(expected), expected)


def test_site_gives_nan_and_negative_zero(site_reader: SiteReader) -> None:
    data = site_reader.read(article("a: .nan\nb: -0.0\n")).data
    assert math.isnan(data["a"])
    assert math.copysign(1, data["b"]) == -1


def test_site_reads_the_body_as_it_is(site_reader: SiteReader) -> None:
    body = "\n\ud800 \u2028 \x0c \U0001f956 &nbsp;"
    assert site_reader.read(article("a: 1\n", body)).content == body


def test_site_has_no_data_when_the_fence_is_not_at_byte_0(site_reader: SiteReader) -> None:
    text = "\n" + article("title: A question?\n")
    assert site_reader.read(text).data == {}
    assert site_reader.read(text).content == text


@pytest.mark.parametrize(
    ("front_matter", "message"),
    [
        ("title: States of matter: solid\n", "incomplete explicit mapping pair"),
        ("a: 1\na: 2\n", "duplicated mapping key"),
        ("a: &a [*a]\n", "nested more than 200 deep"),
        ("a: \ud800\n", "non-printable characters"),
        ("a: 9999-99-01\n", "no Python date"),
        ("- a\n", "no mapping"),
    ],
)
def test_site_errors_are_told(site_reader: SiteReader, front_matter: str, message: str) -> None:
    with pytest.raises(SiteReadError, match=message):
        site_reader.read(article(front_matter))


def test_site_repeats_an_error_for_the_same_text(site_reader: SiteReader) -> None:
    broken = article("title: one: two\n")
    for _ in range(2):
        with pytest.raises(SiteReadError):
            site_reader.read(broken)
    assert site_reader.read(article("title: one two\n")).data == {"title": "one two"}


def test_site_does_not_run_front_matter(site_reader: SiteReader) -> None:
    with pytest.raises(SiteReadError, match="not evaluated"):
        site_reader.read("---js\n{ a: process.exit(1) }\n---\n")


@pytest.mark.usefixtures("site_reader")
def test_an_ended_process_is_not_taken_for_a_refused_file(tmp_path: Path) -> None:
    with SiteReader(folder=tmp_path) as reader, pytest.raises(RuntimeError, match="status 1"):
        reader.read(article("a: 1\n"))


def test_yaml_versions_differ_where_they_should() -> None:
    text = article("switch: yes\noctal: 010\ndate: 2024-12-18\ntext: >-\n    one\n    line\n")
    common = {"date": date(2024, 12, 18), "text": "one line"}
    assert read_yaml11(text) == {"switch": True, "octal": 8} | common
    assert read_ruamel12(text) == {"switch": "yes", "octal": 10} | common


@pytest.mark.parametrize("read", [read_yaml11, read_ruamel12])
class TestYamlReader:
    def test_takes_the_text_between_the_fences(self, read: Callable[[str], Any]) -> None:
        assert read("\ufeff---\r\na: '--- b'\r\n---\r\n\r\nbody\n---\n") == {"a": "--- b"}
        assert read("---\n---\n") is None

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "\n---\na: 1\n---\n",
            "---\na: 1\n",
            "---\na: b: c\n---\n",
            "---\na: 2024-99-99\n---\n",
        ],
    )
    def test_refuses_what_it_cannot_read(self, read: Callable[[str], Any], text: str) -> None:
        with pytest.raises(ReadError):
            read(text)
