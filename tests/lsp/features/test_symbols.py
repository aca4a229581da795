"""Symbols of an article and of the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.applying import path_of
from tests.lsp.client import Editor
from tests.lsp.conftest import CELLS, DIFFUSION, HEAT, OSMOSIS
from tests.lsp.texts import offset


def source(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def outline(editor: Editor, path: str) -> list[dict[str, Any]]:
    uri = {"uri": (editor.root / path).as_uri()}
    found: list[dict[str, Any]] = editor.ask("textDocument/documentSymbol", {"textDocument": uri})
    return found


def titles(editor: Editor, query: str) -> list[str]:
    return [one["name"] for one in editor.ask("workspace/symbol", {"query": query})]


@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_fields_and_what_is_inside_of_them(
    encoded: tuple[Editor, str], root: Path, feed: str
) -> None:
    editor, encoding = encoded
    text = source(root, CELLS.path).replace("\n", feed)
    editor.open(CELLS.path, text)
    found = {one["name"]: one for one in outline(editor, CELLS.path)}
    assert [one["name"] for one in found["seo"]["children"]] == [
        "title",
        "page_description",
        "page_keywords",
    ]
    assert found["title"]["detail"] == CELLS.question
    assert found["related_article2"]["detail"] == HEAT.question
    whole = found["question"]["range"]
    start_at, end_at = (offset(text, whole[side], encoding) for side in ("start", "end"))
    assert text[start_at:end_at] == f"question: >-{feed}    {CELLS.question}"
    for one in [*found.values(), *found["seo"]["children"]]:
        key = one["selectionRange"]
        start_at, end_at = (offset(text, key[side], encoding) for side in ("start", "end"))
        assert text[start_at:end_at] == one["name"]


def test_outer_fields_are_told_while_the_text_is_no_yaml(editor: Editor, root: Path) -> None:
    editor.open(CELLS.path, source(root, CELLS.path).replace("author: ", "author: [ 😀", 1))
    names = [one["name"] for one in outline(editor, CELLS.path)]
    assert {"title", "seo", "author", "answer", "related_article2"} <= set(names)
    assert names.count("title") == 1


def test_an_editor_without_trees_gets_a_list(root: Path, start: Callable[..., Editor]) -> None:
    editor = start(root)
    editor.begin({})
    editor.open(CELLS.path)
    assert {"location", "name", "kind"} <= outline(editor, CELLS.path)[0].keys()


def test_articles_are_found_by_words_of_their_titles(editor: Editor, root: Path) -> None:
    editor.open(CELLS.path)
    assert titles(editor, "osmosis") == [OSMOSIS.question]
    assert titles(editor, "energy heat") == [HEAT.question]
    assert set(titles(editor, "what is")) == {OSMOSIS.question, DIFFUSION.question, HEAT.question}
    assert len(titles(editor, "")) == 5
    [found] = editor.ask("workspace/symbol", {"query": "osmosis"})
    assert path_of(found["location"]["uri"]) == root / OSMOSIS.path
    assert found["containerName"] == "Biology"


def test_titles_are_those_of_buffers_and_of_the_disk_as_it_is(editor: Editor, root: Path) -> None:
    new = source(root, OSMOSIS.path).replace(OSMOSIS.question, "Why do 😀 swell?")
    editor.open(HEAT.path)
    editor.open(OSMOSIS.path, new)
    assert titles(editor, "swell") == ["Why do 😀 swell?"]
    assert OSMOSIS.question not in titles(editor, "osmosis")
    editor.close(OSMOSIS.path)
    assert titles(editor, "osmosis") == [OSMOSIS.question]
    (root / OSMOSIS.path).write_text(new)
    editor.changed_on_disk(OSMOSIS.path)
    editor.wait()
    assert titles(editor, "swell") == ["Why do 😀 swell?"]
