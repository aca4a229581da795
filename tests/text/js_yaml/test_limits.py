"""What the site's reader cannot read: an edit brings in no more of it."""

from __future__ import annotations

import pytest

from qtauthor.errors import Code, EditError
from qtauthor.text.document import Document
from tests.support.readers import SiteReader, SiteReadError

ANCHORED = "the site cannot read an anchor or a tag before the first key"
DOUBLED = "a second one of an empty value"
MERGES = "<< brings in mappings"


def front(text: str) -> Document:
    return Document.parse(f"---\n{text}---\n".encode())


@pytest.mark.parametrize(
    ("text", "verb", "given", "why"),
    [
        ("a: 1\n&x b: 2\n", "remove", ("/a",), ANCHORED),
        ("a: 1\n!!str b: 2\n", "remove", ("/a",), ANCHORED),
        ("m:\n  a: 1\n  &x b: 2\n", "remove", ("/m/a",), ANCHORED),
        ("l:\n- a: 1\n  &x b: 2\n", "remove", ("/l/0/a",), ANCHORED),
        ("l:\n- &x\n- a\n&y b: 2\n", "remove", ("/l/1",), DOUBLED),
        ("l:\n- !!str\n- a\n!!str b: 2\n", "remove", ("/l/1",), DOUBLED),
        ("l:\n  - - &x\n    - a\n!!str b: 5\n", "move", ("/l/0/0", "/l/0/1"), DOUBLED),
        ("a: &x\nb: 1\n&y c: 2\n", "remove", ("/b",), DOUBLED),
        ("<<: {a: 1}\n", "set", ("/<<", "text"), MERGES),
        ("<<: {a: 1}\n", "set", ("/<<", None), MERGES),
        ("<<: {a: 1}\n", "set", ("/<<", ["text"]), MERGES),
        ("m:\n  <<: [{a: 1}]\n", "set", ("/m/<</0", 1), MERGES),
        ("m:\n  <<: [{a: 1}]\n", "insert", ("/m/<</-", "x"), MERGES),
        ("m:\n  <<: [{a: 1}]\n", "insert", ("/m/<</0", []), MERGES),
    ],
)
def test_an_edit_after_which_the_site_cannot_read_is_refused(
    text: str, verb: str, given: tuple[object, ...], why: str
) -> None:
    with pytest.raises(EditError, match=why) as caught:
        getattr(front(text), verb)(*given)
    assert caught.value.code is Code.UNPROVEN_EDIT
    assert "report" not in caught.value.remedy


def test_a_move_that_would_bring_an_anchored_key_to_the_top_is_refused() -> None:
    with pytest.raises(EditError, match=ANCHORED):
        front("a: 1\n&x b: 2\nc: 3\n").move("/a", "/a", after="b")


@pytest.mark.parametrize(
    ("text", "verb", "given"),
    [
        ("z: 0\na: 1\n&x b: 2\n", "remove", ("/a",)),
        ("m: {a: 1, &x b: 2}\n", "remove", ("/m/a",)),
        ("a: 1\n? &x b\n: 2\n", "remove", ("/a",)),
        ("<<: {a: 1}\n", "set", ("/<<", {"b": 2})),
        ("<<: [{a: 1}]\n", "insert", ("/<</-", {"b": 2})),
        ("<<: [{a: 1}, {b: 2}]\n", "remove", ("/<</0",)),
        ("<<: {a: 1}\nb: 2\n", "remove", ("/<<",)),
        ("'<<': {a: 1}\n", "set", ("/<<", "text")),
        ("x: 1\n", "rename", ("/x", "<<")),
        ("x: 1\n", "set", ("/<<", "text")),
    ],
)
def test_what_the_site_can_read_is_done(
    text: str, verb: str, given: tuple[object, ...], site_reader: SiteReader
) -> None:
    site_reader.read(getattr(front(text), verb)(*given).text)


def test_a_merge_cannot_be_renamed_to_a_key() -> None:
    with pytest.raises(EditError) as caught:
        front("<<: {a: 1}\n").rename("/<<", "x")
    assert caught.value.code is Code.CANNOT_EDIT_KEY


def test_beside_what_the_site_cannot_read_all_can_be_edited(site_reader: SiteReader) -> None:
    for text in ("&x a: 1\nb: 2\n", "m: {<<: 1}\nb: 2\n"):
        document = front(text)
        with pytest.raises(SiteReadError):
            site_reader.read(document.text)
        assert document.set("/b", 3).text == document.text.replace("b: 2", "b: 3")


def test_a_key_that_begins_with_a_dash_is_no_item_that_an_empty_one_takes_in() -> None:
    greedy = front("b:\n  -   k:\n      - x\n      -\n-k: 1\n")
    with pytest.raises(EditError, match="what follows an empty item"):
        greedy.insert("/b/1", "y")
    assert front("b:\n-   k:\n    - x\n    -\n-k: 1\n").set("/-k", 2).get("/-k") == 2


def test_the_site_does_not_read_two_marks_in_a_row(site_reader: SiteReader) -> None:
    for text in ("l:\n- &x\n&y b: 2\n", "a: &x\n&y c: 2\n", "m:\n  a: !!str\n!!str b: 2\n"):
        with pytest.raises(SiteReadError):
            site_reader.read(front(text).text)
    for text in ("l:\n- - &x\n- &y 5\n", "a: !!str\n&y c: 2\n", "a: &x\nc: &y 2\n"):
        site_reader.read(front(text).text)
        front(text).set("/z", 1)
