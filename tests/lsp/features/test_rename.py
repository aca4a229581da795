"""Rename: one edit, and the site on the disk is right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from qtauthor.content.site import Site
from tests.lsp.applying import path_of, save, tree
from tests.lsp.client import ABLE, HOME, Editor, FailedError
from tests.lsp.conftest import CELLS, DIFFUSION, HEAT, OSMOSIS, PUMPS
from tests.lsp.texts import offset, where
from tests.support.small_sites import Made
from tests.support.small_sites import text as text_of

NEW = "Why does water cross membranes: 😀?"


def source(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def rename(editor: Editor, path: str, part: str, name: str, encoding: str = "utf-16") -> Any:
    """The answer to a rename at a part of an open file."""
    whole = editor.opened[editor.root / path][0]
    place = where(whole, part, encoding)
    return editor.ask("textDocument/rename", editor.at(path, *place, newName=name))


def values(root: Path) -> dict[str, Any]:
    """What every article of a site says."""
    site = Site.at(root)
    return {path: site.article(path).document.get() for path in site.paths()}


@pytest.mark.parametrize("part", ["What is osmosis?", "question:", "title:", "article_title"])
@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_everything_follows_from_other_words(
    encoded: tuple[Editor, str], root: Path, part: str, feed: str
) -> None:
    """The article and one that links to it are open, with emoji, and one of them is unsaved."""
    editor, encoding = encoded
    (root / "qtauthor.toml").write_text('[redirects]\npath = "redirects.json"\n')
    for path in (OSMOSIS.path, PUMPS.path):
        (root / path).write_bytes(source(root, path).replace("\n", feed).encode())
    before = values(root)
    editor.changed_on_disk("qtauthor.toml")
    unsaved = source(root, CELLS.path).replace("It is so.", "😀 is so.").replace("\n", feed)
    editor.open(CELLS.path, unsaved.replace("id: 10\n", "id: 10 # 😀\n"))
    editor.open(OSMOSIS.path)
    save(editor, rename(editor, OSMOSIS.path, part, NEW, encoding), encoding)

    new = OSMOSIS._replace(question=NEW)
    names = dict.fromkeys(("title", "article_title", "question"), NEW)
    expected = deepcopy(before)
    expected[new.path] = {
        **expected.pop(OSMOSIS.path),
        **names,
        "file_name": f"{new.file}.md",
        "url": new.url,
    }
    expected[CELLS.path]["answer"] = "😀 is so.\\n\\nYes."
    for path in (CELLS.path, PUMPS.path):
        expected[path]["related_article1"] |= {"title": NEW, "url": new.url}
    assert values(root) == expected
    assert not (root / OSMOSIS.path).exists()
    redirects = json.loads(source(root, "redirects.json"))
    assert redirects == [{"from": OSMOSIS.url, "to": new.url, "status": 301}]
    text = source(root, new.path)
    assert text.replace("\r\n", "\n").count("\n") == text.count(feed)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("what-is-osmosis.md", "osmosis-basics"),
        ("file_name", "osmosis-basics.md"),
        ("/learn/biology", "/learn/biology/questions/osmosis-basics"),
        ("url:", "osmosis-basics"),
    ],
)
def test_another_slug_leaves_the_words(editor: Editor, root: Path, part: str, name: str) -> None:
    editor.open(OSMOSIS.path)
    save(editor, rename(editor, OSMOSIS.path, part, name))
    article = Site.at(root).article("content/learn/biology/osmosis-basics.md")
    assert article.question == OSMOSIS.question
    assert article.url == "/learn/biology/questions/osmosis-basics"
    assert article.get("file_name") == "osmosis-basics.md"
    for path in (CELLS.path, PUMPS.path):
        assert Site.at(root).article(path).related[0].url == article.url


@pytest.mark.parametrize("part", ["    title: What is osmosis?", "    url: /learn/biology"])
def test_at_a_link_its_article_is_renamed(editor: Editor, root: Path, part: str) -> None:
    editor.open(PUMPS.path)
    line, unit = where(source(root, PUMPS.path), part)
    name = NEW if "title" in part else "osmosis-basics"
    place = editor.at(PUMPS.path, line, unit + 12, newName=name)
    save(editor, editor.ask("textDocument/rename", place))
    assert not (root / OSMOSIS.path).exists()
    slug = OSMOSIS._replace(question=NEW).file if name == NEW else name
    article = Site.at(root).article(f"content/learn/biology/{slug}.md")
    assert Site.at(root).article(PUMPS.path).related[0].url == article.url


def prepared(editor: Editor, path: str, part: str) -> tuple[str, str] | None:
    """The part of the text that would be renamed, and what it is."""
    text = editor.opened[editor.root / path][0]
    line, unit = where(text, part)
    found = editor.ask("textDocument/prepareRename", editor.at(path, line, unit))
    if found is None:
        return None
    start, end = (offset(text, found["range"][side]) for side in ("start", "end"))
    return text[start:end], found["placeholder"]


def test_what_can_be_renamed(editor: Editor, root: Path) -> None:
    editor.open(CELLS.path)
    slug = CELLS.file
    assert prepared(editor, CELLS.path, "title:") == ("title", CELLS.question)
    assert prepared(editor, CELLS.path, "How do") == (CELLS.question, CELLS.question)
    assert prepared(editor, CELLS.path, f"{slug}.md") == (slug, slug)
    assert prepared(editor, CELLS.path, "/learn/biology/questions/how") == (slug, slug)
    assert prepared(editor, CELLS.path, "What is heat") == (HEAT.question, HEAT.question)
    for part in ("answer", "subject", "id:", "&nbsp;", "---\n\n", "Biology"):
        assert prepared(editor, CELLS.path, part) is None


def test_quotes_are_no_part_of_a_question(editor: Editor, root: Path) -> None:
    folded = f"title: >-\n    {DIFFUSION.question}"
    text = source(root, DIFFUSION.path).replace(folded, f"title: '{DIFFUSION.question}'", 1)
    editor.open(DIFFUSION.path, text)
    both = (DIFFUSION.question, DIFFUSION.question)
    assert prepared(editor, DIFFUSION.path, DIFFUSION.question) == both


def test_the_preview_tells_what_is_done(editor: Editor, root: Path) -> None:
    editor.open(OSMOSIS.path)
    found = rename(editor, OSMOSIS.path, "title:", NEW)
    [name] = found["changeAnnotations"]
    assert found["changeAnnotations"][name] == {
        "label": "Retitle",
        "description": "1 moved, 2 changed",
    }
    edits = [one for step in found["documentChanges"] for one in step.get("edits", [step])]
    assert {one["annotationId"] for one in edits} == {name}


def test_versions_are_those_of_the_buffers(editor: Editor, root: Path) -> None:
    editor.open(OSMOSIS.path)
    editor.open(CELLS.path)
    editor.type(CELLS.path, (2, 0), (2, 0), "")
    editor.type(CELLS.path, (2, 0), (2, 0), "")
    found = rename(editor, OSMOSIS.path, "title:", NEW)
    steps = [step["textDocument"] for step in found["documentChanges"] if "edits" in step]
    versions = {path_of(one["uri"]): one["version"] for one in steps}
    assert versions == {root / CELLS.path: 3, root / OSMOSIS.path: 1, root / PUMPS.path: None}


@pytest.mark.parametrize(
    ("part", "name", "words"),
    [
        ("title:", DIFFUSION.question, f"^{DIFFUSION.path}: this question is there already"),
        ("title:", "two\nlines", "one line"),
        ("title:", "   ", "one line"),
        ("title:", "¿?", "nothing is left"),
        ("url:", "/learn/physics/questions/x", "slug alone"),
        ("url:", "../x", "slug alone"),
        ("file_name:", "Big Words", "no slug"),
        ("answer:", "x", "no name"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    editor: Editor, root: Path, part: str, name: str, words: str
) -> None:
    editor.open(OSMOSIS.path)
    before = tree(root)
    with pytest.raises(FailedError, match=words):
        rename(editor, OSMOSIS.path, part, name)
    assert tree(root) == before


def test_a_refusal_names_the_file_and_says_where_options_are_given(
    editor: Editor, root: Path
) -> None:
    broken = source(root, PUMPS.path).replace("author: ", "author: a: ")
    (root / PUMPS.path).write_bytes(broken.encode())
    editor.changed_on_disk(PUMPS.path)
    editor.open(OSMOSIS.path)
    with pytest.raises(FailedError) as caught:
        rename(editor, OSMOSIS.path, "title:", NEW)
    said = str(caught.value)
    assert said.startswith(f"{PUMPS.path}: this file cannot be read")
    assert "--leave-unreadable (options are for qtauthor on the command line)" in said


def test_a_broken_article_is_refused_until_it_is_mended(editor: Editor, root: Path) -> None:
    text = source(root, OSMOSIS.path)
    editor.open(OSMOSIS.path, text.replace("author: ", "author: [", 1))
    with pytest.raises(FailedError, match=r".+; .+"):
        prepared(editor, OSMOSIS.path, "title:")
    with pytest.raises(FailedError, match=r".+; .+"):
        rename(editor, OSMOSIS.path, "title:", NEW)
    editor.change(OSMOSIS.path, text)
    assert rename(editor, OSMOSIS.path, "title:", NEW)["documentChanges"]


def test_a_broken_article_that_links_here_is_refused(editor: Editor, root: Path) -> None:
    editor.open(OSMOSIS.path)
    editor.open(PUMPS.path, source(root, PUMPS.path).replace("author: ", "author: [", 1))
    with pytest.raises(FailedError, match="cannot be read"):
        rename(editor, OSMOSIS.path, "title:", NEW)


def test_a_title_that_is_not_the_question_is_not_renamed(editor: Editor, root: Path) -> None:
    text = source(root, OSMOSIS.path).replace(OSMOSIS.question, "Osmosis", 1)
    editor.open(OSMOSIS.path, text)
    with pytest.raises(FailedError, match="title is not the question"):
        rename(editor, OSMOSIS.path, "title:", NEW)
    assert prepared(editor, OSMOSIS.path, "question:") == ("question", OSMOSIS.question)


def test_a_file_that_was_never_saved_is_refused(editor: Editor, root: Path) -> None:
    path = "content/learn/biology/what-is-new.md"
    text = source(root, DIFFUSION.path).replace("diffusion", "new")
    editor.open(path, text.replace("id: 11", "id: 99"))
    with pytest.raises(FailedError, match="save it"):
        rename(editor, path, "title:", NEW)


def test_byte_order_marks_stay_and_are_not_counted(encoded: tuple[Editor, str], root: Path) -> None:
    editor, encoding = encoded
    for path in (OSMOSIS.path, PUMPS.path, CELLS.path):
        (root / path).write_bytes(b"\xef\xbb\xbf" + (root / path).read_bytes())
    editor.open(OSMOSIS.path)
    editor.open(CELLS.path)
    save(editor, rename(editor, OSMOSIS.path, "What is osmosis?", NEW, encoding), encoding)
    new = OSMOSIS._replace(question=NEW)
    for path in (new.path, PUMPS.path, CELLS.path):
        assert (root / path).read_bytes().startswith(b"\xef\xbb\xbf---\n_schema")
        assert (root / path).read_bytes().count(b"\xef\xbb\xbf") == 1
    assert Site.at(root).article(new.path).question == NEW
    assert Site.at(root).article(PUMPS.path).related[0].title == NEW


def test_a_question_under_two_subjects_is_renamed_under_both(editor: Editor, root: Path) -> None:
    twin = OSMOSIS._replace(subject="Physics")
    (root / twin.path).write_text(text_of(twin))
    editor.changed_on_disk(twin.path)
    editor.open(OSMOSIS.path)
    save(editor, rename(editor, OSMOSIS.path, "title:", NEW))
    for one in (OSMOSIS, twin):
        assert not (root / one.path).exists()
        new = one._replace(question=NEW)
        assert Site.at(root).article(new.path).url == new.url


def test_the_same_words_change_nothing(editor: Editor, root: Path) -> None:
    editor.open(OSMOSIS.path)
    assert rename(editor, OSMOSIS.path, "title:", f" {OSMOSIS.question} ") == {}


# Past the editor, to the disk


def small(limit: int = 2, able: Any = ABLE) -> dict[str, Any]:
    return {"abilities": able, "options": {"edits": {"maxFiles": limit}}}


def unable(*missing: str) -> dict[str, Any]:
    able = deepcopy(ABLE)
    kinds = able["workspace"]["workspaceEdit"]["resourceOperations"]
    able["workspace"]["workspaceEdit"]["resourceOperations"] = [
        kind for kind in kinds if kind not in missing
    ]
    return able


@pytest.mark.parametrize("options", [small(), {"abilities": unable("rename")}, {"abilities": {}}])
def test_what_is_too_much_for_the_editor_is_written_and_can_be_undone(
    root: Path, start: Callable[..., Editor], options: dict[str, Any]
) -> None:
    before = tree(root)
    editor = start(root)
    editor.begin(**options)
    editor.open(OSMOSIS.path)
    editor.open(CELLS.path)
    assert rename(editor, OSMOSIS.path, "title:", NEW) == {}
    new = OSMOSIS._replace(question=NEW)
    assert Site.at(root).article(new.path).question == NEW
    assert not (root / OSMOSIS.path).exists()
    for path in (CELLS.path, PUMPS.path):
        assert Site.at(root).article(path).related[0].url == new.url
    editor.wait()
    assert any("qtauthor undo" in message for message in editor.messages)
    assert editor.end() == 0
    undo = [sys.executable, "-m", "qtauthor", "undo"]
    subprocess.run(undo, cwd=root, check=True, env={**os.environ, "PYTHONPATH": str(HOME)})
    assert tree(root) == before


@pytest.mark.parametrize("unsaved", [OSMOSIS, PUMPS], ids=["itself", "one that links"])
def test_it_is_refused_while_one_of_the_files_is_unsaved(
    root: Path, start: Callable[..., Editor], unsaved: Made
) -> None:
    editor = start(root)
    editor.begin(**small())
    editor.open(OSMOSIS.path)
    text = source(root, unsaved.path)
    if unsaved is OSMOSIS:
        editor.change(unsaved.path, text.replace("It is", "It was"))
    else:
        editor.open(unsaved.path, text.replace("It is", "It was"))
    before = tree(root)
    with pytest.raises(FailedError, match="open and unsaved"):
        rename(editor, OSMOSIS.path, "title:", NEW)
    assert tree(root) == before
    editor.change(unsaved.path, text)
    assert rename(editor, OSMOSIS.path, "title:", NEW) == {}


def test_what_is_unsaved_elsewhere_does_not_matter(
    root: Path, start: Callable[..., Editor]
) -> None:
    editor = start(root)
    editor.begin(**small())
    editor.open(OSMOSIS.path)
    editor.open(HEAT.path, source(root, HEAT.path).replace("It is", "It was"))
    assert rename(editor, OSMOSIS.path, "title:", NEW) == {}
    assert (root / OSMOSIS._replace(question=NEW).path).exists()
