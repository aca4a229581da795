"""``qtauthor pick``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import CHAIN, SHIFTING, assert_refused, here
from tests.cli.watching import matches, watched
from tests.cli.wizard.driver import DOWN, ENTER, ESCAPE, INTERRUPT, UP

URL = f"/learn/bicycles/questions/{Path(CHAIN).stem}"
TITLE = "How often should a bicycle chain be replaced?"


@pytest.mark.parametrize(
    ("form", "told"),
    [("path", CHAIN), ("url", URL), ("id", "1207"), ("title", TITLE), ("slug", Path(CHAIN).stem)],
)
def test_the_best_article_is_printed_in_the_form_that_is_asked_for(
    site: Path, form: str, told: str
) -> None:
    result = here("pick", "chain repl", "--print", form, "-n", "1")
    assert (result.code, result.text, result.err) == (0, f"{told}\n", "")


def test_without_a_terminal_the_best_ones_are_printed(site: Path) -> None:
    found = here("pick", "bicycle").text.split()
    assert len(found) == len(set(found)) > 1
    assert here("pick", "bicycle", "-n", "2").text.split() == found[:2]


def test_paths_are_as_one_would_type_them_here(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "content/learn/bicycles")
    name = here("pick", "chain repl", "-n", "1").text.strip()
    assert name == Path(CHAIN).name
    assert Path(name).is_file()


@pytest.mark.parametrize("query", ["1207", URL, CHAIN, f"learn/bicycles/{Path(CHAIN).stem}"])
def test_an_id_a_url_and_a_path_find_their_article(site: Path, query: str) -> None:
    assert here("pick", query, "-n", "1").text == f"{CHAIN}\n"


def test_nothing_found_is_told_by_the_exit_code(site: Path) -> None:
    result = here("pick", "qqqqq")
    assert (result.code, result.out, result.err) == (1, b"", "")


def test_without_a_terminal_a_query_is_needed(site: Path) -> None:
    assert_refused(here("pick"), "missing-option", "QUERY")
    assert_refused(here("pick", "chain", "--open"), "missing-option", "--open")
    assert_refused(here("pick", "--open", "--view"), "usage")


@pytest.mark.skipif(os.name == "nt", reason="there is no such terminal")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
class TestOnATerminal:
    @pytest.mark.parametrize("columns", [60, 120])
    def test_what_is_typed_finds_articles_and_enter_prints_one(
        self, site: Path, columns: int
    ) -> None:
        with watched("pick", cwd=site, columns=columns, redirect="> out") as author:
            author.sees("Find:", "of ")
            author.types("bicy", "cle")
            author.sees(TITLE[:20])
            assert matches(f"pick-{columns}", author)
            author.types(DOWN, DOWN, UP)
            author.sees("> ")
            assert matches(f"pick-moved-{columns}", author)
            author.types(ENTER)
            assert author.ends() == 0
            assert author.shown == "\n"
        chosen = (site / "out").read_text().strip()
        assert chosen == here("pick", "bicycle").text.split("\n")[1]

    def test_a_query_on_the_line_is_where_typing_begins(self, site: Path) -> None:
        with watched("pick", "chain", "--print", "id", cwd=site, redirect="> out") as author:
            author.sees("Find: chain")
            author.types(" repl", ENTER)
            assert author.ends() == 0
        assert (site / "out").read_text() == "1207\n"

    def test_a_mistyped_word_finds_what_is_meant(self, site: Path) -> None:
        with watched("pick", cwd=site, redirect="> out") as author:
            author.sees("Find:")
            author.types("chian")
            author.sees(TITLE[:20])
            author.types(ENTER)
            assert author.ends() == 0
        assert (site / "out").read_text() == f"{CHAIN}\n"

    @pytest.mark.parametrize("key", [ESCAPE, INTERRUPT])
    def test_who_leaves_gets_nothing(self, site: Path, key: str) -> None:
        with watched("pick", cwd=site, redirect="> out") as author:
            author.sees("Find:")
            author.types(key)
            assert author.ends() == 130
            assert "Traceback" not in author.everything
        assert (site / "out").read_text() == ""

    def test_enter_on_nothing_waits(self, site: Path) -> None:
        with watched("pick", "qqqqq", cwd=site, redirect="> out") as author:
            author.sees("no article has these words")
            author.types(ENTER, "\x15chain", ENTER)
            assert author.ends() == 0

    def test_it_is_drawn_on_the_terminal_if_errors_go_elsewhere(self, site: Path) -> None:
        with watched("pick", "chain repl", cwd=site, redirect="> out 2> err") as author:
            author.sees("Find: chain repl")
            author.types(ENTER)
            assert author.ends() == 0
        assert (site / "out").read_text() == f"{CHAIN}\n"
        assert (site / "err").read_text() == ""

    def test_its_output_can_go_through_a_pipe(self, site: Path) -> None:
        with watched("pick", "chain repl", cwd=site, columns=120, redirect="| cat") as author:
            author.sees("Find: chain repl")
            author.types(ENTER)
            author.sees(CHAIN)

    def test_the_choice_can_be_viewed(self, site: Path) -> None:
        with watched("pick", "friction", "--view", "--color", "never", cwd=site) as author:
            author.sees("Find: friction")
            author.types(ENTER)
            author.sees("With an index shifter each click pulls")
            assert author.ends() == 0
            assert "\x1b[3" not in author.said

    def test_the_choice_can_be_edited(self, site: Path, tmp_path: Path) -> None:
        pen = tmp_path / "pen"
        pen.write_text('#!/bin/sh\necho Words. > "$1"\n')
        pen.chmod(0o755)
        with watched("pick", "friction", "--open", cwd=site, VISUAL=str(pen)) as author:
            author.sees("Find: friction")
            author.types(ENTER)
            author.sees("changed 1 article")
            assert author.ends() == 0
        assert "    Words.\n" in (site / SHIFTING).read_text()

    @pytest.mark.parametrize("plain", [{"TERM": "dumb"}, {"QTAUTHOR_PLAIN": "1"}])
    def test_where_nothing_can_be_drawn_the_best_ones_are_printed(
        self, site: Path, plain: dict[str, Any]
    ) -> None:
        with watched("pick", "chain repl", cwd=site, columns=120, **plain) as author:
            author.sees(CHAIN)
            assert author.ends() == 0
