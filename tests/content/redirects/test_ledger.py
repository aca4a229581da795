"""Lists of redirects: what they come to hold, and that their bytes stay."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.redirects.ledger import Changed, Redirect, ledger, update
from qtauthor.errors import Code, QtauthorError
from qtauthor.model import address
from qtauthor.model.config.tables import RedirectFormat

PATTERN = "/learn/{subject}/questions/{slug}"


def after(
    text: str, moved: Mapping[str, str], *gone: str, form: RedirectFormat = "json"
) -> tuple[str, tuple[Redirect, ...]]:
    entries = ledger(text.encode(), "r", form, PATTERN)
    updated = update(entries, Changed(moved, frozenset(gone)), address.of(PATTERN))
    return (text, ()) if updated is None else updated


def listed(text: str, form: RedirectFormat = "json") -> list[Redirect]:
    return ledger(text.encode(), "r", form, PATTERN).entries()


@pytest.mark.parametrize(
    ("before", "moved", "result"),
    [
        ("", {"/a": "/b"}, '[\n  {"from": "/a", "to": "/b", "status": 301}\n]\n'),
        ("[]", {"/a": "/b"}, '[\n  {"from": "/a", "to": "/b", "status": 301}\n]'),
        (
            '[ {"to":"/x","from":"/y"} ]\n',
            {"/a": "/b"},
            '[ {"to":"/x","from":"/y"}, {"from": "/a", "to": "/b", "status": 301} ]\n',
        ),
        (
            '[\n\t{"from":"/y","to":"/x","status":302}\n]\n',
            {"/a": "/b"},
            '[\n\t{"from":"/y","to":"/x","status":302},\n\t{"from":"/a","to":"/b","status":301}\n]\n',
        ),
        (
            '[\n  {\n    "from": "/y",\n    "to": "/x"\n  }\n]\n',
            {"/a": "/b"},
            (
                '[\n  {\n    "from": "/y",\n    "to": "/x"\n  },'
                '\n  {\n    "from": "/a",\n    "to": "/b",\n    "status": 301\n  }\n]\n'
            ),
        ),
        (
            '[{"from": "/z", "to": "/a", "why": "é"},\n {"from": "/q", "to": "/q2"}]',
            {"/a": "/b"},
            (
                '[{"from": "/z", "to": "/b", "why": "é"},\n {"from": "/q", "to": "/q2"},'
                '\n {"from": "/a", "to": "/b", "status": 301}]'
            ),
        ),
        (
            '[{"from": "/b", "to": "/a"}]',
            {"/a": "/b"},
            '[{"from": "/a", "to": "/b", "status": 301}]',
        ),
    ],
)
def test_a_json_list_keeps_its_manner(before: str, moved: dict[str, str], result: str) -> None:
    assert after(before, moved)[0] == result


def test_an_entry_that_goes_takes_its_comma() -> None:
    text = '[\n  {"from": "/a", "to": "/x"},\n  {"from": "/b", "to": "/y"}\n]\n'
    assert after(text, {}, "/x")[0] == '[\n  {"from": "/b", "to": "/y"}\n]\n'
    assert after(text, {}, "/y")[0] == '[\n  {"from": "/a", "to": "/x"}\n]\n'
    assert after(text, {}, "/x", "/y")[0] == "[]\n"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("{}", 1, 1),
        ('[\n  {"from": "/a"}\n]', 2, 3),
        ('[\n  {"from": "/a", "to": 7}\n]', 2, 24),
        ('[{"from": "/a", "to": "/b"},]', 1, 28),
        ('[{"from": "/a" "to": "/b"}]', 1, 16),
        ('[{"from": "/a", "to": "/b"}] x', 1, 30),
        ("[1]", 1, 2),
        ("[", 1, 2),
    ],
)
def test_a_malformed_json_list_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(QtauthorError) as caught:
        listed(text)
    assert caught.value.code is Code.BAD_REDIRECTS
    assert caught.value.where == ("r", line, column)


def test_the_sites_own_list_tells_moves_and_nothing_else() -> None:
    text = '[\n  {"previous": "a", "question": "q", "current": "b"}\n]\n'
    new, lost = after(
        text, {PATTERN.format(subject="b", slug="q"): "/learn/c/questions/q"}, form="moves"
    )
    assert json.loads(new) == [
        {"previous": "a", "question": "q", "current": "c"},
        {"previous": "b", "question": "q", "current": "c"},
    ]
    assert lost == ()
    new, lost = after(text, {"/learn/b/questions/q": "/learn/b/questions/other"}, form="moves")
    assert new == "[]\n"
    assert [x.source for x in lost] == ["/learn/a/questions/q", "/learn/b/questions/q"]


NETLIFY = """\
# kept
/old    /learn/x   302   # why
/en/*  /:splat Country=us

/lang/:a  /x/:a 200
"""


def test_netlify_rules_are_spliced_and_comments_stay() -> None:
    new, _ = after(NETLIFY, {"/learn/x": "/learn/y"}, form="netlify")
    assert new == NETLIFY.replace("/learn/x ", "/learn/y ") + "/learn/x  /learn/y  301\n"
    gone, _ = after(NETLIFY, {}, "/learn/x", form="netlify")
    assert gone == NETLIFY.replace("/old    /learn/x   302   # why\n", "")


def test_a_new_netlify_rule_goes_above_one_that_would_cover_it() -> None:
    new, _ = after("/a /b\n/learn/* /c\n/z /y", {"/learn/q": "/r", "/s": "/t"}, form="netlify")
    assert new == "/a /b\n/learn/q /r 301\n/learn/* /c\n/z /y\n/s /t 301\n"


def test_netlify_line_ends_are_kept() -> None:
    new, _ = after("\ufeff/a /b\r\n", {"/b": "/c"}, form="netlify")
    assert new == "\ufeff/a /c\r\n/b /c 301\r\n"


@pytest.mark.parametrize("line", ["/alone", "words only", "/a # /b"])
def test_a_malformed_netlify_rule_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(QtauthorError) as caught:
        listed(f"# one\n{line}\n", "netlify")
    assert caught.value.where == ("r", 2, 1)


def test_what_is_no_utf8_is_refused() -> None:
    with pytest.raises(QtauthorError) as caught:
        ledger(b"\xff", "r", "json", PATTERN)
    assert caught.value.code is Code.BAD_REDIRECTS


places = st.sampled_from("abcdef").map(lambda letter: f"/learn/{letter}/questions/q")


@given(
    form=st.sampled_from(["json", "netlify", "moves"]),
    moves=st.lists(st.dictionaries(places, places, max_size=3), max_size=6),
)
def test_however_articles_move_a_redirect_leads_where_its_article_is(
    form: RedirectFormat, moves: list[dict[str, str]]
) -> None:
    """Articles begin at every second place; a step moves some, in swaps and chains, too."""
    at = {name: f"/learn/{name}/questions/q" for name in "ace"}
    was: dict[str, str] = {}
    text = ""
    for wanted in moves:
        living = set(at.values())
        step = {old: new for old, new in wanted.items() if old in living and old != new}
        if len(set(step.values())) < len(step) or any(
            new in living and new not in step for new in step.values()
        ):
            continue
        for name, place in at.items():
            if place in step:
                was[place] = name
        at = {name: step.get(place, place) for name, place in at.items()}
        text, lost = after(text, step, form=form)
        assert not lost
        expected = {old: at[name] for old, name in was.items() if old not in at.values()}
        was = {old: name for old, name in was.items() if old in expected}
        found = listed(text, form)
        assert dict(found) == expected
        assert len(found) == len(expected)
