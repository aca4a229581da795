"""Definition and document links: from a related block to its article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lsp.applying import path_of
from tests.lsp.client import Editor
from tests.lsp.conftest import CELLS, HEAT, OSMOSIS
from tests.lsp.texts import offset, where


def source(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def shown(text: str, place: dict[str, Any], encoding: str = "utf-16") -> str:
    """The part of a text that a range is."""
    start, end = (offset(text, place[side], encoding) for side in ("start", "end"))
    return text[start:end]


def definition(editor: Editor, path: str, text: str, part: str, encoding: str = "utf-16") -> Any:
    if editor.root / path in editor.opened:
        editor.change(path, text)
    else:
        editor.open(path, text)
    return editor.ask("textDocument/definition", editor.at(path, *where(text, part, encoding)))


@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_block_leads_to_the_title_of_its_article(
    encoded: tuple[Editor, str], root: Path, feed: str
) -> None:
    """The title stands behind an emoji there, in a buffer that is not saved."""
    editor, encoding = encoded
    folded = f"title: >-\n    {HEAT.question}"
    there = source(root, HEAT.path).replace(folded, f"title: '😀 {HEAT.question}'", 1)
    there = there.replace("\n", feed)
    editor.open(HEAT.path, there)
    text = source(root, CELLS.path).replace("    url: ", "    😀: 1\n    'url': ")
    text = text.replace("\n", feed)
    for part in ("related_article2", "/learn/physics", "id: 12", "What is heat", "Physics"):
        [found] = definition(editor, CELLS.path, text, part, encoding)
        assert path_of(found["uri"]) == root / HEAT.path
        assert shown(there, found["range"], encoding) == f"😀 {HEAT.question}"


def test_it_leads_on_while_the_text_is_no_yaml(editor: Editor, root: Path) -> None:
    text = source(root, CELLS.path).replace("author: ", "author: [ {", 1)
    [found] = definition(editor, CELLS.path, text, "/learn/physics")
    assert path_of(found["uri"]) == root / HEAT.path
    broken = source(root, HEAT.path).replace("author: ", "author: [ {", 1)
    editor.open(HEAT.path, broken)
    [found] = definition(editor, CELLS.path, text, "/learn/physics")
    assert path_of(found["uri"]) == root / HEAT.path
    assert found["range"]["start"] == {"line": 0, "character": 0}


def test_an_id_leads_to_all_who_have_it_and_first_to_whom_the_url_means(
    editor: Editor, root: Path
) -> None:
    twin = source(root, HEAT.path).replace("id: 12", "id: 10")
    editor.open(HEAT.path, twin)
    text = source(root, CELLS.path).replace("id: 12", "id: 10")
    line, unit = where(text, "    id: 10\n    title: >-\n        What is heat")
    editor.open(CELLS.path, text)
    found = editor.ask("textDocument/definition", editor.at(CELLS.path, line, unit + 8))
    assert [path_of(one["uri"]) for one in found] == [root / HEAT.path, root / OSMOSIS.path]


def test_a_dead_url_leads_nowhere(editor: Editor, root: Path) -> None:
    text = source(root, CELLS.path).replace(HEAT.url, "/learn/physics/questions/no")
    assert definition(editor, CELLS.path, text, "/learn/physics") == []
    assert definition(editor, CELLS.path, text, "date_format") is None


def links(editor: Editor, path: str) -> list[dict[str, Any]]:
    uri = {"uri": (editor.root / path).as_uri()}
    found: list[dict[str, Any]] = editor.ask("textDocument/documentLink", {"textDocument": uri})
    return found


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_urls_and_ids_of_related_blocks_are_links(
    editor: Editor, root: Path, feed: str, broken: bool
) -> None:
    text = source(root, CELLS.path).replace("id: 12", "id: 99")
    if broken:
        text = text.replace("author: ", "author: [ 😀", 1)
    text = text.replace("\n", feed)
    editor.open(CELLS.path, text)
    found = [
        (shown(text, one["range"]), path_of(one["target"])) for one in links(editor, CELLS.path)
    ]
    assert found == [
        ("10", root / OSMOSIS.path),
        (OSMOSIS.url, root / OSMOSIS.path),
        (HEAT.url, root / HEAT.path),
    ]


def test_a_link_dies_with_its_article(editor: Editor, root: Path) -> None:
    editor.open(CELLS.path)
    assert len(links(editor, CELLS.path)) == 4
    (root / HEAT.path).unlink()
    editor.diagnostics(CELLS.path, 1)
    editor.changed_on_disk(HEAT.path)
    editor.diagnostics(CELLS.path)  # requests go before the look at the disk
    assert len(links(editor, CELLS.path)) == 2
