"""What goes to the disk does not go over changes that no commit has, unless their file is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import process, tree
from tests.lsp.client import Editor, FailedError
from tests.lsp.conftest import DIFFUSION, HEAT, OSMOSIS, PUMPS
from tests.support.repositories import commit_all, init

BASICS = "content/learn/biology/osmosis-basics.md"


@pytest.fixture
def checkout(root: Path) -> Path:
    """The small site, committed, with hand edits in one of the articles that link to `OSMOSIS`."""
    init(root)
    commit_all(root)
    edit_by_hand(root, PUMPS.path)
    return root


def edit_by_hand(root: Path, path: str) -> None:
    file = root / path
    file.write_bytes(file.read_bytes().replace(b"It is so.", b"Mine is so."))


@pytest.fixture
def editor(checkout: Path, start: Callable[..., Editor]) -> Editor:
    """An editor that applies nothing itself, so that everything goes to the disk."""
    editor = start(checkout)
    editor.begin({})
    editor.open(HEAT.path)
    return editor


def run(editor: Editor, command: str, *arguments: object) -> None:
    editor.ask("workspace/executeCommand", {"command": command, "arguments": list(arguments)})


def uri(editor: Editor, path: str) -> str:
    return (editor.root / path).as_uri()


def renames(editor: Editor) -> dict[str, Any]:
    return {"files": [{"oldUri": uri(editor, OSMOSIS.path), "newUri": uri(editor, BASICS)}]}


COMMANDS: tuple[tuple[str, str, tuple[object, ...]], ...] = (
    ("qtauthor.retitle", OSMOSIS.path, ("Why so?",)),
    ("qtauthor.move", OSMOSIS.path, ("Physics",)),
    ("qtauthor.removeFile", OSMOSIS.path, ()),
    ("qtauthor.unrelate", PUMPS.path, (1,)),
    ("qtauthor.relate", PUMPS.path, (HEAT.id,)),
    ("qtauthor.insertField", PUMPS.path, ("/score",)),
)


@pytest.mark.parametrize(("command", "path", "more"), COMMANDS, ids=[c[0] for c in COMMANDS])
def test_a_command_refuses_what_the_command_line_refuses(
    editor: Editor, command: str, path: str, more: tuple[object, ...]
) -> None:
    before = tree(editor.root / "content")
    with pytest.raises(FailedError, match="not committed"):
        run(editor, command, uri(editor, path), *more)
    assert tree(editor.root / "content") == before
    editor.open(PUMPS.path)
    run(editor, command, uri(editor, path), *more)
    assert tree(editor.root / "content") != before
    assert process("undo", cwd=editor.root).code == 0
    assert tree(editor.root / "content") == before


def test_a_renamed_file_is_the_users_own_and_another_one_is_not(editor: Editor) -> None:
    (editor.root / OSMOSIS.path).rename(editor.root / BASICS)
    before = tree(editor.root / "content")
    with pytest.raises(FailedError, match="not committed"):
        run(editor, "qtauthor.renameFile", uri(editor, OSMOSIS.path), uri(editor, BASICS))
    editor.tell("workspace/didRenameFiles", renames(editor))
    editor.ask("workspace/symbol", {"query": ""})
    assert tree(editor.root / "content") == before
    assert any("not committed" in message for message in editor.messages)
    commit_all_but_the_renamed(editor.root)
    editor.tell("workspace/didRenameFiles", renames(editor))
    editor.ask("workspace/symbol", {"query": ""})
    assert b"osmosis-basics" in (editor.root / PUMPS.path).read_bytes()
    assert b"osmosis-basics" in (editor.root / BASICS).read_bytes()


def commit_all_but_the_renamed(root: Path) -> None:
    from tests.support.repositories import git

    git(root, "commit", "-q", "-m", "x", PUMPS.path)


def test_what_follows_a_deletion_is_refused_too(editor: Editor) -> None:
    (editor.root / OSMOSIS.path).unlink()
    before = tree(editor.root / "content")
    params = {"files": [{"uri": uri(editor, OSMOSIS.path)}]}
    editor.tell("workspace/didDeleteFiles", params)
    editor.ask("workspace/symbol", {"query": ""})
    assert tree(editor.root / "content") == before
    assert any("not committed" in message for message in editor.messages)


@pytest.mark.parametrize("kind", ["Rename", "Delete"])
def test_what_is_written_before_a_file_changes_its_name_or_goes_is_refused(
    checkout: Path, start: Callable[..., Editor], kind: str
) -> None:
    editor = start(checkout)
    editor.begin(options={"edits": {"maxFiles": 1}})
    editor.open(HEAT.path)
    before = tree(checkout / "content")
    deletion = {"files": [{"uri": uri(editor, OSMOSIS.path)}]}
    params = renames(editor) if kind == "Rename" else deletion
    with pytest.raises(FailedError, match="not committed"):
        editor.ask(f"workspace/will{kind}Files", params)
    assert tree(checkout / "content") == before


def test_an_edit_of_the_editors_is_its_users_to_keep(
    checkout: Path, start: Callable[..., Editor]
) -> None:
    """Nothing is written: it stands in a buffer, over the text with the hand edits."""
    editor = start(checkout)
    editor.begin()
    editor.open(HEAT.path)
    assert editor.ask("workspace/willRenameFiles", renames(editor))


def test_git_that_gives_no_answer_is_no_permission(editor: Editor, checkout: Path) -> None:
    (checkout / ".git/HEAD").write_text("nonsense")
    with pytest.raises(FailedError, match="git does not say"):
        run(editor, "qtauthor.retitle", uri(editor, DIFFUSION.path), "Why so?")
