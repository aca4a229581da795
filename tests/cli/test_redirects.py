"""Redirects on the command line: a page at an old address, and what `check` finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import SHIFTING, here

OLD = "/learn/bicycles/questions/friction-or-index-shifting-which-is-easier-to-live-with"


@pytest.fixture
def listed(site: Path) -> Path:
    (site / "qtauthor.toml").write_text('redirects.path = "redirects.json"\n')
    assert here("retitle", SHIFTING, "--question", "Is friction easier?").code == 0
    return site / "redirects.json"


def sources(listed: Path) -> list[str]:
    return [entry["from"] for entry in json.loads(listed.read_text())]


NEW = ("new", "--subject", "Bicycles", "--question")
QUESTION = "Friction or index shifting: which is easier to live with?"


def test_a_new_page_at_an_old_address_is_not_shadowed(listed: Path) -> None:
    before = listed.read_bytes()
    assert sources(listed) == [OLD]
    result = here(*NEW, QUESTION)
    assert result.code == 0
    assert "note: an article lives there again, so its redirect goes: " + OLD in result.err
    assert sources(listed) == []
    assert here("undo").code == 0
    assert listed.read_bytes() == before


def test_a_trial_says_it_and_leaves_the_list(listed: Path) -> None:
    result = here(*NEW, QUESTION, "--dry-run", "--format", "json")
    assert [OLD in notice for notice in result.json["notices"]] == [True]
    assert sources(listed) == [OLD]


def test_a_retitle_back_to_the_old_address_turns_the_redirect_round(listed: Path) -> None:
    [entry] = json.loads(listed.read_text())
    assert here("retitle", entry["to"], "--question", QUESTION).code == 0
    assert sources(listed) == [entry["to"]]


def test_check_finds_redirects_that_shadow_or_lead_nowhere(listed: Path, site: Path) -> None:
    wrong = [{"from": OLD, "to": OLD + "-x"}, {"from": "/y", "to": "/learn/a/questions/b"}]
    listed.write_text(json.dumps(wrong))
    here("undo", "--force-unchanged")
    result = here("check", "--select", "QT9", "--format", "concise")
    lines = result.text.splitlines()
    assert [line.split(" ")[1] for line in lines] == ["QT901", "QT902", "QT902"]
    assert all(line.startswith("redirects.json:1:") for line in lines)
    assert "in 0 of 8 articles and in the list of redirects" in result.err


def test_a_part_of_the_site_is_checked_without_the_list(listed: Path, site: Path) -> None:
    listed.write_text("{")
    assert here("check", "--select", "QT9").code == 1
    assert here("check", "--select", "QT9", "--subject", "Bicycles").code == 0
