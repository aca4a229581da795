"""Completion, as an editor asks for it and applies it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qtauthor.content.site import Site
from tests.lsp.client import ABLE, Editor
from tests.lsp.conftest import CELLS, DIFFUSION, OSMOSIS, PUMPS
from tests.lsp.texts import applied, offset, where


def offered(editor: Editor, path: str, text: str) -> list[dict[str, Any]]:
    """What is offered at ``¦`` in a text, which the buffer then holds without it."""
    line, unit = where(text, "¦")
    if editor.root / path in editor.opened:
        editor.change(path, text.replace("¦", ""))
    else:
        editor.open(path, text.replace("¦", ""))
    found = editor.ask("textDocument/completion", editor.at(path, line, unit))
    items: list[dict[str, Any]] = found["items"] if found else []
    return sorted(items, key=lambda item: item["sortText"])


def chosen(text: str, item: dict[str, Any]) -> str:
    """The text after an item was taken over."""
    text = text.replace("¦", "")
    edit = dict(item["textEdit"])
    if item.get("insertTextFormat") == 2:
        start = offset(text, edit["range"]["start"])
        indent = text[text.rfind("\n", 0, start) + 1 : start]
        edit["newText"] = expanded(edit["newText"], indent, "\r\n" if "\r\n" in text else "\n")
    return applied(text, [edit, *item.get("additionalTextEdits", ())])


def expanded(snippet: str, indent: str, feed: str) -> str:
    """A snippet without stops as editors insert it in a line with this indentation."""
    assert not re.search(r"(?<!\\)(?:\\\\)*\$", snippet)
    assert not indent.strip()
    return re.sub(r"\\([\\$}])", r"\1", snippet).replace("\n", feed + indent)


def source(root: Path, path: str, end: str = "") -> str:
    """An article, with more at the end of its front matter."""
    text = (root / path).read_bytes().decode()
    return text.replace("\n---\n\n", f"\n{end}---\n\n")


BLOCK = f"""\
related_article3:
    id: {DIFFUSION.id}
    title: >-
        What is diffusion?
    subject: Biology
    url: {DIFFUSION.url}
"""


@pytest.mark.parametrize(
    "typed",
    [
        "related_article3: diffus¦\n",
        "related_article3:\n    diffus¦\n",
        "related_article3:\n    title: diffusion w¦\n",
        "related_article3:\n    title: >-\n        what diff¦\n",
        "related_article3:\n    id: 11¦\n",
        "related_article3:\n    url: /learn/biology/questions/what-is-diff¦\n",
        "related_article3:\n    id: 1\n    title: diffusoin¦\n    subject: Physics\n",
        "related_article3:\n    id: 1\n    diffusion¦\n    subject: Physics\n    url: /learn/x\n",
    ],
)
@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_words_in_a_related_block_become_the_whole_block(
    editor: Editor, root: Path, typed: str, feed: str
) -> None:
    """The article has an emoji above, and is no YAML while this is typed."""
    whole = source(root, CELLS.path, typed).replace("\n", feed)
    first = offered(editor, CELLS.path, whole)[0]
    assert first["label"] == DIFFUSION.question
    expected = source(root, CELLS.path, BLOCK)
    assert chosen(whole, first) == expected.replace("\n", feed)


def test_a_new_block_is_written_as_the_last_one_of_the_file(editor: Editor, root: Path) -> None:
    plain = source(root, PUMPS.path).replace(
        "title: >-\n        What is diff", "title: What is diff"
    )
    whole = plain.replace("\n---\n\n", "\nrelated_article3: cells¦\n---\n\n")
    first = offered(editor, PUMPS.path, whole)[0]
    found = chosen(whole, first)
    assert "    title: How do cells drink? 😀 A tale\n" in found
    values = Site.at(root).parse(found.encode()).get("/related_article3")
    assert values == CELLS.link()


def test_neither_itself_nor_what_is_listed_is_offered(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path, "related_article3: ¦\n")
    labels = [item["label"] for item in offered(editor, CELLS.path, whole)]
    assert labels
    assert CELLS.question not in labels
    assert OSMOSIS.question not in labels


def test_an_unsaved_title_is_found(editor: Editor, root: Path) -> None:
    new = source(root, OSMOSIS.path).replace("What is osmosis?", "Why do grapes swell?")
    editor.open(OSMOSIS.path, new)
    whole = source(root, DIFFUSION.path).replace(
        "\n---\n\n", "\nrelated_article1: grapes¦\n---\n\n"
    )
    assert [item["label"] for item in offered(editor, DIFFUSION.path, whole)] == [
        "Why do grapes swell?"
    ]


def test_missing_fields_come_with_what_they_would_hold(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path).replace(f"file_name: {CELLS.file}.md\n", "fi¦\n")
    items = {item["label"]: item for item in offered(editor, CELLS.path, whole)}
    assert {"file_name", "no_index", "score", "related_article3"} <= items.keys()
    assert not {"title", "related_article1", "related_article4"} & items.keys()
    assert chosen(whole, items["file_name"]) == source(root, CELLS.path)


def test_fields_of_seo_are_offered_inside_of_it(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path).replace("  title: QuickTakes | Biology\n", "  t¦\n")
    [item] = offered(editor, CELLS.path, whole)
    assert chosen(whole, item) == source(root, CELLS.path)


def test_a_field_that_is_folded_comes_in_the_style_of_the_template(
    editor: Editor, root: Path
) -> None:
    name = "article_title: >-\n    How do cells drink? 😀 A tale\n"
    whole = source(root, CELLS.path).replace(name, "¦\n")
    items = {item["label"]: item for item in offered(editor, CELLS.path, whole)}
    assert chosen(whole, items["article_title"]) == source(root, CELLS.path)


def test_subjects_are_offered_most_used_first(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path).replace("\nsubject: Biology", "\nsubject: ¦Biology")
    assert [item["label"] for item in offered(editor, CELLS.path, whole)] == ["Biology", "Physics"]
    whole = source(root, CELLS.path).replace("\nsubject: Biology", "\nsubject: phy¦")
    [item] = offered(editor, CELLS.path, whole)
    assert "\nsubject: Physics\n" in chosen(whole, item)


@pytest.mark.parametrize("at", ["    It is so.¦", "&nbsp;¦", "¦---\n_schema", "  page_key¦words"])
def test_nothing_is_offered_elsewhere(editor: Editor, root: Path, at: str) -> None:
    whole = source(root, CELLS.path).replace(at.replace("¦", ""), at, 1)
    assert offered(editor, CELLS.path, whole) == []


def test_signs_that_mean_something_in_a_snippet_come_out_as_they_are(
    editor: Editor, root: Path
) -> None:
    title = "What is $x in {y} and c:\\n?"
    new = source(root, OSMOSIS.path).replace("What is osmosis?", title)
    editor.open(OSMOSIS.path, new)
    whole = source(root, DIFFUSION.path, "related_article1: x in y¦\n")
    [item] = offered(editor, DIFFUSION.path, whole)
    found = Site.at(root).parse(chosen(whole, item).encode())
    assert found.get("/related_article1/title") == title


def test_an_editor_without_snippets_gets_plain_text(
    root: Path, start: Callable[..., Editor]
) -> None:
    editor = start(root)
    editor.begin({**ABLE, "textDocument": {}})
    whole = source(root, CELLS.path, "related_article3:\n    diffusion¦\n").replace("\n", "\r\n")
    first = offered(editor, CELLS.path, whole)[0]
    assert first["insertTextFormat"] == 1
    assert first["insertTextMode"] == 1
    assert chosen(whole, first) == source(root, CELLS.path, BLOCK).replace("\n", "\r\n")
    alone = source(root, DIFFUSION.path, "related_article1: osmosis¦\n").replace("\n", "\r\n")
    found = chosen(alone, offered(editor, DIFFUSION.path, alone)[0])
    assert found.count("\n") == found.count("\r\n") == alone.count("\n") + 5
