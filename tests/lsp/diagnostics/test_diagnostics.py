"""Diagnostics as an editor gets them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qtauthor.lsp.diagnostics import findings
from tests.lsp.applying import path_of
from tests.lsp.client import ABLE, Editor
from tests.lsp.conftest import CELLS, HEAT, OSMOSIS, PUMPS
from tests.lsp.texts import offset, where
from tests.support.state import state


def source(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in found]


def shown(text: str, found: dict[str, Any], encoding: str = "utf-16") -> str:
    """The part of the text that a diagnostic is about."""
    start, end = (offset(text, found["range"][side], encoding) for side in ("start", "end"))
    return text[start:end]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_place_behind_emoji_is_told_in_the_encoding_that_was_agreed(
    root: Path, start: Callable[..., Editor], encoding: str, feed: str
) -> None:
    editor = start(root)
    able = {**ABLE, "general": {"positionEncodings": [encoding]}}
    assert editor.begin(able)["positionEncoding"] == encoding
    text = source(root, CELLS.path).replace("It is so.", "😀é語 costs \\neq 3 <b>x</b>")
    text = text.replace("\n", feed)
    editor.open(CELLS.path, text)
    found = {one["code"]: one for one in editor.diagnostics(CELLS.path, 1)}
    assert shown(text, found["QT601"], encoding) == "\\neq"


def test_an_unsaved_buffer_is_checked_and_the_file_is_not(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path)
    editor.open(CELLS.path)
    assert codes(editor.diagnostics(CELLS.path, 1)) == ["QT702"]
    version = editor.change(CELLS.path, whole.replace("id: 13", "id: -1", 1))
    found = editor.diagnostics(CELLS.path, version)
    assert "QT401" in codes(found)
    version = editor.change(CELLS.path, whole)
    assert codes(editor.diagnostics(CELLS.path, version)) == ["QT702"]
    assert source(root, CELLS.path) == whole


def test_edits_of_ranges_give_the_same_text_as_the_editor_has(editor: Editor, root: Path) -> None:
    """Emoji, form feeds and U+2028 stand before the places: none of them ends a line but CR LF."""
    text = source(root, CELLS.path).replace("It is so.", "😀\u2028a\x85b").replace("\n", "\r\n")
    editor.open(CELLS.path, text)
    line, unit = where(text, "b\\n")
    editor.type(CELLS.path, (line, unit), (line, unit + 1), "\\neq")
    found = {one["code"]: one for one in editor.diagnostics(CELLS.path, 2)}
    changed = text.replace("b\\n", "\\neq\\n")
    assert shown(changed, found["QT601"]) == "\\neq"


def test_only_the_last_of_many_keystrokes_is_checked(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path)
    editor.open(CELLS.path)
    editor.diagnostics(CELLS.path, 1)
    for number in range(30):
        version = editor.change(CELLS.path, whole.replace("author: Quick", f"author: {number}"))
    editor.diagnostics(CELLS.path, version)
    told = [one["version"] for one in editor.heard("textDocument/publishDiagnostics")]
    assert not [one for one in told if one != version]


def test_an_article_that_is_no_yaml_while_typing_says_so_and_recovers(
    editor: Editor, root: Path
) -> None:
    whole = source(root, CELLS.path)
    editor.open(CELLS.path, whole.replace("author: QuickTakes", "author: [Quick"))
    [broken] = editor.diagnostics(CELLS.path, 1)
    assert (broken["code"], broken["severity"]) == ("QT103", 1)
    version = editor.change(CELLS.path, whole)
    assert codes(editor.diagnostics(CELLS.path, version)) == ["QT702"]


def test_findings_name_their_page_and_what_else_they_are_about(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path).replace("id: 13", f"id: {HEAT.id}", 1)
    editor.open(CELLS.path, whole)
    found = {one["code"]: one for one in editor.diagnostics(CELLS.path, 1)}["QT402"]
    page = path_of(found["codeDescription"]["href"])
    assert page.name == "qt402-id-shared.md"
    assert page.parent.parent.name == state(root).name
    assert page.read_text(encoding="utf-8").startswith("# QT402 id-shared\n")
    assert found["source"] == "qtauthor"
    [other] = found["relatedInformation"]
    assert other["location"]["uri"] == (root / HEAT.path).as_uri()


def test_a_link_listed_twice_is_shown_as_needless(editor: Editor, root: Path) -> None:
    block = f"related_article3:\n    id: {OSMOSIS.id}\n    title: {OSMOSIS.question}\n"
    block += f"    subject: Biology\n    url: {OSMOSIS.url}\n"
    text = source(root, CELLS.path).replace("\n---\n\n", f"\n{block}---\n\n")
    editor.open(CELLS.path, text)
    found = {one["code"]: one for one in editor.diagnostics(CELLS.path, 1)}
    assert found["QT506"]["tags"] == [1]


def test_another_buffer_changes_what_is_found_in_this_one(editor: Editor, root: Path) -> None:
    editor.open(CELLS.path)
    editor.diagnostics(CELLS.path)
    editor.open(OSMOSIS.path)
    new = source(root, OSMOSIS.path).replace("What is osmosis?", "What is Osmosis?")
    editor.change(OSMOSIS.path, new)
    assert "QT503" in codes(editor.diagnostics(CELLS.path))
    editor.close(OSMOSIS.path)
    assert "QT503" not in codes(editor.diagnostics(CELLS.path))


def test_a_file_that_someone_else_writes_changes_what_is_found(editor: Editor, root: Path) -> None:
    editor.open(CELLS.path)
    editor.diagnostics(CELLS.path)
    (root / HEAT.path).unlink()
    editor.changed_on_disk(HEAT.path)
    assert "QT501" in codes(editor.diagnostics(CELLS.path))


def test_a_configuration_that_changes_is_obeyed(editor: Editor, root: Path) -> None:
    editor.open(CELLS.path)
    assert codes(editor.diagnostics(CELLS.path)) == ["QT702"]
    (root / "qtauthor.toml").write_text('check.ignore = ["QT7"]\n')
    editor.changed_on_disk("qtauthor.toml")
    assert editor.diagnostics(CELLS.path) == []


def test_a_closed_article_has_no_findings_any_more(editor: Editor) -> None:
    editor.open(CELLS.path)
    assert editor.diagnostics(CELLS.path)
    editor.close(CELLS.path)
    assert editor.diagnostics(CELLS.path) == []


def test_files_that_are_no_articles_are_left_alone(editor: Editor, root: Path) -> None:
    (root / "README.md").write_text("# Not an article\n")
    editor.open("README.md")
    editor.open(CELLS.path)
    editor.diagnostics(CELLS.path)
    told = [one["uri"] for one in editor.heard("textDocument/publishDiagnostics")]
    assert (root / "README.md").as_uri() not in told


def test_a_byte_order_mark_that_the_editor_took_off_moves_nothing(
    editor: Editor, root: Path
) -> None:
    file = root / PUMPS.path
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"It is so.", b"a \\neq b"))
    text = file.read_bytes().decode("utf-8-sig")
    editor.open(PUMPS.path, text)
    found = {one["code"]: one for one in editor.diagnostics(PUMPS.path)}
    assert shown(text, found["QT601"]) == "\\neq"


def test_findings_name_a_page_that_was_set(root: Path, start: Callable[..., Editor]) -> None:
    editor = start(root)
    editor.begin(ABLE, {"diagnostics": {"page": "https://docs.example/checks/"}})
    editor.open(CELLS.path)
    [found] = editor.diagnostics(CELLS.path, 1)
    href = "https://docs.example/checks/#qt702-description-short"
    assert found["codeDescription"] == {"href": href}
    assert not (state(root) / "rules").exists()


def test_the_server_says_what_the_command_line_says(
    editor: Editor, root: Path, corpus: Path
) -> None:
    """Every file of a folder of the sample, with its natural defects."""
    from qtauthor.content.site import Site

    folder = min(os.scandir(corpus), key=lambda entry: entry.name)
    target = root / "content" / "learn" / folder.name
    target.mkdir(exist_ok=True)
    for file in sorted(Path(folder.path).iterdir())[:40]:
        (target / file.name).write_bytes(file.read_bytes())
    site = Site.at(root)
    checker = findings.checker(site)
    for file in sorted(target.iterdir())[:40]:
        path = file.relative_to(root).as_posix()
        editor.open(path)
        found = editor.diagnostics(path, 1)
        said = [(f.rule, f.message) for f in checker.check_file(path)]
        assert [(one["code"], one["message"]) for one in found] == said
