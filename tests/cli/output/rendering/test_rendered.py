"""Answers on the screen. The cases are files: ``NAME.md`` and what is shown of it at 60 columns."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qtauthor.cli.output.rendering import rendered
from qtauthor.content.answer import decode
from qtauthor.text.document import Document

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
SGR = re.compile("\x1b\\[[0-9;]*m")
EVERY = 60


def shown(markdown: str, width: int = 60) -> str:
    return rendered(markdown, width=width, colour=False)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_case_is_shown_as_kept(case: Path) -> None:
    kept = case.with_suffix(".txt")
    told = shown(case.read_text(encoding="utf-8"))
    if os.environ.get("QTAUTHOR_SCREENS") == "update":
        kept.write_text(told, encoding="utf-8")
    assert told == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_colours_change_nothing_but_colours(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    colored = rendered(text, width=60, colour=True)
    plain = "".join(f"{line.rstrip()}\n" for line in SGR.sub("", colored).splitlines())
    assert plain == shown(text)


def test_emphasis_and_math_have_colours() -> None:
    assert rendered("a *b* $c$", width=60, colour=True) == "a \x1b[3mb\x1b[0m \x1b[35mc\x1b[0m\n"


@pytest.mark.parametrize("width", [20, 34, 60, 120])
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_no_line_is_wider_than_asked(case: Path, width: int) -> None:
    lines = shown(case.read_text(encoding="utf-8"), width).split("\n")
    assert max(map(cell_len, lines)) <= width


@given(st.text("#*_`~|-+>$\\<[]()! \n\t1.ab日\x1b\u202e", max_size=80))
def test_any_markdown_is_shown_within_the_width_and_sends_nothing_to_the_terminal(
    markdown: str,
) -> None:
    told = shown(markdown, 24)
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert max(map(cell_len, told.split("\n"))) <= 24
    assert told == "" or told.endswith("\n")


def test_an_empty_answer_is_nothing() -> None:
    assert shown("") == ""
    assert shown(" \n\n") == ""


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("It costs $5 or $10.", "It costs 5 or10.\n"),
        ("It costs \\$5 or \\$10.", "It costs $5 or $10.\n"),
        ("A lone $ stays.", "A lone $ stays.\n"),
        ("`$x$` is code.", "$x$ is code.\n"),
        ("$$x_1$$ in a line", "x₁ in a line\n"),
        ("$a$$b$", "a$$b\n"),
        ("\\(x\\) is no math", "(x) is no math\n"),
        ("| $|a|$ |\n| - | - | - |", "$   a   $\n─────────\n"),
    ],
)
def test_dollars_are_read_as_the_site_reads_them(markdown: str, told: str) -> None:
    assert shown(markdown) == told


def test_the_answers_of_the_sample_fit_and_lose_no_words(corpus: Path) -> None:
    for path in sorted(corpus.glob("*/*.md"))[::EVERY]:
        answer = decode(str(Document.parse(path.read_bytes()).get("/answer")))
        told = shown(answer, 72)
        assert max(map(cell_len, told.split("\n"))) <= 72, path
        words = set(re.findall(r"[A-Za-z]{4,}", re.sub(r"\$+[^$]*\$+|```\w*", " ", answer)))
        assert words <= set(re.findall(r"[A-Za-z]{4,}", told.replace("\n", " "))), path
