"""Absence is what the system says it is; where it says something else, nobody knows."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from qtauthor.errors import Code, SiteError
from qtauthor.files import presence

PACKAGE = Path(__file__).parents[2] / "qtauthor"

FORBIDDEN = frozenset(
    ("isfile", "isdir", "lexists", "islink", "is_file", "is_dir", "is_symlink", "ismount")
)
"""What answers no where the system only failed to look."""

OURS = frozenset(("source", "disk", "below", "files", "write_errors", "self", "item"))
"""Whose ``exists`` is our own: that of a source, which asks `presence`, and what is called so."""

ALLOWED = {
    # A directory entry raises what it meets, all but "gone"; these modules look at that.
    "content/listing.py": {"is_file", "is_dir", "is_symlink"},
    "sinks/git/sparse.py": {"is_dir"},
}


def asked(path: Path) -> set[str]:
    """The forbidden questions of a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value
        if isinstance(owner, ast.Call) and ast.unparse(owner) == "super()":
            continue
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        own = name == "presence" or (node.attr == "exists" and name in OURS)
        if (node.attr in FORBIDDEN or node.attr == "exists") and not own:
            found.add(node.attr)
    return found


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_whether_something_is_there_is_asked_in_one_place(path: Path) -> None:
    allowed = ALLOWED.get(path.relative_to(PACKAGE).as_posix(), set())
    assert asked(path) <= allowed


def test_files_folders_links_and_nothing_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "way").symlink_to(".")
    (tmp_path / "nowhere").symlink_to("gone")
    (tmp_path / "round").symlink_to("round")
    told = {
        name: (
            presence.is_there(tmp_path / name),
            presence.is_file(tmp_path / name),
            presence.is_folder(tmp_path / name),
            presence.is_link(tmp_path / name),
        )
        for name in ("file", "link", "way", "nowhere", "round", "gone", "file/x", "x" * 300, "a\0")
    }
    nothing = (False, False, False, False)
    assert told == {
        "file": (True, True, False, False),
        "link": (True, True, False, True),
        "way": (True, False, True, True),
        "nowhere": (True, False, False, True),
        "round": (True, False, False, True),
        "gone": nothing,
        "file/x": nothing,
        "x" * 300: nothing,
        "a\0": nothing,
    }
    assert presence.real(tmp_path / "link") == str(tmp_path.resolve() / "file")
    assert presence.real(tmp_path / "way/gone") == str(tmp_path.resolve() / "gone")


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ESTALE, errno.ETIMEDOUT])
def test_everything_else_is_an_error_that_names_the_file(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def failing(path: Any, **_: Any) -> os.stat_result:
        raise OSError(number, os.strerror(number), path)

    monkeypatch.setattr(os, "stat", failing)
    monkeypatch.setattr(os, "lstat", failing)
    for ask in (presence.is_there, presence.is_file, presence.is_folder, presence.real):
        with pytest.raises(SiteError) as caught:
            ask("/some/file")
        error = caught.value
        assert (error.code, error.where.path) == (Code.CANNOT_READ, "/some/file")
        assert os.strerror(number) in error.message
