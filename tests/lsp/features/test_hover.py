"""Hover: fields, links with their state, answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import Editor
from tests.lsp.conftest import CELLS, DIFFUSION, HEAT, OSMOSIS
from tests.lsp.texts import offset, where


def source(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def hover(editor: Editor, path: str, text: str, part: str, encoding: str = "utf-16") -> Any:
    """What is shown at a part of a text, which the buffer holds then."""
    if editor.root / path in editor.opened:
        editor.change(path, text)
    else:
        editor.open(path, text)
    return editor.ask("textDocument/hover", editor.at(path, *where(text, part, encoding)))


def told(found: Any) -> str:
    value: str = found["contents"]["value"]
    return value


@pytest.mark.parametrize(
    "part", ["related_article2", "id: 12", "12\n", "What is heat", "/learn/physics/", "Physics\n"]
)
def test_a_related_block_tells_of_its_article(editor: Editor, root: Path, part: str) -> None:
    text = source(root, CELLS.path)
    found = told(hover(editor, CELLS.path, text, part))
    for words in (f"**{HEAT.question}**", "Physics · 12", HEAT.url, "It is so.\n\nYes."):
        assert words in found
    assert "the link agrees" in found


@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_range_is_that_of_the_value_behind_emoji(
    encoded: tuple[Editor, str], root: Path, feed: str
) -> None:
    editor, encoding = encoded
    text = (
        source(root, CELLS.path)
        .replace("id: 12\n", "id: 12 # 😀\n")
        .replace("    title: What is heat: a", "    title: 😀 What is heat: a")
    )
    text = text.replace(f"url: {HEAT.url}", f"'url' : '{HEAT.url}' # 😀").replace("\n", feed)
    found = hover(editor, CELLS.path, text, "/learn/physics", encoding)
    start_at, end_at = (offset(text, found["range"][side], encoding) for side in ("start", "end"))
    assert text[start_at:end_at] == HEAT.url
    assert f"**{HEAT.question}**" in told(found)


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("id: 12", "id: 99", "id"),
        (HEAT.url, "/learn/physics/questions/no", "**Dead link:** the article was retitled"),
        ("id: 12", "id: 99\n    more: 1", "id"),
    ],
)
def test_the_state_of_a_link_is_what_check_says(
    editor: Editor, root: Path, old: str, new: str, state: str
) -> None:
    text = source(root, CELLS.path).replace(old, new)
    found = told(hover(editor, CELLS.path, text, "related_article2"))
    assert state in found
    assert "agrees" not in found


def test_a_link_tells_of_an_unsaved_article(editor: Editor, root: Path) -> None:
    editor.open(HEAT.path, source(root, HEAT.path).replace("It is so.", "It is *not* so."))
    found = hover(editor, CELLS.path, source(root, CELLS.path), "related_article2")
    assert "It is *not* so." in told(found)


def test_a_link_is_known_while_the_text_is_no_yaml(editor: Editor, root: Path) -> None:
    text = source(root, CELLS.path).replace("date_format:", "what is this\ndate_format: [", 1)
    found = told(hover(editor, CELLS.path, text, "/learn/physics"))
    assert HEAT.question in found
    assert "agrees" not in found
    dead = text.replace(HEAT.url, "/learn/physics/questions/no")
    assert "**Dead link:** no article" in told(hover(editor, CELLS.path, dead, "id: 12"))
    assert "as its title" in told(hover(editor, CELLS.path, text, "title:"))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("title:", "What the page shows as its title"),
        ("  page_keywords", "Keywords"),
        ("date_format", "How the page writes the date."),
        ("url: /learn/biology/questions/how", "no article links here"),
    ],
)
def test_a_field_tells_what_it_is(editor: Editor, root: Path, part: str, words: str) -> None:
    text = source(root, CELLS.path)
    line, unit = where(text, part)
    editor.open(CELLS.path, text)
    unit += len(part) - len(part.lstrip())
    assert words in told(editor.ask("textDocument/hover", editor.at(CELLS.path, line, unit)))


def test_an_own_url_tells_how_many_link_here(editor: Editor, root: Path) -> None:
    found = hover(editor, OSMOSIS.path, source(root, OSMOSIS.path), "/learn/biology")
    assert "2 articles link here" in told(found)


def test_an_answer_is_shown_as_the_markdown_that_it_is(editor: Editor, root: Path) -> None:
    text = source(root, CELLS.path).replace("It is so.", "# Why\\n\\n- 😀 **so**")
    assert told(hover(editor, CELLS.path, text, "Yes.")).endswith("# Why\n\n- 😀 **so**\n\nYes.")


def test_a_long_answer_of_another_article_is_cut_between_paragraphs(
    editor: Editor, root: Path
) -> None:
    long = "One two. " * 30 + "\\n\\n" + "Three four. " * 40
    editor.open(HEAT.path, source(root, HEAT.path).replace("It is so.", long))
    found = told(hover(editor, CELLS.path, source(root, CELLS.path), "related_article2"))
    assert "One two. …" in found
    assert "Three" not in found


def test_signs_in_titles_are_no_markdown(editor: Editor, root: Path) -> None:
    text = source(root, DIFFUSION.path).replace("What is diffusion?", "What is *_x_*?")
    editor.open(DIFFUSION.path, text)
    block = f"related_article1:\n    id: 11\n    url: {DIFFUSION.url}\n---\n\n"
    whole = source(root, OSMOSIS.path).replace("---\n\n", block)
    assert r"**What is \*\_x\_\*?**" in told(hover(editor, OSMOSIS.path, whole, "id: 11"))


def test_an_editor_that_reads_no_markdown_gets_none(
    root: Path, start: Callable[..., Editor]
) -> None:
    editor = start(root)
    editor.begin({"textDocument": {"hover": {"contentFormat": ["plaintext"]}}})
    found = hover(editor, CELLS.path, source(root, CELLS.path), "related_article2")
    assert found["contents"]["kind"] == "plaintext"
    assert "*" not in told(found)


@pytest.mark.parametrize("part", ["&nbsp;", "---\n_schema"])
def test_nothing_is_told_elsewhere(editor: Editor, root: Path, part: str) -> None:
    assert hover(editor, CELLS.path, source(root, CELLS.path), part) is None


def test_files_outside_of_the_articles_are_left_alone(editor: Editor, root: Path) -> None:
    (root / "README.md").write_text("---\ntitle: x\n---\n")
    assert hover(editor, "README.md", "---\ntitle: x\n---\n", "title") is None
