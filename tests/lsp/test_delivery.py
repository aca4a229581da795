"""Changes of many files, and those that an editor cannot apply, go to the disk as one."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import process, tree
from tests.lsp.client import ABLE, Editor, FailedError
from tests.lsp.conftest import CELLS, OSMOSIS, PUMPS

MOVED = OSMOSIS.path.replace("biology", "physics")


def move(editor: Editor) -> None:
    uri = (editor.root / OSMOSIS.path).as_uri()
    params = {"command": "qtauthor.move", "arguments": [uri, "Physics", "new-subject"]}
    editor.ask("workspace/executeCommand", params)


def without(*names: str) -> dict[str, Any]:
    """The capabilities of an editor that cannot do one thing."""
    able: dict[str, Any] = deepcopy(ABLE)
    inner = able
    for name in names[:-1]:
        inner = inner[name]
    del inner[names[-1]]
    return able


def test_a_change_of_more_files_than_wanted_is_written_and_can_be_undone(
    root: Path, start: Callable[..., Editor]
) -> None:
    before = tree(root / "content")
    editor = start(root)
    editor.begin(ABLE, {"edits": {"maxFiles": 2}})
    editor.open(CELLS.path)
    move(editor)
    assert editor.applied == []
    assert MOVED in {f"content/{name}" for name in tree(root / "content")}
    assert b"/learn/physics/questions/what-is-osmosis" in (root / PUMPS.path).read_bytes()
    assert any("1 moved, 2 changed" in message for message in editor.messages)
    assert process("undo", cwd=root).code == 0
    assert tree(root / "content") == before


def test_a_change_of_few_files_is_the_editors(editor: Editor, root: Path) -> None:
    before = tree(root / "content")
    editor.open(CELLS.path)
    move(editor)
    assert len(editor.applied) == 1
    assert tree(root / "content") == before


@pytest.mark.parametrize(
    "missing", [("workspace", "workspaceEdit", "resourceOperations"), ("workspace", "applyEdit")]
)
def test_an_editor_that_cannot_apply_it_leaves_it_to_the_server(
    root: Path, start: Callable[..., Editor], missing: tuple[str, ...]
) -> None:
    editor = start(root)
    editor.begin(without(*missing))
    editor.open(CELLS.path)
    move(editor)
    assert editor.applied == []
    assert (root / MOVED).is_file()


def test_an_editor_that_tells_only_what_it_can_do_with_files_is_taken_at_its_word(
    root: Path, start: Callable[..., Editor]
) -> None:
    """So Neovim does."""
    editor = start(root)
    editor.begin(without("workspace", "workspaceEdit", "documentChanges"))
    editor.open(CELLS.path)
    move(editor)
    assert len(editor.applied) == 1


def test_who_looks_at_a_file_that_the_server_moves_is_led_to_its_new_name(
    root: Path, start: Callable[..., Editor]
) -> None:
    editor = start(root)
    able = {**ABLE, "window": {"showDocument": {"support": True}}}
    editor.begin(able, {"edits": {"maxFiles": 2}})
    editor.open(OSMOSIS.path)
    move(editor)
    [shown] = [one for one in editor.notes if one["method"] == "window/showDocument"]
    assert shown["params"]["uri"] == (root / MOVED).as_uri()


@pytest.mark.parametrize("path", [CELLS.path, OSMOSIS.path])
def test_nothing_is_written_over_an_open_file_that_is_not_saved(
    root: Path, start: Callable[..., Editor], path: str
) -> None:
    before = tree(root / "content")
    editor = start(root)
    editor.begin(ABLE, {"edits": {"maxFiles": 2}})
    editor.open(path)
    editor.change(path, editor.opened[root / path][0].replace("It is so.", "It is not."))
    with pytest.raises(FailedError, match=f"{Path(path).name} is open and unsaved; save it"):
        move(editor)
    assert tree(root / "content") == before
    assert editor.applied == []


def test_a_mark_that_the_editor_took_off_is_no_unsaved_change(
    root: Path, start: Callable[..., Editor]
) -> None:
    file = root / CELLS.path
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    editor = start(root)
    editor.begin(ABLE, {"edits": {"maxFiles": 2}})
    editor.open(CELLS.path)
    move(editor)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf---\n")
    assert b"/learn/physics/questions/what-is-osmosis" in file.read_bytes()
