"""What is stored is what the site shows, and what it would tear apart is found."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qtauthor.content.answer import Torn, codec, decode, encode, find_torn, find_unstorable
from qtauthor.errors import ArticleError, Code, Place

# Text that is rich in what the codec is about.
PIECES = st.sampled_from(
    ["\\", "n", "\\n", "\n", "$", "$$", "`", "\\neq", "\\nu", "\\not", "=", "\\newline", "x", " "]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3))).map("".join)


def commands(stored: str) -> list[str]:
    return [torn.command for torn in find_torn(stored)]


def test_each_backslash_n_is_shown_as_a_newline() -> None:
    assert decode("a\\n\\nb \\\\n c") == "a\n\nb \\\n c"


@given(TEXTS.filter(lambda text: "\r" not in text and "\\n" not in text))
def test_decoding_undoes_encoding(text: str) -> None:
    assert decode(encode(text)) == text


@given(TEXTS.filter(lambda text: "\r" not in text and "\n" not in text))
def test_encoding_undoes_decoding_of_an_answer_on_one_line(stored: str) -> None:
    assert encode(decode(stored)) == stored


@given(TEXTS.filter(lambda text: "\r" not in text))
def test_a_text_is_refused_exactly_if_it_holds_a_backslash_n(text: str) -> None:
    try:
        encode(text)
    except ArticleError as error:
        assert error.code == Code.TORN_LATEX
        assert "\\n" in text
    else:
        assert "\\n" not in text


def test_all_line_endings_are_stored_alike() -> None:
    assert encode("a\r\nb\rc\nd") == "a\\nb\\nc\\nd"


def test_a_refusal_names_command_place_line_and_spelling() -> None:
    with pytest.raises(ArticleError) as caught:
        encode("Let\r\n  $a \\neq b$ and $\\nu$\nend")
    error = caught.value
    assert error.code == Code.TORN_LATEX
    assert error.where == Place(None, 2, 6)
    assert error.excerpt == "  $a \\neq b$ and $\\nu$"
    assert "\\neq" in error.message
    assert "1 more" in error.message
    assert error.remedy == "write ≠ instead"


def test_a_refusal_says_when_to_leave_a_command_out_and_when_nothing_is_known() -> None:
    with pytest.raises(ArticleError) as dropped:
        encode("$$x \\nonumber$$")
    with pytest.raises(ArticleError) as unknown:
        encode('`print("\\n")`')
    assert dropped.value.remedy == "leave \\nonumber out"
    assert "no equivalent" in unknown.value.remedy


@pytest.mark.parametrize(
    ("markdown", "torn"),
    [
        ("$a \\neq b$", Torn(3, "\\neq", "≠")),
        ("$x \\not\\in A$", Torn(3, "\\not\\in", "∉")),
        ("$x \\not = y$", Torn(3, "\\not =", "≠")),
        ("$x \\notin A$", Torn(3, "\\notin", "∉")),
        ("$a \\newline b$", Torn(3, "\\newline", "\\\\")),
        ("$1 \\\\next$", Torn(3, "\\\\next", "\\\\ next")),
        ("$1 \\\\\\neq 2$", Torn(5, "\\neq", "≠")),
        ("$\\nosuch$", Torn(1, "\\nosuch", None)),
        ("a \\neq b", Torn(2, "\\neq", "≠")),
        ("type \\n or", Torn(5, "\\n", "&#92;n")),
        ("type \\\\n or", Torn(5, "\\\\n", "&#92;n")),
        ("a \\newline b", Torn(2, "\\newline", "&#92;newline")),
        ("`a\\neq`", Torn(2, "\\neq", None)),
        ("`a\\\\n`", Torn(2, "\\\\n", None)),
        ('```c\nputs("\\n");\n```', Torn(11, "\\n", None)),
    ],
)
def test_what_cannot_be_stored_is_found_with_a_spelling_for_its_context(
    markdown: str, torn: Torn
) -> None:
    assert find_unstorable(markdown) == [torn]


@given(TEXTS)
@example("$a \\not\\neq b$")
def test_with_all_suggestions_taken_a_text_can_be_stored(text: str) -> None:
    found = find_unstorable(text)
    assert bool(found) == ("\\n" in text)
    for torn in reversed(found):
        end = torn.offset + len(torn.command)
        assert text[torn.offset : end] == torn.command
        instead = "?" if torn.suggestion is None else torn.suggestion
        text = text[: torn.offset] + instead + text[end:]
    assert find_unstorable(text) == []
    encode(text)


@pytest.mark.parametrize(
    ("stored", "torn"),
    [
        ("$ a \\neq 0 $", [Torn(4, "\\neq", "≠")]),
        ("\\(Q(0) \\neq 0\\)", [Torn(7, "\\neq", "≠")]),
        ("when a \\neq b holds", [Torn(7, "\\neq", "≠")]),
        ("$\\neg P$", [Torn(1, "\\neg", "¬")]),
        ("$$\\nE = -\\nabla V\\n$$", [Torn(9, "\\nabla", "∇")]),
        ("$x \\not\\in A$", [Torn(3, "\\not\\in", "∉")]),
        ("$$\\nE = h\\nu\\n$$", [Torn(9, "\\nu", "ν")]),
        ("$$\\nE = h\\nu = hc\\n$$", [Torn(9, "\\nu", "ν")]),
        ("$$\\nu = \\frac{c}{d}$$", [Torn(2, "\\nu", "ν")]),
        ("$$\\n\\nu = 2\\n$$", [Torn(4, "\\nu", "ν")]),
        ("$x \\ne 0$", [Torn(3, "\\ne", "≠")]),
        ("$\\lambda \\ne 0$", [Torn(9, "\\ne", "≠")]),
        ("$A \\ni x$", [Torn(3, "\\ni", "∋")]),
        ("$x \\\\neq y$", [Torn(3, "\\\\neq", None)]),
    ],
)
def test_a_torn_command_is_found_in_a_stored_answer(stored: str, torn: list[Torn]) -> None:
    assert find_torn(stored) == torn


@pytest.mark.parametrize(
    "stored",
    [
        "First.\\nNext line\\nto come\\nuse it\\nnot that",
        "a\\ni am, e\\ne. g.\\nu",
        "for all\\nless or\\nmid or\\nexists or\\neg",
        "see\\neq. 3 and\\neq: 4",
        "$$\\nu(r, \\beta) = -\\frac{D}{r}\\n$$",
        "\\[\\nu(r) = 1\\n\\]",
        "$$\\n\\begin{aligned}\\nu & v \\\\\\nu & w\\n\\end{aligned}\\nu\\n$$",
        "$$\\n\\begin{array}{cc}\\nu & v \\\\[2pt]\\ne & w\\n\\end{array}\\n$$",
        "$$\\ny = \\ne^{x}\\n$$",
        "$$\\n\\sum x\\ni=1\\n$$",
        "$$\\na\\n\\ne\\n$$",
        "`a\\neq b` and\\n```python\\neq = 1\\nabla = 2\\n```",
        "$a \\neqx b$",
        "\\nabcd \\nablaz",
        "",
    ],
)
def test_a_real_line_break_is_left_alone(stored: str) -> None:
    assert commands(stored) == []


def test_a_fence_in_the_stored_form_ends_where_its_line_begins() -> None:
    assert commands("```\\na \\neq b\\n```\\nthen a \\neq b") == ["\\neq"]


@given(TEXTS)
def test_a_torn_command_stands_where_it_is_reported(stored: str) -> None:
    for torn in find_torn(stored):
        assert stored.startswith(torn.command, torn.offset)
        assert torn.command.lstrip("\\").startswith("n")


def test_a_long_run_of_delimiters_takes_linear_time() -> None:
    for text in ("$$ \\[ \\( ` \\nu ", "\\", "\\\\[ ", "\n\\nu"):
        started = process_time()
        find_torn(f"$$ {text * 50_000} \\nu")
        find_unstorable(f"{text * 50_000} \\nu")
        assert process_time() - started < 10


def test_the_plain_codec_changes_nothing() -> None:
    plain = codec("plain")
    assert plain.encode("a\r\n\\neq") == plain.decode("a\r\n\\neq") == "a\r\n\\neq"


def test_the_default_codec_is_the_sites_own() -> None:
    own = codec("escaped-newlines")
    assert own.decode("a\\nb") == "a\nb"
    assert own.encode("a\nb") == "a\\nb"


def test_in_the_sample_24_commands_are_torn_and_no_other_line_break_is_reported(
    corpus: Path,
) -> None:
    """Counted by hand: 13 ``\\neq``, 8 ``\\neg`` and 3 ``\\nabla`` in 4,801 answers."""
    found: dict[str, int] = {}
    for file in corpus.glob("*/*.md"):
        lines = file.read_text(encoding="utf-8").split("\n")
        stored = lines[lines.index("answer: >-") + 1].strip()
        assert encode(decode(stored)) == stored
        for command in commands(stored):
            found[command] = found.get(command, 0) + 1
    assert found == {"\\neq": 13, "\\neg": 8, "\\nabla": 3}
