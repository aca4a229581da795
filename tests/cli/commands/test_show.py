"""``qtauthor show``."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from qtauthor.text.document import Document
from tests.cli.support import CHAIN, SHIFTING, assert_refused, here


def test_an_article_is_shown_with_its_fields_answer_and_related_articles(site: Path) -> None:
    result = here("show", SHIFTING)
    assert (result.code, result.err) == (0, "")
    lines = result.text.split("\n")
    assert lines[0].rstrip() == "Friction or index shifting: which is easier to live with?"
    assert lines[1].rstrip() == SHIFTING
    for name, value in (("id", "1215"), ("date", "2025-02-18"), ("seo.title", "QuickTakes")):
        assert any(line.startswith(f"{name} ") and value in line for line in lines)
    assert any(line.startswith("1  How often should") for line in lines)
    assert "\\n" not in result.text
    assert "| --- |" not in result.text


def test_what_the_page_says_once_is_not_listed_again(site: Path) -> None:
    names = {line.split(" ")[0] for line in here("show", SHIFTING).text.split("\n")}
    assert not names & {"title", "article_title", "question", "_schema", "related_article1.id"}
    here("set", SHIFTING, "title=Another")
    names = {line.split(" ")[0] for line in here("show", SHIFTING).text.split("\n")}
    assert {"title", "article_title"} <= names


@pytest.mark.parametrize("columns", ["40", "60", "100", "200"])
def test_no_line_is_wider_than_the_terminal_or_a_hundred_columns(
    site: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = here("show", SHIFTING).text.split("\n")
    assert max(map(len, lines)) <= min(int(columns), 100)


def test_json_has_the_fields_and_the_answer_as_markdown(site: Path) -> None:
    shown = here("show", SHIFTING, "--format", "json").json
    assert (shown["version"], shown["path"]) == (1, SHIFTING)
    assert shown["fields"]["seo"]["title"] == "QuickTakes | Bicycles"
    stored = Document.parse((site / SHIFTING).read_bytes()).get("/answer")
    assert shown["markdown"] == stored.replace("\\n", "\n")
    assert "\n| --- |" in shown["markdown"]


def test_standard_input_is_shown_under_its_name(site: Path) -> None:
    data = (site / CHAIN).read_bytes()
    assert here("show", "-", stdin=data).text.split("\n")[1].rstrip() == "<stdin>"
    named = here("show", "-", "--stdin-filename", "x.md", stdin=data)
    assert named.text.split("\n")[1].rstrip() == "x.md"
    assert_refused(here("show", "-", "--stdin-filename", "x.md"), "no-front-matter", "x.md:1:1")


def test_an_article_that_lacks_everything_is_shown_all_the_same(site: Path) -> None:
    (site / "a.md").write_text("---\n---\n")
    result = here("show", "a.md")
    assert result.code == 0
    assert "no answer yet" in result.text


def test_an_odd_related_block_is_shown_as_it_is(site: Path) -> None:
    (site / "a.md").write_text("---\nquestion: Q\nrelated_article1: 5\n---\n")
    assert "1  5" in here("show", "a.md").text


def test_an_answer_of_another_type_is_named(site: Path) -> None:
    (site / "a.md").write_text("---\nanswer: [1]\n---\n")
    assert_refused(here("show", "a.md"), "wrong-type", "a.md: error", "answer is text")


def test_the_answer_is_shown_as_view_shows_it(site: Path) -> None:
    here("set", SHIFTING, r"answer=Let $a_1*b*c_2$ be\n\n$$\nx*y*z\n$$\n\n*so* <i>it</i>")
    shown = here("show", SHIFTING, "--color", "never").text
    answer = here("view", SHIFTING, "--width", "100").text.split("\n", 2)[2]
    assert answer == "Let a₁*b*c₂ be\n\n    x*y*z\n\nso <i>it</i>\n"
    assert answer in shown


@pytest.mark.parametrize("name", ["1215", Path(SHIFTING).stem])
def test_an_article_has_all_its_names(site: Path, name: str) -> None:
    assert here("show", name).out == here("show", SHIFTING).out


def test_very_many_fields_are_listed_soon(site: Path) -> None:
    fields = "".join(f"key{number}: value\n" for number in range(50_000))
    (site / "a.md").write_text(f"---\nquestion: Q\n{fields}---\n")
    start = time.process_time()
    lines = here("show", "a.md").text.split("\n")
    assert len(lines) > 50_000
    assert time.process_time() - start < 10


def test_a_title_that_is_missing_is_not_shown_as_none(site: Path) -> None:
    here("unset", SHIFTING, "/article_title")
    assert "None" not in here("show", SHIFTING).text
