"""New values as text, for what is no text itself."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest

from qtauthor.errors import Code, EditError
from qtauthor.text.document import Document
from tests.support.readers import SiteReader
from tests.text.readings import differing

NOON = datetime.datetime.fromisoformat("2024-12-18T12:30:45")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (5, "5"),
        (-(2**53) + 1, "-9007199254740991"),
        (-1.0, "-1.0"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (1e16, "1.0e+16"),
        (1.5e-7, "1.5e-07"),
        (5e-324, "5.0e-324"),
        (math.inf, ".inf"),
        (-math.inf, "-.inf"),
        (math.nan, ".nan"),
        (datetime.date(2024, 12, 18), "2024-12-18"),
        (datetime.date(100, 1, 1), "0100-01-01"),
        (NOON, "2024-12-18T12:30:45"),
        (NOON.replace(microsecond=120_000), "2024-12-18T12:30:45.120"),
        ([], "[]"),
        ({}, "{}"),
    ],
)
def test_a_value_is_written_as_every_reader_knows_it(
    site_reader: SiteReader, value: Any, written: str
) -> None:
    document = Document.parse(b"---\na: x\nb: 1\n---\n").set("/a", value)
    assert document.text == f"---\na: {written}\nb: 1\n---\n"
    assert differing(document.text, {"a": value, "b": 1}, site_reader) == []


@pytest.mark.parametrize(
    "value",
    [
        2**53,
        -(2**53),
        datetime.date(99, 12, 31),
        NOON.replace(year=50),
        NOON.replace(microsecond=1),
        NOON.replace(tzinfo=datetime.UTC),
        "\ud800",
        b"bytes",
        (1, 2),
        {1: "a"},
        {"a": {None: 1}},
        [{"k" * 1001: 1}],
        {"\udc00": 1},
        object(),
    ],
)
def test_what_some_reader_would_take_for_something_else_is_refused(value: Any) -> None:
    document = Document.parse(b"---\na: x\n---\n")
    for at in ("/a", "/new"):
        with pytest.raises(EditError) as caught:
            document.set(at, value)
        assert caught.value.code is Code.UNSUPPORTED_VALUE
        assert caught.value.where.line == 2


def test_only_text_takes_a_style() -> None:
    with pytest.raises(EditError) as caught:
        Document.parse(b"---\na: x\n---\n").set("/a", 5, style="folded")
    assert caught.value.code is Code.CANNOT_HOLD_VALUE


def test_collections_in_each_other_stand_in_each_others_columns(site_reader: SiteReader) -> None:
    value: Any = {
        "l": [[1, [2]], {"k": [{"m": "x\ny"}], "e": []}, "a: b", None],
        "d": {"e": {"f": 1}},
    }
    for start in ("a: 1\n", "m:\n a: 1\n", "m:\n       n: 1\na: 1\n", "a: |\n      x\n"):
        document = Document.parse(f"---\n{start}---\n".encode())
        at = "/a" if document.has("/a") else "/m/a"
        wanted = document.set(at, 0).get()
        (wanted if at == "/a" else wanted["m"])["a"] = value
        assert differing(document.set(at, value).text, wanted, site_reader) == []
