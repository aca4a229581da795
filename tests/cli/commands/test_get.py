"""``qtauthor get``."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.text.document import Document
from tests.cli.support import CHAIN, DOUGH, SHIFTING, assert_refused, here, process


def test_a_field_is_printed_as_it_is(site: Path) -> None:
    assert here("get", CHAIN, "id") == (0, b"1207\n", "")
    assert here("get", CHAIN, "date").out == b"2025-02-11\n"
    assert here("get", CHAIN, "seo.title").out == b"QuickTakes | Bicycles\n"


def test_a_field_and_its_pointer_are_the_same(site: Path) -> None:
    assert here("get", CHAIN, "seo.title") == here("get", CHAIN, "/seo/title")


def test_a_mapping_is_printed_as_json(site: Path) -> None:
    assert here("get", CHAIN, "seo").json == Document.parse((site / CHAIN).read_bytes()).get("/seo")


def test_without_a_key_the_whole_front_matter_is_printed(site: Path) -> None:
    data = here("get", CHAIN).json
    assert list(data)[:3] == ["_schema", "id", "date"]
    assert data["date"] == "2025-02-11"


def test_of_several_files_each_value_stands_behind_its_name(site: Path) -> None:
    assert here("get", CHAIN, DOUGH, "id").text == f"{CHAIN}: 1207\n{DOUGH}: 412\n"


def test_json_has_a_version_the_pointer_and_each_path_with_its_value(site: Path) -> None:
    assert here("get", CHAIN, DOUGH, "id", "--format", "json").json == {
        "version": 1,
        "pointer": "/id",
        "articles": [{"path": CHAIN, "value": 1207}, {"path": DOUGH, "value": 412}],
    }


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("true", "true"),
        ("~", "null"),
        ("-1.0", "-1.0"),
        (".nan", '"nan"'),
        ("[1, a]", '[\n  1,\n  "a"\n]'),
        ("2024-12-18 10:00:00", "2024-12-18T10:00:00"),
        ('"a\\nb"', "a\nb"),
        ("{1: a}", '{\n  "1": "a"\n}'),
    ],
)
def test_every_kind_of_value_has_a_form(site: Path, source: str, shown: str) -> None:
    (site / "a.md").write_text(f"---\nkey: {source}\n---\n", encoding="utf-8")
    assert here("get", "a.md", "/key").text.rstrip("\n") == shown


def test_standard_input_is_read_and_goes_by_its_name_in_errors(site: Path) -> None:
    data = (site / CHAIN).read_bytes()
    assert here("get", "-", "id", stdin=data).out == b"1207\n"
    assert_refused(here("get", "-", "score", stdin=data), "no-such-key", "<stdin>: ")
    named = here("get", "-", "score", "--stdin-filename", "x.md", stdin=data)
    assert_refused(named, "no-such-key", "x.md: ")


def test_standard_input_cannot_be_read_twice(site: Path) -> None:
    assert_refused(here("get", "-", "-", "id", stdin=b"---\nid: 1\n---\n"), "bad-assignment")


def test_a_field_that_is_not_there_is_an_error_with_what_is(site: Path) -> None:
    assert_refused(here("get", SHIFTING, "score"), "no-such-key", SHIFTING, "there is no /score")
    assert_refused(here("get", SHIFTING, "/titel"), "no-such-key", "did you mean title?")


def test_an_unknown_field_is_an_error_with_the_nearest_name(site: Path) -> None:
    refused = here("get", SHIFTING, "seo.titel")
    assert_refused(refused, "unknown-field", "did you mean seo.title?", "/seo/titel")


def test_nothing_is_printed_if_one_of_the_files_is_bad(site: Path) -> None:
    assert_refused(here("get", SHIFTING, "no.md", "id"), "not-found", "no.md: ")


def test_a_file_called_as_a_field_needs_its_folder_in_front(site: Path) -> None:
    (site / "title").write_bytes((site / CHAIN).read_bytes())
    assert here("get", SHIFTING, "title").text.startswith("Friction")
    assert here("get", "./title", "id").out == b"1207\n"
    assert here("get", CHAIN, "./title").text.count(".md: {") == 1


def test_a_file_needs_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("note").write_text("---\ntitle: A\n---\n")
    assert here("get", "note", "title").out == b"A\n"


def test_a_name_that_is_no_utf8_is_printed_with_its_own_bytes(site: Path) -> None:
    (site / "b\udcff.md").write_bytes((site / CHAIN).read_bytes())
    result = process("get", b"b\xff.md", CHAIN, "id", cwd=site)
    assert result.out == b"b\xff.md: 1207\n" + CHAIN.encode() + b": 1207\n"
