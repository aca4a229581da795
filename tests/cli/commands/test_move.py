"""``qtauthor move``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, assert_refused, here, tree


def test_many_articles_go_under_one_subject(site: Path) -> None:
    result = here("move", CHAIN, "1215", "--subject", "bread baking")
    assert result.code == 0
    to = [path.replace("/bicycles/", "/bread-baking/") for path in (SHIFTING, CHAIN)]
    assert result.text.splitlines() == to
    assert "changed: 2 articles, " in result.err
    assert b"\nsubject: Bread Baking\n" in tree(site)[to[0]]
    again = here("move", *to, "--subject", "Bread Baking")
    assert again == (0, b"", "nothing to change\n")


@pytest.mark.parametrize("name", ["moves.tsv", "-"])
def test_a_list_has_a_subject_for_each_article(site: Path, name: str) -> None:
    text = f"1215\tEveryday Physics\r\n\n{CHAIN}\tBread Baking\n"
    (site / "moves.tsv").write_text(text, newline="")
    result = here("move", "--list", name, stdin=text.encode() if name == "-" else b"")
    assert result.code == 0
    moved = {Path(line).parts[2] for line in result.text.splitlines()}
    assert moved == {"everyday-physics", "bread-baking"}


@pytest.mark.parametrize("text", ["1215 Baking\n", "1215\tA\tB\n", "1215\t\n"])
def test_a_line_that_is_no_pair_is_refused_with_its_place(site: Path, text: str) -> None:
    before = tree(site)
    (site / "moves.tsv").write_text("\n" + text)
    assert_refused(here("move", "--list", "moves.tsv"), "usage", "moves.tsv:2:1")
    (site / "moves.tsv").unlink()
    assert tree(site) == before


@pytest.mark.parametrize(
    "args", [(), ("1215",), ("--subject", "A"), ("--subject", "A", "--list", "x")]
)
def test_articles_and_a_subject_belong_together(site: Path, args: tuple[str, ...]) -> None:
    assert_refused(here("move", *args), "usage", "give articles and --subject")


def test_a_place_that_is_taken_is_refused(site: Path) -> None:
    dough = "content/learn/bread-baking/why-does-dough-rise-faster-in-a-warm-kitchen.md"
    before = tree(site)
    assert_refused(here("move", dough, "--subject", "everyday physics"), "slug-taken")
    assert tree(site) == before
