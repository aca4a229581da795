"""What an editor does with a workspace edit: apply it to its buffers and files, and save all."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.lsp.client import Editor
from tests.lsp.texts import applied


def path_of(uri: str) -> Path:
    return Path(unquote(urlsplit(uri).path))


def save(editor: Editor, edit: dict[str, Any], encoding: str = "utf-16") -> None:
    """Apply an edit, and save every file that it touches. Versions have to be the buffers'."""
    for uri, edits in edit.get("changes", {}).items():
        _edited(editor, path_of(uri), edits, encoding)
    for step in edit.get("documentChanges", ()):
        kind = step.get("kind")
        if kind == "rename":
            _rename(editor, path_of(step["oldUri"]), path_of(step["newUri"]))
        elif kind == "delete":
            path_of(step["uri"]).unlink()
        elif kind == "create":
            path_of(step["uri"]).write_bytes(b"")
        else:
            document = step["textDocument"]
            path = path_of(document["uri"])
            known = editor.opened.get(path)
            assert document["version"] == (known[1] if known else None)
            _edited(editor, path, step["edits"], encoding)


def _edited(editor: Editor, path: Path, edits: list[dict[str, Any]], encoding: str) -> None:
    known = editor.opened.get(path)
    mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    text = known[0] if known else path.read_bytes().decode("utf-8-sig")
    new = applied(text, edits, encoding)
    path.write_bytes(mark + new.encode())
    if known:
        editor.change(path.relative_to(editor.root).as_posix(), new)


def _rename(editor: Editor, old: Path, new: Path) -> None:
    assert not new.exists()
    new.parent.mkdir(parents=True, exist_ok=True)
    old.rename(new)
    if not any(old.parent.iterdir()):
        old.parent.rmdir()
    if old in editor.opened:
        text = editor.opened[old][0]
        editor.close(old.relative_to(editor.root).as_posix())
        editor.open(new.relative_to(editor.root).as_posix(), text)


def tree(root: Path) -> dict[str, str]:
    """All files of a site, by their paths, but for the state of qtauthor."""
    return {
        file.relative_to(root).as_posix(): file.read_bytes().decode()
        for file in root.rglob("*")
        if file.is_file() and ".qtauthor" not in file.parts
    }
