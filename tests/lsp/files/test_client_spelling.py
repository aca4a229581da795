"""An editor that came over a link is told of files as it calls them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import Editor
from tests.lsp.conftest import CELLS, DIFFUSION, OSMOSIS, PUMPS

Start = Callable[..., Editor]


@pytest.fixture
def way(root: Path) -> Path:
    """The site by a link."""
    found = root.parent / "way"
    found.symlink_to(root)
    return found


def place_of(text: str, words: str, line: int = 0) -> dict[str, int]:
    """Where words first stand, from a line on."""
    lines = text.split("\n")
    at = next(n for n, one in enumerate(lines) if n >= line and words in one)
    return {"line": at, "character": lines[at].index(words)}


def uris_in(answer: Any) -> set[str]:
    """All file URIs in an answer of the server."""
    found: set[str] = set()
    for value in answer.values() if isinstance(answer, dict) else answer:
        if isinstance(value, dict | list):
            found |= uris_in(value)
        elif isinstance(value, str) and value.startswith("file:"):
            found.add(value)
    if isinstance(answer, dict):
        found |= {key for key in answer if key.startswith("file:")}
    return found


def is_of(uri: str, params: dict[str, Any]) -> bool:
    return bool(params["uri"] == uri)


def asked(editor: Editor, uri: str, text: str) -> list[Any]:
    """What the server answers about an article with links, of each kind."""
    document = {"textDocument": {"uri": uri}}
    block = place_of(text, "url:", place_of(text, "related_article1")["line"])
    title = place_of(text, "question")
    here = {**document, "position": {**block, "character": block["character"] + 8}}
    return [
        editor.ask("textDocument/definition", here),
        editor.ask("textDocument/documentLink", document),
        editor.ask(
            "textDocument/references",
            {**document, "position": title, "context": {"includeDeclaration": True}},
        ),
        editor.ask("textDocument/codeLens", document),
        editor.ask(
            "textDocument/rename", {**document, "position": title, "newName": "Who drinks?"}
        ),
        editor.ask("workspace/symbol", {"query": "osmosis"}),
    ]


def test_all_that_is_told_is_below_the_root_that_the_editor_named(way: Path, start: Start) -> None:
    editor = start(way)
    editor.begin()
    editor.open(PUMPS.path)
    uri = editor.open(CELLS.path)
    answers = asked(editor, uri, (way / CELLS.path).read_text("utf-8"))
    found = uris_in([one for one in answers if one])
    assert (way / OSMOSIS.path).as_uri() in found
    assert uri in found
    assert {one for one in found if not one.startswith(way.as_uri() + "/")} == set()
    assert all(answers)


def test_a_document_that_was_opened_by_a_link_keeps_the_editor_there(
    root: Path, way: Path, start: Start
) -> None:
    """The workspace is spelled otherwise, and another file is open by its real name."""
    editor = start(root)
    editor.begin()
    text = (root / CELLS.path).read_text("utf-8")
    uri = (way / CELLS.path).as_uri()
    item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    editor.tell("textDocument/didOpen", {"textDocument": item})
    other = editor.open(OSMOSIS.path)
    answers = asked(editor, uri, text)
    assert uris_in(answers[0]) == {other}
    rename = uris_in(answers[4])
    assert {uri, f"{uri.rpartition('/')[0]}/who-drinks.md"} <= rename
    assert {one for one in rename if not one.startswith(way.as_uri())} <= {other}
    assert uris_in(answers[5]) == {other}


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_file_that_is_open_by_a_link_in_the_site_is_the_article_that_it_is(
    root: Path, start: Start, kind: str
) -> None:
    name = "content/learn/physics/linked.md"
    if kind == "folder":
        (root / "content/learn/life").symlink_to("biology")
        name = CELLS.path.replace("biology", "life")
    else:
        (root / name).symlink_to(root / CELLS.path)
    editor = start(root)
    editor.begin()
    text = (root / CELLS.path).read_text("utf-8").replace("id: 13", "id: 10")
    uri = editor.open(name, text)
    found = editor.diagnostics(name)
    codes = {one["code"] for one in found}
    assert {code for code in codes if code.startswith("QT4")}  # the id is that of another
    assert not {code for code in codes if code.startswith("QT3")}  # its names are right
    edit = editor.ask(
        "workspace/executeCommand", {"command": "qtauthor.relate", "arguments": [uri, "11"]}
    )
    assert edit is None
    assert uris_in(editor.applied[-1]) == {uri}
    editor.changed_on_disk(CELLS.path)
    editor.wait()
    assert editor.ask("workspace/symbol", {"query": "drink"})


def test_a_link_to_an_article_is_not_renamed_in_its_place(root: Path, start: Start) -> None:
    name = "content/learn/physics/linked.md"
    (root / name).symlink_to(root / CELLS.path)
    editor = start(root)
    editor.begin()
    text = (root / CELLS.path).read_text("utf-8")
    uri = editor.open(name)
    place = {"textDocument": {"uri": uri}, "position": place_of(text, "question")}
    with pytest.raises(Exception, match="open by a link"):
        editor.ask("textDocument/rename", {**place, "newName": "Who drinks?"})
    renamed = {"oldUri": uri, "newUri": uri.replace("linked", "other")}
    assert editor.ask("workspace/willRenameFiles", {"files": [renamed]}) is None
    assert editor.ask("workspace/willDeleteFiles", {"files": [{"uri": uri}]}) is None


def test_one_file_open_by_two_names_has_the_newer_text(root: Path, way: Path, start: Start) -> None:
    editor = start(root)
    editor.begin()
    text = (root / DIFFUSION.path).read_text("utf-8")
    editor.open(DIFFUSION.path)
    second = (way / DIFFUSION.path).as_uri()
    item = {"uri": second, "languageId": "markdown", "version": 1, "text": text}
    editor.tell("textDocument/didOpen", {"textDocument": item})
    editor.change(DIFFUSION.path, text.replace("id: 11", "id: 77"))
    found = editor.ask("workspace/symbol", {"query": "diffusion"})
    assert len(found) == 1
    for uri in (second, (root / DIFFUSION.path).as_uri()):
        editor.hear("textDocument/publishDiagnostics", partial(is_of, uri))


@pytest.mark.parametrize("part", ["file", "folder"])
def test_a_file_whose_letters_the_editor_composes_otherwise_is_the_same(
    root: Path, start: Start, part: str
) -> None:
    (root / "qtauthor.toml").write_text('slug.style = "unicode"\n')
    name, typed = (
        CELLS.path.replace("how-do", "hów-do"),
        CELLS.path.replace("how-do", "ho\u0301w-do"),
    )
    if part == "folder":
        name, typed = (CELLS.path.replace("biology", one) for one in ("biológy", "biolo\u0301gy"))
        (root / "content/learn/biology").rename((root / name).parent)
    else:
        (root / CELLS.path).rename(root / name)
    editor = start(root)
    editor.begin()
    text = (root / name).read_text("utf-8").replace("id: 13", "id: 10")
    uri = editor.open(typed, text)
    found = {one["code"] for one in editor.diagnostics(typed)}
    assert {code for code in found if code.startswith("QT4")}  # the id is that of another
    edit = editor.ask(
        "workspace/executeCommand", {"command": "qtauthor.relate", "arguments": [uri, "14"]}
    )
    assert edit is None
    assert uris_in(editor.applied[-1]) == {uri}
    assert len(editor.ask("workspace/symbol", {"query": "drink"})) == 1
