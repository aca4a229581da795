"""``qtauthor fmt``: the house style on files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, assert_refused, here, process, tree


def test_titles_get_the_configured_style_and_the_chosen_one(site: Path) -> None:
    before = (site / CHAIN).read_bytes()
    assert b"\ntitle: How often" in before
    assert here("fmt", CHAIN, "--only", "title-style") == (0, b"", "changed 1 article\n")
    folded = (site / CHAIN).read_bytes()
    assert b"\ntitle: >-\n    How often" in folded
    assert here("fmt", CHAIN) == (0, b"", "changed 0 articles\n")
    assert here("fmt", CHAIN, "--only", "title-style", "--template", "plain").code == 0
    assert b"\ntitle: How often" in (site / CHAIN).read_bytes()
    (site / "qtauthor.toml").write_text('template = "plain"\n')
    (site / CHAIN).write_bytes(folded)
    assert here("fmt", CHAIN).code == 0
    assert b"\ntitle: How often" in (site / CHAIN).read_bytes()


def test_check_names_what_would_change_and_writes_nothing(site: Path) -> None:
    here("fmt", SHIFTING)
    before = tree(site)
    result = here("fmt", CHAIN, SHIFTING, "--check")
    assert result == (1, f"{CHAIN}\n".encode(), "would change 1 article\n")
    assert here("fmt", SHIFTING, "--check") == (0, b"", "would change 0 articles\n")
    assert tree(site) == before


def test_a_diff_shows_the_change_and_writes_nothing(site: Path) -> None:
    before = tree(site)
    for arguments in (["--diff"], ["--diff", "--check"]):
        result = here("fmt", CHAIN, *arguments)
        assert result.code == 1
        assert b"\n-title: How often" in result.out
    assert here("fmt", CHAIN, "--dry-run") == (1, b"", "would change 1 article\n")
    assert tree(site) == before


def test_only_the_chosen_parts_are_done(site: Path) -> None:
    data = (site / SHIFTING).read_bytes().replace(b"author: QuickTakes", b"author: 'QuickTakes'")
    data = data.replace(b"\n---\n", b"\nno_index: true\n\n---\n")
    (site / "a.md").write_bytes(data)
    assert here("fmt", "a.md", "--only", "booleans", "--only", "fence-gap").code == 0
    expected = data.replace(b"no_index: true\n\n", b"no_index: True\n")
    assert (site / "a.md").read_bytes() == expected
    here("fmt", "a.md", "--only", "quoting", "--only", "key-order")
    result = (site / "a.md").read_bytes()
    assert b"author: QuickTakes\n" in result
    assert result.index(b"no_index") < result.index(b"answer:")


def test_columns_are_mended_back_to_the_original_bytes(site: Path) -> None:
    data = (site / SHIFTING).read_bytes()
    wanted = data.replace(b"\n  title: QuickTakes", b"\n  # seo\n  title: QuickTakes")
    columns = {2: 5, 4: 7, 8: 9}
    broken = re.sub(rb"(?m)^ +", lambda blanks: b" " * columns[len(blanks[0])], wanted)
    assert data != wanted != broken
    (site / SHIFTING).write_bytes(broken)
    line = ["fmt", SHIFTING, "--only", "indentation"]
    assert here(*line, "--check") == (1, f"{SHIFTING}\n".encode(), "would change 1 article\n")
    assert (site / SHIFTING).read_bytes() == broken
    assert here(*line) == (0, b"", "changed 1 article\n")
    assert (site / SHIFTING).read_bytes() == wanted
    assert here(*line, "--check") == (0, b"", "would change 0 articles\n")


def test_json_names_the_files_and_keys(site: Path) -> None:
    keys = ["/title", "/article_title"]
    assert here("fmt", CHAIN, "--format", "json").json["changed"] == [{"path": CHAIN, "keys": keys}]


def test_one_bad_file_keeps_all_as_they_are(site: Path) -> None:
    (site / "bad.md").write_text("---\na: 1\na: 2\n---\n")
    before = tree(site)
    assert_refused(here("fmt", CHAIN, "bad.md"), "duplicate-key", "bad.md")
    assert tree(site) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--only", "colour"], "usage"),
        (["--template", "none"], "bad-template"),
        (["--template", "qtauthor.toml"], "bad-template"),
    ],
)
def test_an_unknown_part_or_template_is_refused(
    site: Path, arguments: list[str], code: str
) -> None:
    assert_refused(here("fmt", CHAIN, *arguments), code)


def test_standard_input_is_formatted_to_standard_output(site: Path) -> None:
    data = (site / CHAIN).read_bytes()
    result = process("fmt", "-", "--template", "folded", cwd=site, stdin=data)
    assert (result.code, result.err) == (0, "")
    here("fmt", CHAIN)
    assert result.out == (site / CHAIN).read_bytes()
