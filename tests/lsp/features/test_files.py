"""Files that get other names or go in the editor, and the commands for editors that do not tell."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from qtauthor.content.site import Site
from tests.lsp.applying import path_of, save, tree
from tests.lsp.client import Editor, FailedError
from tests.lsp.conftest import ALL, CELLS, DIFFUSION, HEAT, OSMOSIS, PUMPS
from tests.support.small_sites import make

BASICS = "content/learn/biology/osmosis-basics.md"
PHYSICAL = "content/learn/physics/what-is-osmosis.md"


def source(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def values(root: Path) -> dict[str, Any]:
    """What every article of a site says."""
    site = Site.at(root)
    return {path: site.article(path).document.get() for path in site.paths()}


def will_rename(editor: Editor, *pairs: tuple[str, str]) -> dict[str, Any] | None:
    found: dict[str, Any] | None = editor.ask("workspace/willRenameFiles", renames(editor, pairs))
    return found


def settle(editor: Editor) -> None:
    """Until the server has done what it was told; requests are done one after the other."""
    editor.ask("workspace/symbol", {"query": ""})


def renames(editor: Editor, pairs: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    root = editor.root
    return {
        "files": [
            {"oldUri": (root / old).as_uri(), "newUri": (root / new).as_uri()} for old, new in pairs
        ]
    }


def rename(editor: Editor, *pairs: tuple[str, str]) -> None:
    """What an editor does that asks before: the edits, then the names, then it tells."""
    save(editor, will_rename(editor, *pairs) or {})
    moved(editor, *pairs)
    editor.tell("workspace/didRenameFiles", renames(editor, pairs))
    settle(editor)


def moved(editor: Editor, *pairs: tuple[str, str]) -> None:
    """Give the files their names, all at once."""
    for old, _ in pairs:
        (editor.root / old).rename(editor.root / f"{old}.aside")
    for old, new in pairs:
        (editor.root / new).parent.mkdir(parents=True, exist_ok=True)
        (editor.root / f"{old}.aside").rename(editor.root / new)


def expected(root: Path, old: str, new: str) -> dict[str, Any]:
    """The site after one article got another file name, and all that follows from it."""
    found = deepcopy(values(root))
    folder, slug = new.split("/")[-2], new.rpartition("/")[2].removesuffix(".md")
    url = f"/learn/{folder}/questions/{slug}"
    article = found.pop(old)
    before = article["url"]
    members = {"url": url}
    found[new] = {**article, "url": url, "file_name": f"{slug}.md"}
    if folder != old.split("/")[-2]:
        members["subject"] = folder.capitalize()
        found[new]["subject"] = members["subject"]
        found[new]["seo"]["title"] = f"QuickTakes | {members['subject']}"
    for one in found.values():
        for number in range(1, 6):
            if (block := one.get(f"related_article{number}", {})).get("url") == before:
                block.update(members)
    return found


OTHERS = [BASICS, PHYSICAL, "content/learn/physics/osmosis-basics.md"]


@pytest.mark.parametrize("new", OTHERS)
def test_a_file_gets_another_name_and_everything_follows(
    encoded: tuple[Editor, str], root: Path, new: str
) -> None:
    """One file that links to it is open, with CRLF, emoji, and something unsaved."""
    editor, encoding = encoded
    text = source(root, CELLS.path).replace("id: 10\n", "id: 10 # 😀\n").replace("\n", "\r\n")
    (root / CELLS.path).write_bytes(text.encode())
    wanted = expected(root, OSMOSIS.path, new)
    wanted[CELLS.path]["answer"] = "😀 is so.\\n\\nYes."
    editor.open(CELLS.path, text.replace("It is so.", "😀 is so."))
    edit = will_rename(editor, (OSMOSIS.path, new))
    assert edit
    save(editor, edit, encoding)
    moved(editor, (OSMOSIS.path, new))
    editor.tell("workspace/didRenameFiles", renames(editor, ((OSMOSIS.path, new),)))
    settle(editor)
    assert values(root) == wanted


def test_a_name_is_followed_in_the_list_of_redirects(editor: Editor, root: Path) -> None:
    (root / "qtauthor.toml").write_text('[redirects]\npath = "r.json"\n')
    editor.changed_on_disk("qtauthor.toml")
    editor.open(HEAT.path)
    rename(editor, (OSMOSIS.path, BASICS))
    url = "/learn/biology/questions/osmosis-basics"
    assert json.loads(source(root, "r.json")) == [{"from": OSMOSIS.url, "to": url, "status": 301}]


def test_two_files_change_places(editor: Editor, root: Path) -> None:
    editor.open(HEAT.path)
    rename(editor, (OSMOSIS.path, DIFFUSION.path), (DIFFUSION.path, OSMOSIS.path))
    site = Site.at(root)
    assert site.article(DIFFUSION.path).question == OSMOSIS.question
    assert site.article(DIFFUSION.path).url == DIFFUSION.url
    assert [(one.id, one.url) for one in site.article(PUMPS.path).related] == [
        (OSMOSIS.id, DIFFUSION.url),
        (DIFFUSION.id, OSMOSIS.url),
    ]


def test_a_folder_gets_the_name_of_another_subject(editor: Editor, root: Path) -> None:
    (root / "qtauthor.toml").write_text('[subjects]\n"Life Science" = ["Biology of Life"]\n')
    editor.changed_on_disk("qtauthor.toml")
    editor.open(HEAT.path)
    old, new = "content/learn/biology", "content/learn/life-science"
    save(editor, will_rename(editor, (old, new)) or {})
    (root / old).rename(root / new)
    editor.tell("workspace/didRenameFiles", renames(editor, ((old, new),)))
    settle(editor)
    site = Site.at(root)
    for path in site.paths():
        article = site.article(path)
        assert article.url.split("/")[2] == path.split("/")[-2]
        for link in article.related:
            assert site.index.at_address(link.url) is not None


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("content/learn/unheard-of/what-is-osmosis.md", "nobody knows"),
        ("content/learn/biology/What is it.md", "is no slug"),
        (DIFFUSION.path, "already"),
    ],
)
def test_a_name_that_cannot_be_followed_is_refused_in_words(
    editor: Editor, root: Path, new: str, words: str
) -> None:
    editor.open(HEAT.path)
    with pytest.raises(FailedError, match=words):
        will_rename(editor, (OSMOSIS.path, new))


def test_leaving_the_articles_is_told_with_the_links_that_die(editor: Editor, root: Path) -> None:
    editor.open(HEAT.path)
    assert will_rename(editor, (OSMOSIS.path, "drafts/osmosis.md")) is None
    settle(editor)
    assert any("2 links lead to it" in message for message in editor.messages)


def test_what_is_no_article_is_left_alone(editor: Editor, root: Path) -> None:
    editor.open(HEAT.path)
    assert will_rename(editor, ("README.md", "READ.md"), ("docs", "doc")) is None


def test_after_a_rename_by_the_server_nothing_is_left_to_do(editor: Editor, root: Path) -> None:
    """Editors ask before each new name, also before one that is part of an edit of ours."""
    editor.open(OSMOSIS.path)
    editor.open(CELLS.path)
    place = editor.at(OSMOSIS.path, 4, 0, newName="Why so?")
    edit = editor.ask("textDocument/rename", place)
    rename_step = edit["documentChanges"].pop()
    new = path_of(rename_step["newUri"]).relative_to(root).as_posix()
    save(editor, edit)
    assert will_rename(editor, (OSMOSIS.path, new)) is None
    moved(editor, (OSMOSIS.path, new))
    before = tree(root)
    editor.tell("workspace/didRenameFiles", renames(editor, ((OSMOSIS.path, new),)))
    settle(editor)
    assert tree(root) == before
    assert not [one for one in editor.messages if "undo" in one]


def test_nothing_is_worked_out_from_a_disk_that_the_buffers_are_ahead_of(
    editor: Editor, root: Path
) -> None:
    """The edits that were asked for stand in buffers, and not all of these are told of yet."""
    editor.open(HEAT.path)
    assert will_rename(editor, (OSMOSIS.path, BASICS))
    moved(editor, (OSMOSIS.path, BASICS))
    before = tree(root)
    editor.tell("workspace/didRenameFiles", renames(editor, ((OSMOSIS.path, BASICS),)))
    settle(editor)
    assert tree(root) == before
    assert editor.ask("workspace/willDeleteFiles", deletion(editor, DIFFUSION.path))
    (root / DIFFUSION.path).unlink()
    before = tree(root)
    editor.tell("workspace/didDeleteFiles", deletion(editor, DIFFUSION.path))
    settle(editor)
    assert tree(root) == before
    assert not [one for one in editor.messages if "undo" in one]


@pytest.mark.parametrize("new", OTHERS)
def test_an_editor_that_only_tells_afterwards_is_served(
    editor: Editor, root: Path, new: str
) -> None:
    wanted = expected(root, OSMOSIS.path, new)
    editor.open(HEAT.path)
    moved(editor, (OSMOSIS.path, new))
    editor.tell("workspace/didRenameFiles", renames(editor, ((OSMOSIS.path, new),)))
    settle(editor)
    assert values(root) == wanted
    editor.tell("workspace/didRenameFiles", renames(editor, ((OSMOSIS.path, new),)))
    settle(editor)
    assert values(root) == wanted


def test_afterwards_nothing_is_written_over_what_is_unsaved(editor: Editor, root: Path) -> None:
    editor.open(PUMPS.path, source(root, PUMPS.path).replace("It is", "It was"))
    moved(editor, (OSMOSIS.path, BASICS))
    before = tree(root)
    editor.tell("workspace/didRenameFiles", renames(editor, ((OSMOSIS.path, BASICS),)))
    settle(editor)
    assert tree(root) == before
    assert any("open and unsaved" in message for message in editor.messages)


def test_above_the_limit_the_disk_is_written_before_the_name_changes(
    root: Path, start: Callable[..., Editor]
) -> None:
    wanted = expected(root, OSMOSIS.path, BASICS)
    editor = start(root)
    editor.begin(options={"edits": {"maxFiles": 1}})
    editor.open(HEAT.path)
    assert will_rename(editor, (OSMOSIS.path, BASICS)) is None
    moved(editor, (OSMOSIS.path, BASICS))
    editor.tell("workspace/didRenameFiles", renames(editor, ((OSMOSIS.path, BASICS),)))
    settle(editor)
    assert values(root) == wanted


# Deleting


def deletion(editor: Editor, *paths: str) -> dict[str, Any]:
    return {"files": [{"uri": (editor.root / path).as_uri()} for path in paths]}


def links(root: Path, path: str) -> list[tuple[str, int]]:
    found = Site.at(root).article(path).document.get()
    return [(key, one["id"]) for key, one in found.items() if key.startswith("related")]


def test_links_to_a_file_that_goes_are_taken_out(encoded: tuple[Editor, str], root: Path) -> None:
    editor, encoding = encoded
    text = source(root, CELLS.path).replace("id: 10\n", "id: 10 # 😀\n").replace("\n", "\r\n")
    editor.open(CELLS.path, text)
    edit = editor.ask("workspace/willDeleteFiles", deletion(editor, OSMOSIS.path))
    save(editor, edit, encoding)
    (root / OSMOSIS.path).unlink()
    editor.tell("workspace/didDeleteFiles", deletion(editor, OSMOSIS.path))
    settle(editor)
    assert links(root, CELLS.path) == [("related_article1", HEAT.id)]
    assert links(root, PUMPS.path) == [("related_article1", DIFFUSION.id)]


def test_several_go_together_also_with_one_that_links_to_the_other(
    editor: Editor, root: Path
) -> None:
    editor.open(HEAT.path)
    going = (OSMOSIS.path, DIFFUSION.path, CELLS.path)
    edit = editor.ask("workspace/willDeleteFiles", deletion(editor, *going))
    touched = {path_of(step["textDocument"]["uri"]) for step in edit["documentChanges"]}
    assert touched == {root / PUMPS.path}
    save(editor, edit)
    assert links(root, PUMPS.path) == []


def test_a_folder_goes_with_all_its_articles(editor: Editor, root: Path) -> None:
    editor.open(PUMPS.path)
    edit = editor.ask("workspace/willDeleteFiles", deletion(editor, "content/learn/biology"))
    save(editor, edit)
    assert links(root, PUMPS.path) == []


def test_links_are_taken_out_afterwards_for_an_editor_that_only_tells(
    editor: Editor, root: Path
) -> None:
    editor.open(HEAT.path)
    (root / OSMOSIS.path).unlink()
    editor.tell("workspace/didDeleteFiles", deletion(editor, OSMOSIS.path))
    settle(editor)
    assert links(root, CELLS.path) == [("related_article1", HEAT.id)]
    assert links(root, PUMPS.path) == [("related_article1", DIFFUSION.id)]


# By command


def run(editor: Editor, command: str, *arguments: object) -> None:
    """Run a command, and save what the server asks the editor to apply."""
    done = len(editor.applied)
    editor.ask("workspace/executeCommand", {"command": command, "arguments": list(arguments)})
    for edit in editor.applied[done:]:
        save(editor, edit)


def test_retitle_by_command(editor: Editor, root: Path) -> None:
    uri = editor.open(OSMOSIS.path)
    run(editor, "qtauthor.retitle", uri, "Why so?", "so")
    article = Site.at(root).article("content/learn/biology/so.md")
    assert article.question == "Why so?"
    assert Site.at(root).article(PUMPS.path).related[0].url == article.url


@pytest.mark.parametrize("before", [True, False], ids=["before", "afterwards"])
@pytest.mark.parametrize("new", OTHERS)
def test_rename_of_a_file_by_command(editor: Editor, root: Path, new: str, *, before: bool) -> None:
    wanted = expected(root, OSMOSIS.path, new)
    editor.open(HEAT.path)
    if not before:
        moved(editor, (OSMOSIS.path, new))
    uris = [(root / path).as_uri() for path in (OSMOSIS.path, new)]
    run(editor, "qtauthor.renameFile", *uris)
    assert values(root) == wanted


def test_removal_by_command(editor: Editor, root: Path) -> None:
    uri = editor.open(OSMOSIS.path)
    editor.close(OSMOSIS.path)
    run(editor, "qtauthor.removeFile", uri, DIFFUSION.url)
    assert not (root / OSMOSIS.path).exists()
    assert [number for _, number in links(root, CELLS.path)] == [DIFFUSION.id, HEAT.id]
    (root / DIFFUSION.path).unlink()
    editor.changed_on_disk(DIFFUSION.path)
    run(editor, "qtauthor.removeFile", (root / DIFFUSION.path).as_uri())
    assert [number for _, number in links(root, CELLS.path)] == [HEAT.id]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("qtauthor.retitle", []),
        ("qtauthor.retitle", ["file:///nowhere.md", "x"]),
        ("qtauthor.renameFile", ["file:///nowhere.md"]),
        ("qtauthor.renameFile", [None, 3]),
        ("qtauthor.removeFile", [{}]),
    ],
)
def test_other_arguments_are_refused(editor: Editor, command: str, arguments: list[object]) -> None:
    with pytest.raises(FailedError):
        editor.ask("workspace/executeCommand", {"command": command, "arguments": arguments})


def test_a_site_stays_whole_whatever_is_renamed_and_deleted(
    root: Path, start: Callable[..., Editor]
) -> None:
    """An editor without any file operation: everything by command, everything by the disk."""
    shutil.rmtree(root)
    make(root, ALL)
    editor = start(root)
    editor.begin({})
    for command, *arguments in (
        ("qtauthor.retitle", OSMOSIS.path, "Why: so?"),
        ("qtauthor.renameFile", HEAT.path, "content/learn/biology/heat.md"),
        ("qtauthor.removeFile", DIFFUSION.path),
        ("qtauthor.move", PUMPS.path, "Biology"),
    ):
        given = [(root / one).as_uri() if one.startswith("content") else one for one in arguments]
        run(editor, command, *given)
    assert editor.applied == []
    site = Site.at(root)
    for path in site.paths():
        assert site.article(path).get("file_name") == path.rpartition("/")[2]
        for link in site.article(path).related:
            found = site.index.at_address(link.url)
            assert found is not None
            assert (found.id, found.title, found.subject) == (link.id, link.title, link.subject)
