"""``qtauthor config``: what is in force, from where, and whether what it names is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import here


def test_each_key_says_where_its_value_is_from(site: Path) -> None:
    (site / "qtauthor.toml").write_text('slug.style = "ascii"\n')
    rows = [line.split() for line in here("config").text.splitlines()]
    assert ["slug.style", '"ascii"', "qtauthor.toml:1"] in rows
    assert ["answer.codec", '"escaped-newlines"', "default"] in rows


def test_the_file_is_named_from_where_one_is(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "pyproject.toml").write_text('[tool.qtauthor]\ncontent = "content/learn"\n')
    monkeypatch.chdir(site / "content" / "learn")
    assert "../../pyproject.toml:2" in here("config").text


def test_a_right_configuration_has_no_problems(site: Path) -> None:
    found = here("config", "check")
    assert (found.code, found.out) == (0, b"")
    assert "no problems" in found.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('template = "novel"\n', "novel"),
        ('check.ignore = ["QT9x"]\n', "qtauthor.toml:1:1: error: check.ignore"),
        ('content = "content/nowhere"\n', "content/nowhere: error: the folder of the articles"),
        ('redirects.path = "r.json"\n', "r.json:1:1: error"),
    ],
    ids=["template", "rule", "content", "redirects"],
)
def test_what_is_named_and_not_there_is_a_problem(site: Path, text: str, told: str) -> None:
    (site / "qtauthor.toml").write_text(text)
    (site / "r.json").write_text("{")
    found = here("config", "check")
    assert found.code == 1
    assert told in found.err
    assert "1 problem in" in found.err


def test_all_problems_are_told_at_once(site: Path) -> None:
    (site / "qtauthor.toml").write_text('template = "novel"\ncheck.ignore = ["QT9x"]\n')
    assert "2 problems in" in here("config", "check").err


def test_a_file_that_is_no_configuration_is_refused(site: Path) -> None:
    (site / "qtauthor.toml").write_text("slug.style = 1\n")
    assert here("config", "check").code == 2
