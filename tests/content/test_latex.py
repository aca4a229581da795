"""The commands that begin with n have a spelling without it, and math and code are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.latex import NEGATIONS, REPLACEMENTS, regions, replacement

MARKDOWN = st.lists(
    st.sampled_from(
        ["$", "$$", "`", "```", "~~~", "\\(", "\\)", "\\[", "\\]", "\\", "\n", " ", "x"]
    )
).map("".join)


def parts(text: str) -> list[tuple[str, str]]:
    return [(region.kind, text[region.start : region.end]) for region in regions(text)]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("\\neq", "≠"),
        ("\\not=", "≠"),
        ("\\not \\in", "∉"),
        ("\\nu", "ν"),
        ("\\newline", "\\\\"),
        ("\\nonumber", ""),
        ("\\not\\foo", None),
        ("\\not", None),
        ("\\nolimits", None),
        ("\\nosuch", None),
    ],
)
def test_a_command_has_the_replacement_of_the_table(command: str, expected: str | None) -> None:
    assert replacement(command) == expected


def test_no_replacement_holds_what_it_replaces() -> None:
    for text in (*REPLACEMENTS.values(), *NEGATIONS.values()):
        assert "\\n" not in (text or "")


def test_every_command_of_the_table_begins_with_n() -> None:
    assert all(name.isalpha() and name.startswith("n") for name in REPLACEMENTS)


def test_each_kind_of_math_and_code_is_found() -> None:
    text = "a $b$ `c $d$` $$e$$ \\(f\\) \\[g\\]\n```tex\n$h$\n```\n$$\ni\n$$\n~~~\n`\n~~~\n$j$"
    assert parts(text) == [
        ("inline", "$b$"),
        ("code", "`c $d$`"),
        ("display", "$$e$$"),
        ("inline", "\\(f\\)"),
        ("display", "\\[g\\]"),
        ("code", "```tex\n$h$\n```"),
        ("display", "$$\ni\n$$"),
        ("code", "~~~\n`\n~~~"),
        ("inline", "$j$"),
    ]


def test_an_escaped_dollar_opens_and_closes_nothing() -> None:
    assert parts("\\$5 and $a \\$ b$") == [("inline", "$a \\$ b$")]


def test_a_backslash_escapes_nothing_in_code() -> None:
    assert parts("`\\` $x$") == [("code", "`\\`"), ("inline", "$x$")]


def test_inline_math_ends_with_its_paragraph() -> None:
    assert parts("it costs $5\n\nand $x$") == [("inline", "$x$")]


def test_an_unclosed_block_goes_on_to_the_end() -> None:
    assert parts("a\n```\n$x$\n\ny") == [("code", "```\n$x$\n\ny")]


def test_a_fence_is_closed_by_a_bare_fence_as_long_only() -> None:
    text = "````\n```\n````x\n````\n$y$"
    assert parts(text) == [("code", "````\n```\n````x\n````"), ("inline", "$y$")]


@given(MARKDOWN)
def test_regions_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for region in regions(text):
        assert end <= region.start < region.end <= len(text)
        end = region.end
