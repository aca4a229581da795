"""References and the code lens: who links here."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.applying import path_of
from tests.lsp.client import Editor, FailedError
from tests.lsp.conftest import CELLS, DIFFUSION, HEAT, OSMOSIS, PUMPS
from tests.lsp.texts import offset, where


def source(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def references(
    editor: Editor, path: str, part: str, *, own: bool = False, encoding: str = "utf-16"
) -> list[tuple[str, str]]:
    """The paths and texts of what is found at a part of an open file."""
    text = editor.opened[editor.root / path][0]
    place = editor.at(path, *where(text, part, encoding), context={"includeDeclaration": own})
    return [shown(editor, one, encoding) for one in editor.ask("textDocument/references", place)]


def shown(editor: Editor, found: dict[str, Any], encoding: str = "utf-16") -> tuple[str, str]:
    file = path_of(found["uri"])
    text = editor.opened[file][0] if file in editor.opened else file.read_bytes().decode()
    start, end = (offset(text, found["range"][side], encoding) for side in ("start", "end"))
    return file.relative_to(editor.root).as_posix(), text[start:end]


@pytest.mark.parametrize("part", ["title:", "url:", "answer", "&nbsp;", "It is"])
def test_those_who_link_here_are_found_from_anywhere(editor: Editor, root: Path, part: str) -> None:
    editor.open(OSMOSIS.path)
    found = [(CELLS.path, OSMOSIS.url), (PUMPS.path, OSMOSIS.url)]
    assert references(editor, OSMOSIS.path, part) == found
    own = (OSMOSIS.path, OSMOSIS.question)
    assert references(editor, OSMOSIS.path, part, own=True) == [own, *found]


def test_from_a_link_those_of_its_article_are_found(editor: Editor, root: Path) -> None:
    editor.open(CELLS.path)
    found = [(CELLS.path, OSMOSIS.url), (PUMPS.path, OSMOSIS.url)]
    assert references(editor, CELLS.path, OSMOSIS.url) == found
    assert references(editor, CELLS.path, "question") == []


@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_links_in_unsaved_buffers_count_with_their_places(
    encoded: tuple[Editor, str], root: Path, feed: str
) -> None:
    editor, encoding = encoded
    editor.open(DIFFUSION.path)
    link = f"related_article1: {{title: 😀😀, url: {DIFFUSION.url}}}\n---\n\n"
    editor.open(HEAT.path, source(root, HEAT.path).replace("---\n\n", link).replace("\n", feed))
    editor.open(PUMPS.path, source(root, PUMPS.path).replace(DIFFUSION.url, "/elsewhere"))
    assert references(editor, DIFFUSION.path, "title", encoding=encoding) == [
        (HEAT.path, DIFFUSION.url)
    ]


def test_they_are_found_while_the_article_is_no_yaml(editor: Editor, root: Path) -> None:
    editor.open(OSMOSIS.path, source(root, OSMOSIS.path).replace("author: ", "author: [", 1))
    assert len(references(editor, OSMOSIS.path, "title:")) == 2


def lens(editor: Editor, path: str) -> dict[str, Any]:
    uri = {"uri": (editor.root / path).as_uri()}
    [found] = editor.ask("textDocument/codeLens", {"textDocument": uri})
    result: dict[str, Any] = found
    return result


def test_the_lens_counts_articles_and_its_command_lists_them(editor: Editor, root: Path) -> None:
    editor.open(OSMOSIS.path)
    command = lens(editor, OSMOSIS.path)["command"]
    assert command["title"] == "2 articles link here"
    found = editor.ask(
        "workspace/executeCommand",
        {"command": command["command"], "arguments": command["arguments"]},
    )
    assert [shown(editor, one)[0] for one in found] == [CELLS.path, PUMPS.path]
    editor.wait()
    assert editor.messages == [f"2 articles link here\n{CELLS.question}\n{PUMPS.question}"]
    editor.messages.clear()
    quiet = {**command, "arguments": [*command["arguments"], True]}
    quiet.pop("title")
    assert editor.ask("workspace/executeCommand", quiet) == found
    editor.wait()
    assert editor.messages == []


def test_the_lens_stands_at_the_title_and_counts_what_is_unsaved(
    editor: Editor, root: Path
) -> None:
    editor.open(OSMOSIS.path)
    editor.open(PUMPS.path, source(root, PUMPS.path).replace(OSMOSIS.url, "/elsewhere"))
    found = lens(editor, OSMOSIS.path)
    assert found["command"]["title"] == "1 article links here"
    text = source(root, OSMOSIS.path)
    assert found["range"]["start"]["line"] == where(text, OSMOSIS.question)[0]
    editor.change(PUMPS.path, source(root, PUMPS.path))
    assert lens(editor, OSMOSIS.path)["command"]["title"] == "2 articles link here"


def test_the_command_refuses_what_is_no_article(editor: Editor, root: Path) -> None:
    for arguments in ([], ["file:///nowhere/x.md"], [7]):
        with pytest.raises(FailedError):
            editor.ask(
                "workspace/executeCommand",
                {"command": "qtauthor.showReferences", "arguments": arguments},
            )


def test_lenses_are_asked_for_anew_when_another_article_changes(editor: Editor, root: Path) -> None:
    editor.open(OSMOSIS.path)
    editor.diagnostics(OSMOSIS.path)
    editor.notes.clear()
    editor.open(PUMPS.path, source(root, PUMPS.path).replace(OSMOSIS.url, "/elsewhere"))
    editor.diagnostics(PUMPS.path)
    for _ in range(100):
        editor.wait()
        if any(note["method"] == "workspace/codeLens/refresh" for note in editor.notes):
            return
        time.sleep(0.05)
    raise AssertionError("no refresh")


@pytest.mark.parametrize("behind", ["#part", "/", "?from=mail"])
def test_they_are_found_however_their_urls_are_spelled(
    editor: Editor, root: Path, behind: str
) -> None:
    spelled = f"{OSMOSIS.url}{behind}"
    editor.open(PUMPS.path, source(root, PUMPS.path).replace(OSMOSIS.url, spelled))
    editor.open(OSMOSIS.path)
    found = [(CELLS.path, OSMOSIS.url), (PUMPS.path, spelled)]
    assert references(editor, OSMOSIS.path, "title:") == found
    assert references(editor, PUMPS.path, spelled) == found
    place = editor.at(PUMPS.path, *where(editor.opened[root / PUMPS.path][0], spelled))
    [there] = editor.ask("textDocument/definition", place)
    assert path_of(there["uri"]) == root / OSMOSIS.path
