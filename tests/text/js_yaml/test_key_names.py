"""Keys are the same key when the site's reader says so."""

from __future__ import annotations

import datetime
import json
from itertools import combinations
from typing import Any

import pytest

from qtauthor.cli.output import json_values
from qtauthor.errors import Code, QtauthorError, ReadError
from qtauthor.text.document import Document
from qtauthor.text.js_yaml.key_names import label, of_plain
from qtauthor.text.yaml.values import same
from tests.support.readers import SiteReader, SiteReadError

_SPELLED = """
~ null Null NULL nULL true True FALSE yes 0 -0 00 01 08 010 +1 -1 1 1.0 1. .5 -.5 1e3 1e21 1e-7 0x1F
0X1F 0b11 0o17 1_000 1_ 1:30 1:30.5 190:20:30 .inf -.INF .NaN NaN 123456789012345678901 2024-12-18
2024-13-01 2024-1-8 2024-12-18T10:30:00Z a no_index file_name 1e400 ._
"""
SPELLINGS = _SPELLED.split()

SAME = [
    ("null", "~"), ("~", "'null'"), ("NULL", "null"), ("true", "'true'"), ("True", "TRUE"),
    ("1", "'1'"), ("1", "1.0"), ("0x10", "16"), ("'16'", "0x10"), ("010", "8"), ("1e3", "1000"),
    ("0.0", "-0"), (".nan", "'NaN'"), ("? ", "'null'"), ("[a, b]", "'a,b'"), ("a", '"a"'),
    ("2024-01-01", "2024-01-01T00:00:00Z"), ("1:30", "90"),
    ("2024-12-18", "'Wed Dec 18 2024 00:00:00 GMT+0000 (Coordinated Universal Time)'"),
]  # fmt: skip
DIFFERENT = [
    ("true", "1"), ("0", "false"), ("1.0", "'1.0'"), ("0o10", "8"), ("010", "10"), ("'010'", "10"),
    ("2024-12-18", "'2024-12-18'"), ("1:30", "'1:30'"), ("yes", "true"), ("~", "'~'"), ("no", "No"),
]  # fmt: skip


def front(text: str) -> Document:
    return Document.parse(f"---\n{text}---\n".encode())


def pair(one: str, other: str) -> str:
    return "".join(
        f"{key}: {n}\n" if key != "? " else f"?\n: {n}\n" for n, key in enumerate((one, other))
    )


@pytest.mark.parametrize("plain", SPELLINGS)
def test_a_plain_key_has_the_name_that_the_site_gives_it(
    plain: str, site_reader: SiteReader
) -> None:
    found = site_reader.read(f"---\nz: 1\n? {plain}\n: 2\n---\n").data
    assert set(found) - {"z"} == {of_plain(plain)}


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_the_site_takes_for_one_key_is_refused_as_two(
    one: str, other: str, site_reader: SiteReader
) -> None:
    document = front(pair(one, other))
    with pytest.raises(SiteReadError, match="duplicated"):
        site_reader.read(document.text)
    with pytest.raises(ReadError) as caught:
        document.get()
    assert caught.value.code in (Code.DUPLICATE_KEY, Code.BAD_SCALAR)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_the_site_takes_for_two_keys_is_two_also_as_json(
    one: str, other: str, site_reader: SiteReader
) -> None:
    document = front(pair(one, other))
    assert sorted(site_reader.read(document.text).data.values()) == [0, 1]
    data = document.get()
    assert sorted(data.values()) == [0, 1]
    assert sorted(json.loads(json_values.line(data)).values()) == [0, 1]
    tokens = document.keys()
    assert [document.get(f"/{token.replace('~', '~0')}") for token in tokens] == [0, 1]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_other_name_of_a_key_finds_it(one: str, other: str) -> None:
    if one == "[a, b]":
        return
    name = json.loads(other.replace("'", '"')) if other[:1] in "'\"" else of_plain(other)
    document = front(pair(one, "z"))
    at = f"/{name.replace('~', '~0')}"
    assert document.get(at) == 0
    changed = document.set(at, 5)
    assert changed.text == document.text.replace(": 0", ": 5", 1)
    with pytest.raises(QtauthorError) as caught:
        document.insert(at, 5)
    assert caught.value.code is Code.KEY_EXISTS
    with pytest.raises(QtauthorError) as caught:
        document.rename("/z", name)
    assert caught.value.code is Code.KEY_EXISTS


def test_a_key_can_be_renamed_to_another_spelling_of_itself() -> None:
    assert front("~: 1\n").rename("/~0", "null").text == "---\n'null': 1\n---\n"


def test_the_message_names_both_spellings() -> None:
    with pytest.raises(ReadError, match="the site takes ~ and null above for one key, 'null'"):
        front("null: 1\n~: 2\n").get()


def test_data_that_comes_back_with_keys_as_json_has_them_changes_nothing() -> None:
    document = front("true: 1\n~: {1: a, 2024-12-18: b}\n1.0: 3\n")
    again = json.loads(json_values.line(document.get()))
    assert document.set("", again) is document
    assert document.set("", {**again, "1": 4}).text == document.text.replace("1.0: 3", "1.0: 4")


def test_an_own_key_hides_a_merged_one_as_for_the_site(site_reader: SiteReader) -> None:
    document = front("a: &a {1: x, true: y, b: z}\nm:\n  <<: *a\n  '1': own\n  True: own\n")
    assert document.get("/m") == {"1": "own", True: "own", "b": "z"}
    assert site_reader.read(document.text).data["m"] == {"1": "own", "true": "own", "b": "z"}


def test_a_key_is_the_same_whatever_order_and_type_it_has() -> None:
    assert same({True: 1, None: 2, 0.5: 3}, {"null": 2, "true": 1, "0.5": 3})
    assert not same({True: 1}, {1: 1})


@pytest.mark.parametrize(
    "key", [True, False, None, 1, 1.0, 0.5, 1e21, "x", datetime.date(2024, 1, 1), float("inf")]
)
def test_a_label_is_text(key: Any) -> None:
    assert type(label(key)) is str


@pytest.mark.slow
def test_no_two_spellings_share_a_name_by_chance(site_reader: SiteReader) -> None:
    for one, other in combinations(SPELLINGS, 2):
        document = front(f"z: 1\n? {one}\n: 1\n? {other}\n: 2\n")
        try:
            document.get()
            refused = False
        except ReadError as error:
            refused = error.code is Code.DUPLICATE_KEY
        try:
            site_reader.read(document.text)
        except SiteReadError:
            assert refused, (one, other)
        else:
            assert not refused, (one, other)


@pytest.mark.parametrize("at", ["/null", "/~0"])
def test_one_of_two_equal_keys_is_edited_by_neither_name(at: str) -> None:
    document = front("null: 1\n~: 2\nb: 3\n")
    for edit in (
        lambda: document.set(at, 5),
        lambda: document.remove(at),
        lambda: document.get(at),
    ):
        with pytest.raises(QtauthorError) as caught:
            edit()
        assert caught.value.code is Code.DUPLICATE_KEY
    assert document.set("/b", 4).text == document.text.replace("3", "4")
