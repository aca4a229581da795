"""``-``: standard input to standard output, the document and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, assert_refused, here, process, tree

VARIANTS = {
    "as it is": lambda data: data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "BOM": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF and BOM": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    "final newline": lambda data: data + b"\n",
    "no body": lambda data: data[: data.rindex(b"---") + 3],
    "control characters in the body": lambda data: data + b"\x1b]0;x\x07\x0c",
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_document_is_written_byte_for_byte_but_for_the_edit(site: Path, variant: str) -> None:
    data = VARIANTS[variant]((site / CHAIN).read_bytes())
    expected = data.replace(b"id: 1207", b"id: 7", 1)
    assert expected != data
    assert here("set", "-", "id=7", stdin=data) == (0, expected, "")
    assert here("set", "-", "id=1207", stdin=data) == (0, data, "")
    assert here("unset", "-", "score", stdin=data) == (0, data, "")


def test_a_real_process_passes_bytes_through(site: Path) -> None:
    data = VARIANTS["CRLF and BOM"]((site / CHAIN).read_bytes())
    result = process("set", "-", "id=7", cwd=site, stdin=data, PYTHONIOENCODING="ascii")
    assert result == (0, data.replace(b"id: 1207", b"id: 7", 1), "")


def test_an_edit_and_its_inverse_give_the_input_again(site: Path) -> None:
    data = (site / SHIFTING).read_bytes()
    there = here("set", "-", "score=2", "no_index=true", stdin=data).out
    assert here("unset", "-", "score", "no_index", stdin=there).out == data


def test_nothing_is_written_when_the_input_is_refused(site: Path) -> None:
    before = tree(site)
    assert_refused(here("set", "-", "id=7", stdin=b"\n---\n"), "empty-line-before-fence", "<stdin>")
    named = here("set", "-", "id=7", "--stdin-filename", CHAIN, stdin=b"")
    assert_refused(named, "no-front-matter", f"{CHAIN}:1:1: ")
    assert tree(site) == before


def test_a_trial_prints_the_diff_under_the_given_name_and_not_the_document(site: Path) -> None:
    data = (site / CHAIN).read_bytes()
    dry = here("set", "-", "id=7", "--dry-run", stdin=data)
    assert dry == (1, b"", "would change 1 article\n")
    diff = here("set", "-", "id=7", "--diff", "--stdin-filename", CHAIN, stdin=data)
    assert diff == here("set", CHAIN, "id=7", "--diff")


def test_the_name_decides_the_site_and_so_the_manner_of_writing(site: Path, tmp_path: Path) -> None:
    (site / "qtauthor.toml").write_text('answer.codec = "plain"\n')
    data = b"---\nanswer: a\n---\n"
    inside = here("set", "-", "answer=a\nb", "--stdin-filename", str(site / "x.md"), stdin=data)
    outside = here(
        "set", "-", "answer=a\nb", "--stdin-filename", str(tmp_path / "x.md"), stdin=data
    )
    assert b"a\\nb" not in inside.out
    assert b"a\\nb" in outside.out


def test_a_named_root_holds_for_standard_input_from_anywhere(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (site / CHAIN).read_bytes()
    monkeypatch.chdir(tmp_path)
    assert here("--root", str(site), "set", "-", "id=7", stdin=data).code == 0
    assert here("--root", str(site), "show", "-", stdin=data).code == 0
    monkeypatch.setenv("QTAUTHOR_ROOT", str(site))
    assert here("set", "-", "id=7", stdin=data).code == 0
