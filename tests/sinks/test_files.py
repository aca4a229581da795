"""Modes, owners and links are respected when a file is replaced."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from qtauthor.changes.change import Create, Delete
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, QtauthorError
from qtauthor.sinks import loose_files
from tests.sinks.support import ARTICLE, modify, refused


def edit_a(root: Path, path: str = "a.md") -> None:
    loose_files.write(ChangeSet((modify(path, ARTICLE % 0, ARTICLE % 9),)), root)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o200 | 0o444])
def test_a_files_mode_is_kept(root: Path, mode: int) -> None:
    (root / "a.md").chmod(mode)
    edit_a(root)
    assert stat.S_IMODE((root / "a.md").stat().st_mode) == mode
    assert (root / "a.md").read_bytes() == ARTICLE % 9


def test_a_files_owner_is_kept_where_that_is_allowed(root: Path) -> None:
    try:
        os.chown(root / "a.md", 12345, 23456)
    except PermissionError:
        pytest.skip("only root may give files away")
    edit_a(root)
    status = (root / "a.md").stat()
    assert (status.st_uid, status.st_gid) == (12345, 23456)


def test_an_edited_file_is_newer_than_before(root: Path) -> None:
    os.utime(root / "a.md", (1, 1))
    edit_a(root)
    assert (root / "a.md").stat().st_mtime > 1_000_000


def test_a_new_file_gets_the_mode_that_the_umask_leaves(root: Path) -> None:
    before = os.umask(0o027)
    try:
        loose_files.write(ChangeSet((Create("e.md", ARTICLE % 1),)), root)
    finally:
        os.umask(before)
    assert stat.S_IMODE((root / "e.md").stat().st_mode) == 0o640


def test_a_read_only_file_is_refused_even_to_root(root: Path) -> None:
    (root / "a.md").chmod(0o444)
    error = refused(ChangeSet((modify("a.md", ARTICLE % 0, ARTICLE % 9),)), root)
    assert error.code == Code.CANNOT_WRITE
    assert "read-only" in error.message
    gone = refused(ChangeSet((Delete("a.md", ARTICLE % 0),)), root)
    assert gone.code == Code.CANNOT_WRITE


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")
def test_a_file_that_is_open_for_writing_elsewhere_is_refused(root: Path) -> None:
    change = ChangeSet((modify("a.md", ARTICLE % 0, ARTICLE % 9),))
    with (root / "a.md").open("r+b"):
        error = refused(change, root)
    assert (error.code, "open for writing" in error.message) == (Code.CANNOT_WRITE, True)
    with (root / "a.md").open("rb"):
        loose_files.write(change, root)
    assert (root / "a.md").read_bytes() == ARTICLE % 9


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_writable_is_an_error(root: Path) -> None:
    root.chmod(0o555)
    try:
        with pytest.raises(QtauthorError) as caught:
            edit_a(root)
    finally:
        root.chmod(0o755)
    assert caught.value.code == Code.CANNOT_WRITE


def test_a_link_inside_the_site_stays_one_and_its_target_is_edited(root: Path) -> None:
    (root / "sub").mkdir()
    (root / "sub/link.md").symlink_to("../a.md")
    edit_a(root, "sub/link.md")
    assert os.readlink(root / "sub/link.md") == "../a.md"  # noqa: PTH115
    assert (root / "a.md").read_bytes() == ARTICLE % 9


def test_a_link_out_of_the_site_is_refused(root: Path) -> None:
    inside = root / "site"
    inside.mkdir()
    (inside / "link.md").symlink_to("../a.md")
    error = refused(ChangeSet((modify("link.md", ARTICLE % 0, ARTICLE % 9),)), inside)
    assert error.code == Code.UNSAFE_PATH
    assert error.excerpt == str(root.resolve() / "a.md")
    assert (root / "a.md").read_bytes() == ARTICLE % 0


def test_a_link_that_goes_round_is_refused(root: Path) -> None:
    (root / "x.md").symlink_to("y.md")
    (root / "y.md").symlink_to("x.md")
    with pytest.raises(QtauthorError):
        loose_files.write(ChangeSet((modify("x.md", b"", b"x"),)), root)


def test_another_hard_link_keeps_the_old_text(root: Path) -> None:
    os.link(root / "a.md", root / "twin.md")
    edit_a(root)
    assert (root / "twin.md").read_bytes() == ARTICLE % 0
    assert (root / "a.md").read_bytes() == ARTICLE % 9
    assert (root / "twin.md").stat().st_nlink == 1
