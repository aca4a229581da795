"""``qtauthor stats``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, here, terminal


def test_states_and_subjects_are_counted(site: Path) -> None:
    (site / CHAIN).write_bytes(b"x")
    lines = here("stats").text.splitlines()
    assert lines[0].split() == ["articles", "8"]
    assert "that cannot be read       1" in lines
    assert "  no-front-matter         1" in lines
    assert [line.split("  ")[1] for line in lines[-3:]] == [
        "Bicycles",
        "Bread Baking",
        "Everyday Physics",
    ]
    assert lines[-3].endswith("█" * 30)


def test_the_json_form(site: Path) -> None:
    found = here("stats", "--format", "json").json
    assert found["version"] == 1
    assert (found["articles"], found["links"], found["no_index"]) == (8, 22, 1)
    assert found["related"] == {"2": 4, "3": 3, "5": 1}
    assert found["subjects"][0] == {
        "key": "bicycles",
        "name": "Bicycles",
        "articles": 3,
        "no_index": 1,
        "broken": 0,
    }


def test_an_empty_site_has_nothing_to_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "qtauthor.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    assert here("stats").text.startswith("articles                 0\n")
    assert here("stats", "--format", "json").json["subjects"] == []


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_the_bars_fit_the_terminal(site: Path, columns: int) -> None:
    with terminal("stats", cwd=site, columns=columns) as run:
        lines = run.rest().replace("\r", "").splitlines()
    assert max(map(len, lines)) <= columns
    assert any("█" in line for line in lines)
