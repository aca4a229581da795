"""Half of a surrogate pair, which JSON can spell, in what an editor sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import tree
from tests.lsp.client import Editor, FailedError
from tests.lsp.conftest import OSMOSIS

HALF = "\ud800"


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("qtauthor.retitle", [f"What {HALF}?"]),
        ("qtauthor.retitle", ["What?", HALF]),
        ("qtauthor.move", [HALF]),
        ("qtauthor.removeFile", [HALF]),
    ],
)
def test_a_command_with_half_a_character_is_refused(
    editor: Editor, root: Path, command: str, arguments: list[str]
) -> None:
    before = tree(root / "content")
    uri = (root / OSMOSIS.path).as_uri()
    params = {"command": command, "arguments": [uri, *arguments]}
    told: list[Any] = []
    try:
        editor.ask("workspace/executeCommand", params)
    except FailedError as error:
        told.append(str(error))
    assert tree(root / "content") == before
    assert editor.applied == []
    assert "Traceback" not in "".join(map(str, [*told, *editor.messages]))
    assert "codec" not in "".join(map(str, [*told, *editor.messages]))
    editor.open(OSMOSIS.path)
    editor.wait()
