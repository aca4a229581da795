"""Problems that are known are not told again, wherever their article goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import SHIFTING, assert_refused, here

STALE = "content/learn/bread-baking/why-does-bread-go-stale.md"
KNOWN = "known.json"


@pytest.fixture
def site(flawed: Path) -> Path:
    """The site with four flaws."""
    return flawed


@pytest.fixture
def known(site: Path) -> Path:
    result = here("check", "--write-baseline", KNOWN)
    assert (result.code, result.err) == (0, f"{KNOWN} knows 4 problems\n")
    return site / KNOWN


def test_what_is_known_is_not_told(site: Path, known: Path) -> None:
    result = here("check", "--baseline", KNOWN)
    assert (result.code, result.out) == (0, b"")
    assert "no problems in 9 articles, and 4 that the baseline knows" in result.err
    assert here("check", "--baseline", KNOWN, "--extend-select", "QT509").code == 1


def test_the_file_has_a_line_for_each_article_and_rule(known: Path) -> None:
    entries = json.loads(known.read_text())["findings"]
    assert {"article": 1215, "rule": "QT305", "count": 1} in entries
    assert len(known.read_text().splitlines()) == len(entries) + 5
    assert not [path for path in known.parent.iterdir() if path.name.endswith(".tmp")]


def test_a_move_does_not_bring_them_back(site: Path, known: Path) -> None:
    assert here("move", SHIFTING, "--subject", "Bread Baking").code == 0
    here("retitle", STALE, "Why is bread stale?")
    told = here("check", "--baseline", KNOWN, "--format", "json").json
    assert (told["findings"], told["known"], told["stale"]) == ([], 4, [])


def test_more_than_is_known_is_told(site: Path, known: Path) -> None:
    entries = json.loads(known.read_text())
    text = (site / STALE).read_text()
    (site / STALE).write_text(text.replace("author: QuickTakes", 'author: ""'))
    assert [one["count"] for one in entries["findings"] if one["rule"] == "QT206"] == [1]
    told = here("check", "--baseline", KNOWN, "--format", "json").json
    assert [finding["code"] for finding in told["findings"]] == ["QT206", "QT206"]


def test_stale_entries_are_told(site: Path, known: Path) -> None:
    here("check", "--fix", SHIFTING)
    result = here("check", "--baseline", KNOWN)
    assert result.code == 0
    assert "no longer found, though the baseline knows it: QT305 in article 1215" in result.err
    stale = here("check", SHIFTING, "--baseline", KNOWN, "--format", "json").json["stale"]
    assert stale == [{"article": 1215, "path": None, "rule": "QT305", "count": 1}]


def test_what_was_not_looked_at_is_not_stale(site: Path, known: Path) -> None:
    here("check", "--fix", SHIFTING)
    for arguments in ([STALE], ["--select", "QT7"]):
        told = here("check", *arguments, "--baseline", KNOWN, "--format", "json").json
        assert told["stale"] == []


def test_an_article_without_an_id_is_known_by_its_path(site: Path) -> None:
    (site / STALE).write_bytes(b"no front matter\n")
    here("check", STALE, "--write-baseline", KNOWN)
    [entry] = json.loads((site / KNOWN).read_text())["findings"]
    assert (entry["path"], entry["count"]) == (STALE, 1)
    assert here("check", STALE, "--baseline", KNOWN).code == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '{"version": 2, "findings": []}',
        '{"version": 1, "findings": [{"a": 3}]}',
    ],
)
def test_what_is_no_baseline_is_refused(site: Path, text: str) -> None:
    (site / KNOWN).write_text(text)
    assert_refused(here("check", "--baseline", KNOWN), "bad-baseline", KNOWN)


def test_a_baseline_that_is_not_there_or_cannot_be_written(site: Path) -> None:
    assert_refused(here("check", "--baseline", "nowhere.json"), "not-found", "nowhere.json")
    assert_refused(here("check", "--write-baseline", "no/where.json"), "cannot-write")


def test_an_empty_baseline_knows_nothing(site: Path) -> None:
    here("check", "--select", "QT1", "--write-baseline", KNOWN)
    assert json.loads((site / KNOWN).read_text()) == {"version": 1, "findings": []}
    assert here("check", "--baseline", KNOWN).code == 1
