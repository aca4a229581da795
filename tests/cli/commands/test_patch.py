"""``qtauthor patch``: JSON Patches and merge patches on files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import CHAIN, SHIFTING, Result, assert_refused, here, process, tree


def patched(*arguments: str, ops: Any) -> Result:
    """``qtauthor patch`` with its operations on standard input."""
    return here("patch", *arguments, "--ops", "-", stdin=json.dumps(ops).encode())


def replace(path: str, value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


def test_a_patch_from_a_file_edits_only_its_lines(site: Path) -> None:
    (site / "ops.json").write_text(json.dumps([replace("/id", 7), replace("/author", "No")]))
    before = tree(site)
    assert here("patch", CHAIN, "--ops", "ops.json") == (0, b"", "changed 1 article\n")
    expected = before[CHAIN].replace(b"id: 1207", b"id: 7", 1)
    expected = expected.replace(b"author: QuickTakes", b"author: 'No'")
    assert tree(site) == {**before, CHAIN: expected}


def test_standard_input_can_be_the_patch_or_the_article_but_not_both(site: Path) -> None:
    data = (site / CHAIN).read_bytes()
    (site / "ops.json").write_text(json.dumps([replace("/id", 7)]))
    expected = data.replace(b"id: 1207", b"id: 7", 1)
    assert here("patch", "-", "--ops", "ops.json", stdin=data) == (0, expected, "")
    assert patched(CHAIN, ops=[replace("/id", 7)]).code == 0
    assert (site / CHAIN).read_bytes() == expected
    assert_refused(patched("-", ops=[]), "bad-assignment", "only once")


def test_one_operation_that_fails_in_one_file_changes_none(site: Path) -> None:
    before = tree(site)
    ops = [replace("/author", "A"), {"op": "test", "path": "/id", "value": 1207}]
    refused = patched(CHAIN, SHIFTING, ops=ops)
    assert_refused(refused, "test-failed", SHIFTING, "operation 1 (test /id)")
    assert tree(site) == before
    assert patched(CHAIN, ops=ops).code == 0


def test_a_merge_patch_sets_and_takes_out(site: Path) -> None:
    before = (site / CHAIN).read_bytes()
    here("set", CHAIN, "score=1")
    assert patched(CHAIN, "--merge", ops={"score": None, "id": 7}).err == "changed 1 article\n"
    assert (site / CHAIN).read_bytes() == before.replace(b"id: 1207", b"id: 7", 1)


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_trial_writes_nothing(site: Path, option: str) -> None:
    before = tree(site)
    would = patched(CHAIN, option, ops=[replace("/id", 7)])
    assert (would.code, would.err) == (1, "would change 1 article\n")
    assert (b"+id: 7\n" in would.out) is (option == "--diff")
    assert patched(CHAIN, option, ops=[replace("/id", 1207)]).code == 0
    assert tree(site) == before


def test_json_names_the_keys(site: Path) -> None:
    ops = [{"op": "move", "from": "/author", "path": "/writer"}]
    changed = [{"path": CHAIN, "keys": ["/author", "/writer"]}]
    result = patched(CHAIN, "--format", "json", ops=ops)
    assert result.json == {"version": 1, "written": True, "changed": changed}


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"op": "swap", "path": "/a"}]', "[" * 100_000])
def test_what_is_no_patch_is_refused_under_the_name_of_its_file(site: Path, text: str) -> None:
    (site / "ops.json").write_text(text)
    assert_refused(here("patch", CHAIN, "--ops", "ops.json"), "bad-patch", "ops.json")
    assert_refused(here("patch", CHAIN, "--ops", "-", stdin=text.encode()), "bad-patch", "<stdin>")


@pytest.mark.parametrize("text", ["", "[]", "null", '{"a": 1} x', '{"a":' * 100_000])
def test_what_is_no_merge_patch_is_refused(site: Path, text: str) -> None:
    (site / "ops.json").write_text(text)
    assert_refused(here("patch", CHAIN, "--merge", "--ops", "ops.json"), "bad-patch", "ops.json")


def test_files_and_operations_must_be_given(site: Path) -> None:
    assert_refused(here("patch", CHAIN), "usage", "--ops")
    assert_refused(here("patch", "--ops", "x.json"), "no-selection")
    assert_refused(here("patch", CHAIN, "--ops", "x.json"), "not-found", "x.json")


def test_a_real_process_filters(site: Path) -> None:
    (site / "ops.json").write_text('{"id": 7}')
    data = (site / CHAIN).read_bytes().replace(b"\n", b"\r\n")
    result = process("patch", "-", "--merge", "--ops", "ops.json", cwd=site, stdin=data)
    assert result == (0, data.replace(b"id: 1207", b"id: 7", 1), "")
