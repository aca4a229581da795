"""Values in every style of YAML, as a source text and as what it means."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.text.hostile import HOSTILE, WORDS


class Spelling(NamedTuple):
    """A value as written: what stands behind the colon, the lines below, and its meaning.

    Lines are given without their indentation; ``indent`` is how much deeper than the key they
    stand. A comment may stand behind the head if ``open_end`` is true.
    """

    head: str
    value: Any
    lines: tuple[str, ...] = ()
    indent: int = 0
    open_end: bool = True


_PLAIN = tuple(word for word in WORDS if word[0] not in "[{")
_TYPED: tuple[tuple[str, Any], ...] = (
    ("1", 1), ("-7", -7), ("191199", 191199), ("0", 0), ("0x1F", 31), ("1.5", 1.5),
    ("-1.0", -1.0), ("true", True), ("True", True), ("false", False), ("null", None), ("~", None),
    (".inf", float("inf")), ("2024-12-18", datetime.date(2024, 12, 18)), ("!!str 5", "5"),
    ('!!int "5"', 5), ("!!str", ""), ("&free 1", 1), ("&free x", "x"), ("[]", []), ("{}", {}),
    ("[1, a, [b], {c: d}]", [1, "a", ["b"], {"c": "d"}]),
    ("{a: 1, 'b': [x]}", {"a": 1, "b": ["x"]}), ("{a: {b: c}}", {"a": {"b": "c"}}),
    ("[ 'a, b' , ]", ["a, b"]),
    ("2024-12-18T10:30:00", datetime.datetime.fromisoformat("2024-12-18T10:30")),
)  # fmt: skip


_CONTENT = (
    "text", "# no comment", "key: value", "- item", "---", "...", "a 'quote'", 'a "quote"',
    "{{ x }}", "tab\tinside", "&a *b !c", "100%", "🥖", "trailing  ", "a\u00a0b", "? x", "@x",
    "back\\slash",
)  # fmt: skip


@st.composite
def spellings(draw: DrawFn) -> Spelling:
    """A scalar in one of the five styles, or a small collection on one line."""
    kind: Callable[[DrawFn], Spelling] = draw(st.sampled_from(_KINDS))
    return kind(draw)


def _typed(draw: DrawFn) -> Spelling:
    return Spelling(*draw(st.sampled_from(_TYPED)))


def _plain(draw: DrawFn) -> Spelling:
    text = draw(st.sampled_from(_PLAIN))
    return Spelling(text, text)


def _empty(draw: DrawFn) -> Spelling:
    return Spelling("", None)


def _single(draw: DrawFn) -> Spelling:
    text = draw(st.sampled_from((*WORDS, *(text for text in HOSTILE if text.isprintable()))))
    return Spelling("'" + text.replace("'", "''") + "'", text)


def _double(draw: DrawFn) -> Spelling:
    return Spelling(*draw(st.sampled_from(_ESCAPED)))


_ESCAPED = (
    ('"a"', "a"),
    ('"a\\nb"', "a\nb"),
    ('"\\x41\\u00e9\\U0001F956"', "Aé🥖"),
    ('"\\t\\"\\\\"', '\t"\\'),
    ('"# no comment: x"', "# no comment: x"),
)


def _several(draw: DrawFn) -> Spelling:
    """A plain or quoted scalar on several lines, which fold to blanks."""
    mark = draw(st.sampled_from(["", "'", '"']))
    words = draw(st.lists(st.sampled_from(["one", "two", "three"]), min_size=2, max_size=3))
    lines = [mark + words[0], *words[1:-1], words[-1] + mark]
    value = " ".join(words)
    if draw(st.booleans()):
        lines.insert(1, "")
        value = value.replace(" ", "\n", 1)
    return Spelling(lines[0], value, tuple(lines[1:]), draw(st.integers(1, 5)), open_end=False)


def _next_line(draw: DrawFn) -> Spelling:
    """A value on the line below its key."""
    head, value = draw(st.sampled_from(_BELOW))
    return Spelling("", value, (head,), draw(st.integers(1, 5)))


_BELOW: tuple[tuple[str, Any], ...] = (("x y", "x y"), ("'q'", "q"), ("[1, 2]", [1, 2]), ("5", 5))


def _literal(draw: DrawFn) -> Spelling:
    return _block(draw, "|")


def _folded(draw: DrawFn) -> Spelling:
    return _block(draw, ">")


def _block(draw: DrawFn, mark: str) -> Spelling:
    """A literal or folded block; the lines of a folded one fold to blanks."""
    lines = draw(st.lists(st.sampled_from(_CONTENT), min_size=1, max_size=3))
    if mark == "|" and draw(st.booleans()):
        lines.insert(draw(st.integers(0, len(lines))), "")
    indent = draw(st.integers(1, 6))
    lead, indicator = "", ""
    if draw(st.integers(0, 3)) == 3:
        indicator = str(indent)
        if mark == "|":
            lead = " " * draw(st.integers(0, 2))
    chomp = draw(st.sampled_from(["", "-", "+"]))
    blank = draw(st.integers(0, 2))
    value = ("\n" if mark == "|" else " ").join(lead + line if line else "" for line in lines)
    final = next(index for index, line in enumerate(reversed(lines)) if line)
    end = {"": "\n", "-": "", "+": "\n" * (1 + blank + final)}[chomp]
    header = mark + draw(st.sampled_from([indicator + chomp, chomp + indicator]))
    written = (*(lead + line if line else "" for line in lines), *[""] * blank)
    return Spelling(header, value.rstrip("\n") + end, written, indent)


_KINDS: tuple[Callable[[DrawFn], Spelling], ...] = (
    _typed, _typed, _plain, _plain, _empty, _single, _double, _several, _next_line,
    _literal, _literal, _folded, _folded,
)  # fmt: skip
