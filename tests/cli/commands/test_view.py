"""``qtauthor view``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SGR, SHIFTING, assert_refused, here, process
from tests.cli.watching import matches, watched

QUESTION = "Friction or index shifting: which is easier to live with?"


def test_the_question_and_its_answer_are_shown_and_nothing_else(site: Path) -> None:
    result = here("view", SHIFTING)
    assert (result.code, result.err) == (0, "")
    lines = result.text.split("\n")
    assert lines[:2] == [QUESTION, ""]
    assert lines[2].startswith("With an index shifter")
    assert "QuickTakes" not in result.text
    assert "| ---" not in result.text
    assert "\x1b" not in result.text


@pytest.mark.parametrize("name", ["1215", Path(SHIFTING).stem])
def test_an_article_has_all_its_names(site: Path, name: str) -> None:
    assert here("view", name).text == here("view", SHIFTING).text


@pytest.mark.parametrize("columns", [30, 60, 140])
def test_lines_are_as_wide_as_asked(site: Path, columns: int) -> None:
    lines = here("view", SHIFTING, "--width", str(columns)).text.split("\n")
    assert columns * 0.8 < max(map(len, lines)) <= columns


def test_the_default_is_the_terminal_but_no_more_than_a_hundred(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert here("view", SHIFTING).out == here("view", SHIFTING, "--width", "100").out


def test_colours_are_the_usual_option(site: Path) -> None:
    colored = here("--color", "always", "view", SHIFTING).text
    assert SGR.search(colored)
    plain = [line.rstrip() for line in SGR.sub("", colored).split("\n")]
    assert plain == here("view", SHIFTING).text.split("\n")


def test_standard_input_is_shown(site: Path) -> None:
    data = (site / CHAIN).read_bytes()
    assert here("view", "-", stdin=data).out == here("view", CHAIN).out


def test_what_is_not_there_is_told(site: Path) -> None:
    Path("a.md").write_text("---\nid: 1\n---\n")
    assert here("view", "a.md").text == "a.md\n\nno answer yet\n"
    assert_refused(here("view", "b.md"), "not-found", "b.md")
    assert_refused(here("view", "no-such"), "unknown-article")
    Path("a.md").write_text("---\nanswer: [1]\n---\n")
    assert_refused(here("view", "a.md"), "wrong-type", "a.md")


def test_nothing_is_paged_without_a_terminal(site: Path) -> None:
    result = process("view", SHIFTING, cwd=site, PAGER="false", LINES="3")
    assert result.text.startswith(QUESTION)


@pytest.mark.skipif(os.name == "nt", reason="the pager is a command of sh here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
class TestOnATerminal:
    def test_a_long_answer_goes_through_the_pager(self, site: Path) -> None:
        with watched("view", SHIFTING, cwd=site, rows=10, PAGER="sed 's/^/: /'") as reader:
            reader.sees(": For everyday riding")
            assert reader.ends() == 0

    def test_a_short_one_does_not(self, site: Path) -> None:
        with watched("view", SHIFTING, cwd=site, rows=40, PAGER="sed 's/^/: /'") as reader:
            reader.sees("For everyday riding")
            assert ": For" not in reader.shown

    @pytest.mark.parametrize("pager", ["no-such-pager", "'", ""])
    def test_without_a_pager_it_is_printed(self, site: Path, pager: str) -> None:
        with watched("view", SHIFTING, cwd=site, rows=10, PAGER=pager) as reader:
            reader.sees("For everyday riding")
            assert reader.ends() == 0

    def test_no_pager_prints_it(self, site: Path) -> None:
        with watched("view", SHIFTING, "--no-pager", cwd=site, rows=10, PAGER="false") as reader:
            reader.sees("For everyday riding")

    def test_a_pager_that_is_left_at_once_is_no_failure(self, site: Path) -> None:
        with watched("view", SHIFTING, cwd=site, rows=10, PAGER="true") as reader:
            assert reader.ends() == 0

    @pytest.mark.parametrize("columns", [60, 120])
    def test_the_page_is_as_kept(self, site: Path, columns: int) -> None:
        with watched("view", SHIFTING, cwd=site, columns=columns, rows=40) as reader:
            reader.sees("For everyday riding")
            assert reader.ends() == 0
            assert matches(f"view-{columns}", reader)
