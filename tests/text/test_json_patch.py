"""JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396) on documents, against the standards."""

from __future__ import annotations

import json
from typing import Any

import jsonpatch
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qtauthor.errors import Code, QtauthorError
from qtauthor.text import json_patch
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import same


def document(data: dict[str, Any]) -> Document:
    """A document with this data, written by the engine."""
    result = Document.parse(b"---\n---\nbody\n")
    for key, value in data.items():
        result = result.set("/" + key.replace("~", "~0").replace("/", "~1"), value)
    return result


RFC_6902: list[tuple[str, dict[str, Any], list[dict[str, Any]], dict[str, Any] | Code]] = [
    ("A.1", {"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux"}],
     {"baz": "qux", "foo": "bar"}),
    ("A.2", {"foo": ["bar", "baz"]}, [{"op": "add", "path": "/foo/1", "value": "qux"}],
     {"foo": ["bar", "qux", "baz"]}),
    ("A.3", {"baz": "qux", "foo": "bar"}, [{"op": "remove", "path": "/baz"}], {"foo": "bar"}),
    ("A.4", {"foo": ["bar", "qux", "baz"]}, [{"op": "remove", "path": "/foo/1"}],
     {"foo": ["bar", "baz"]}),
    ("A.5", {"baz": "qux", "foo": "bar"}, [{"op": "replace", "path": "/baz", "value": "boo"}],
     {"baz": "boo", "foo": "bar"}),
    ("A.6", {"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}},
     [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}],
     {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}}),
    ("A.7", {"foo": ["all", "grass", "cows", "eat"]},
     [{"op": "move", "from": "/foo/1", "path": "/foo/3"}],
     {"foo": ["all", "cows", "eat", "grass"]}),
    ("A.8", {"baz": "qux", "foo": ["a", 2, "c"]},
     [{"op": "test", "path": "/baz", "value": "qux"}, {"op": "test", "path": "/foo/1", "value": 2}],
     {"baz": "qux", "foo": ["a", 2, "c"]}),
    ("A.9", {"baz": "qux"}, [{"op": "test", "path": "/baz", "value": "bar"}], Code.TEST_FAILED),
    ("A.10", {"foo": "bar"}, [{"op": "add", "path": "/child", "value": {"grandchild": {}}}],
     {"foo": "bar", "child": {"grandchild": {}}}),
    ("A.11", {"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux", "xyz": 123}],
     {"foo": "bar", "baz": "qux"}),
    ("A.12", {"foo": "bar"}, [{"op": "add", "path": "/baz/bat", "value": "qux"}], Code.NO_SUCH_KEY),
    ("A.14", {"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": 10}],
     {"/": 9, "~1": 10}),
    ("A.15", {"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": "10"}], Code.TEST_FAILED),
    ("A.16", {"foo": ["bar"]}, [{"op": "add", "path": "/foo/-", "value": ["abc", "def"]}],
     {"foo": ["bar", ["abc", "def"]]}),
    ("index beyond the end", {"foo": ["bar"]}, [{"op": "add", "path": "/foo/2", "value": 1}],
     Code.NO_SUCH_KEY),
    ("index at the end", {"foo": ["bar"]}, [{"op": "add", "path": "/foo/1", "value": 1}],
     {"foo": ["bar", 1]}),
    ("leading zero", {"foo": ["bar"]}, [{"op": "replace", "path": "/foo/00", "value": 1}],
     Code.NO_SUCH_KEY),
    ("no item is called -", {"foo": ["bar"]}, [{"op": "remove", "path": "/foo/-"}],
     Code.NO_SUCH_KEY),
    ("replace what is missing", {"foo": 1}, [{"op": "replace", "path": "/bar", "value": 1}],
     Code.NO_SUCH_KEY),
    ("move what is missing", {"foo": 1}, [{"op": "move", "from": "/bar", "path": "/bar"}],
     Code.NO_SUCH_KEY),
    ("move into itself", {"foo": {"bar": 1}}, [{"op": "move", "from": "/foo", "path": "/foo/bar"}],
     Code.CANNOT_EDIT_KEY),
    ("add replaces a key", {"foo": 1}, [{"op": "add", "path": "/foo", "value": [2]}],
     {"foo": [2]}),
    ("copy is its own", {"foo": [1]},
     [{"op": "copy", "from": "/foo", "path": "/bar"}, {"op": "add", "path": "/bar/0", "value": 0}],
     {"foo": [1], "bar": [0, 1]}),
    ("numbers are equal by value", {"foo": 1}, [{"op": "test", "path": "/foo", "value": 1.0}],
     {"foo": 1}),
    ("true is no number", {"foo": True}, [{"op": "test", "path": "/foo", "value": 1}],
     Code.TEST_FAILED),
    ("the whole document", {"foo": 1}, [{"op": "replace", "path": "", "value": {"bar": 2}}],
     {"bar": 2}),
    ("unknown operation", {"foo": 1}, [{"op": "spam", "path": "/foo"}], Code.BAD_PATCH),
    ("missing value", {"foo": 1}, [{"op": "add", "path": "/bar"}], Code.BAD_PATCH),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "operations", "wanted"),
    [pytest.param(*example, id=name) for name, *example in RFC_6902],
)
def test_examples_of_rfc_6902(
    data: dict[str, Any], operations: list[dict[str, Any]], wanted: dict[str, Any] | Code
) -> None:
    start = document(data)
    assert same(start.get(), data)
    if isinstance(wanted, Code):
        with pytest.raises(QtauthorError) as caught:
            start.patch(operations)
        assert caught.value.code is wanted
    else:
        assert same(start.patch(operations).get(), wanted)


def test_a_patch_that_fails_changes_nothing_and_names_the_operation() -> None:
    start = Document.parse(b"---\na: 1\nb: 2\n---\n")
    with pytest.raises(QtauthorError, match=r"operation 1 \(remove /c\)"):
        start.patch([{"op": "remove", "path": "/a"}, {"op": "remove", "path": "/c"}])
    assert start.edits == ()
    assert same(start.get(), {"a": 1, "b": 2})


def test_a_patch_is_read_from_json_and_written_back() -> None:
    operations = [
        item for _, _, given, wanted in RFC_6902[:11] for item in given if "xyz" not in item
    ]
    read = json_patch.decode(json.dumps(operations))
    assert json.loads(json_patch.encode(read)) == operations


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"op": "move", "path": "/a"}]', "[" * 5000])
def test_what_is_no_patch(text: str) -> None:
    with pytest.raises(QtauthorError) as caught:
        json_patch.decode(text)
    assert caught.value.code is Code.BAD_PATCH


RFC_7396: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ({"a": "foo"}, {"a": {"b": None, "c": 1}}, {"a": {"c": 1}}),
]


@pytest.mark.parametrize(("data", "change", "wanted"), RFC_7396)
def test_examples_of_rfc_7396(
    data: dict[str, Any], change: dict[str, Any], wanted: dict[str, Any]
) -> None:
    assert same(document(data).merge(change).get(), wanted)


_KEYS = st.sampled_from(["a", "b", "c", "a/b", "m~n", "0", "-", "x y", ""])
_LEAVES = st.one_of(
    st.sampled_from(["text", "a: b", "", "true", "two\nlines", 0, 1, -2, 1.5, True, False, None])
)
_DATA = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=12,
)
_OBJECTS = st.dictionaries(_KEYS, _DATA, max_size=4)
_few = settings(derandomize=True, max_examples=150, deadline=None, database=None)


@_few
@given(_OBJECTS, _OBJECTS)
def test_the_difference_of_two_data_takes_the_one_to_the_other(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    operations = list(json_patch.difference(one, other))
    plain = json.loads(json_patch.encode(operations))
    assert same(jsonpatch.apply_patch(one, plain), other)
    assert same(document(one).patch(operations).get(), other)


@_few
@given(_OBJECTS, _OBJECTS)
def test_a_patch_that_others_make_gives_what_they_say(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    operations = jsonpatch.make_patch(one, other).patch
    result = document(one).patch(operations)
    assert json_patch.equal(result.get(), jsonpatch.apply_patch(one, operations))


@_few
@given(_OBJECTS, _OBJECTS)
def test_setting_the_whole_gives_its_data(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert same(document(one).set("", other).get(), other)
