"""Standard input as an article of its site: what needs the site works on unsaved text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, assert_refused, here, process, tree

BOTH = ("-", "--stdin-filename", CHAIN)


@pytest.fixture
def unsaved(site: Path) -> bytes:
    """An article as an editor has it; on the disk it is another."""
    data = (site / CHAIN).read_bytes()
    (site / CHAIN).write_bytes(b"---\nid: 1\n---\n")
    return data


def spoil(data: bytes) -> bytes:
    return data.replace(b"title: QuickTakes | Bicycles", b"title: QuickTakes | Bikes", 1)


def test_check_looks_at_the_text_and_not_at_the_file(site: Path, unsaved: bytes) -> None:
    before = tree(site)
    assert here("check", *BOTH, stdin=unsaved).code == 0
    result = here("check", *BOTH, "--format", "concise", stdin=spoil(unsaved))
    assert result.code == 1
    assert result.text.startswith(f"{CHAIN}:10:")
    assert "QT305" in result.text
    assert len(result.text.splitlines()) == 1
    assert tree(site) == before


def test_the_name_is_the_one_that_was_given(
    site: Path, unsaved: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir((site / CHAIN).parent)
    name = f"../bicycles/{Path(CHAIN).name}"
    result = here("check", "-", "--stdin-filename", name, "--format", "json", stdin=spoil(unsaved))
    assert [one["path"] for one in result.json["findings"]] == [name]


def test_check_fixes_to_standard_output(site: Path, unsaved: bytes) -> None:
    before = tree(site)
    assert here("check", *BOTH, "--fix", stdin=unsaved) == (
        0,
        unsaved,
        "no problems in 1 article\n",
    )
    fixed = here("check", *BOTH, "--fix", stdin=spoil(unsaved))
    assert (fixed.code, fixed.out) == (0, unsaved)
    assert fixed.err == "fixed 1 problem: 1 file changed\n"
    left = here("check", *BOTH, "--fix", stdin=spoil(unsaved).replace(b"2025-02-11", b"2999-01-01"))
    assert (left.code, left.out) == (1, unsaved.replace(b"2025-02-11", b"2999-01-01"))
    assert "QT207" in left.err
    assert "4 | date: 2999-01-01" in left.err
    quiet = here("check", *BOTH, "--fix", "--quiet", stdin=spoil(unsaved) + b" ")
    assert quiet.err == ""
    diff = here("check", *BOTH, "--diff", stdin=spoil(unsaved))
    assert (diff.code, diff.out.count(b"\n-"), diff.out.count(b"\n+")) == (1, 2, 2)
    assert tree(site) == before


def test_a_broken_text_is_mended_where_that_is_certain(site: Path, unsaved: bytes) -> None:
    broken = unsaved.replace(b"author: QuickTakes", b"author: Quick: Takes", 1)
    mended = here("check", *BOTH, "--fix", "--unsafe-fixes", stdin=broken)
    assert mended.out == unsaved.replace(b"author: QuickTakes", b"author: 'Quick: Takes'", 1)


def test_a_fix_that_changes_other_files_is_refused(site: Path) -> None:
    data = (site / CHAIN).read_bytes().replace(b"How often", b"How soon")
    arguments = ("check", *BOTH, "--fix", "--unsafe-fixes", "--select", "QT301")
    assert_refused(here(*arguments, stdin=data), "usage", "would change, too")


def test_the_article_and_a_report_do_not_share_standard_output(unsaved: bytes) -> None:
    for form in ("json", "jsonl", "sarif", "github", "junit"):
        refused = here("check", *BOTH, "--fix", "--format", form, stdin=unsaved)
        assert_refused(refused, "usage", form)
    assert_refused(
        here("related", "clear", *BOTH, "--format", "json", stdin=unsaved), "bad-assignment"
    )


def test_a_place_in_the_site_is_needed(site: Path, tmp_path: Path, unsaved: bytes) -> None:
    for command in (["check", "-"], ["export", "-"], ["related", "add", "-", "1215"]):
        assert_refused(here(*command, stdin=unsaved), "usage", "--stdin-filename")
        outside = here(*command, "--stdin-filename", str(tmp_path / "x.md"), stdin=unsaved)
        assert_refused(outside, "no-site")


def test_a_file_that_is_not_there_yet_has_a_place(site: Path, unsaved: bytes) -> None:
    name = "content/learn/bicycles/how-long-does-a-chain-last.md"
    result = here("check", "-", "--stdin-filename", name, "--format", "concise", stdin=unsaved)
    assert {"QT302", "QT303"} <= {line.split()[1] for line in result.text.splitlines()}


def test_related_blocks_change_in_the_text(site: Path, unsaved: bytes) -> None:
    before = tree(site)
    cleared = here("related", "clear", *BOTH, stdin=unsaved)
    assert (cleared.code, cleared.err) == (0, "")
    assert b"related_article" not in cleared.out
    added = here("related", "add", *BOTH, "1215", "1240", stdin=cleared.out).out
    assert added.count(b"related_article") == 2
    ordered = here("related", "order", *BOTH, "1240", stdin=added).out
    assert ordered.index(b"id: 1240") < ordered.index(b"id: 1215")
    one = here("related", "remove", *BOTH, "1240", stdin=ordered).out
    assert here("related", "set", *BOTH, "1215", stdin=unsaved).out == one
    stale = one.replace(b"    id: 1215", b"    id: 3")
    assert here("related", "sync", *BOTH, stdin=stale).out == one
    dry = here("related", "sync", *BOTH, "--dry-run", stdin=stale)
    assert (dry.code, dry.out) == (1, b"")
    shown = here("related", "sync", *BOTH, "--diff", "--format", "json", stdin=stale).json
    assert shown["changed"] == [{"path": CHAIN, "keys": ["/related_article1/id"]}]
    assert tree(site) == before


def test_links_in_other_articles_need_the_files(unsaved: bytes) -> None:
    refused = here("related", "add", *BOTH, "431", "--both", stdin=unsaved)
    assert_refused(refused, "usage", "would change, too")


def test_a_record_is_made_of_the_text(unsaved: bytes) -> None:
    record = json.loads(here("export", *BOTH, stdin=unsaved).text)
    assert record["id"] == 1207


def test_the_difference_names_standard_input(site: Path) -> None:
    data = (site / SHIFTING).read_bytes()
    result = here("diff", CHAIN, "-", "--format", "json", stdin=data)
    assert result.code == 1
    assert {"pointer": "/id", "old": 1207, "new": 1215} in result.json["changes"]
    refused = here("diff", CHAIN, "-", "--stdin-filename", "b.md", stdin=b"x")
    assert_refused(refused, "no-front-matter", "b.md")


def test_a_real_process_passes_bytes_through(site: Path) -> None:
    data = b"\xef\xbb\xbf" + (site / CHAIN).read_bytes().replace(b"\n", b"\r\n")
    result = process("check", *BOTH, "--fix", "--quiet", "--exit-zero", cwd=site, stdin=data)
    assert (result.code, result.err) == (0, "")
    assert result.out == data
