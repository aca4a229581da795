"""Unified diffs, and where git takes their paths from."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.changes.change import Create, Delete, Edit, Modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.sinks.diff import unified
from qtauthor.sinks.git.checkout import git_prefix


def diff(*changes: Create | Delete | Modify, old: bytes = b"", prefix: str = "") -> bytes:
    return b"".join(unified(ChangeSet(changes), lambda _path: old, prefix=prefix))


def test_a_file_without_a_final_newline_is_marked_on_both_sides() -> None:
    assert diff(Modify("a", "", "", (Edit(0, b"x", b"y"),)), old=b"x") == (
        b"diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n"
        b"-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n"
    )


def test_new_and_deleted_files_have_their_modes_and_no_other_side() -> None:
    assert diff(Create("a", b"x\n"), Delete("b", b"y\n")) == (
        b"diff --git a/a b/a\nnew file mode 100644\n--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n"
        b"diff --git a/b b/b\ndeleted file mode 100644\n--- a/b\n+++ /dev/null\n@@ -1 +0,0 @@\n-y\n"
    )


def test_only_line_feeds_end_lines_and_bytes_stay_bytes() -> None:
    old = "a\x0cb\x85c\u2028d\re\n".encode() + b"\xff"
    shown = diff(Modify("a", "", "", (Edit(0, b"a", b"A"),)), old=old)
    assert shown.count(b"\n-a") == shown.count(b"\n+A") == 1
    assert b"\n \xff\n\\ No newline" in shown


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a b", b"a/a b"),
        ("é🥖", "a/é🥖".encode()),
        ('q"', b'"a/q\\""'),
        ("b\\c", b'"a/b\\\\c"'),
        ("t\tn\nr\r", b'"a/t\\tn\\nr\\r"'),
        ("\x1b", b'"a/\\033"'),
        ("\udcff", b'"a/\\377"'),
    ],
)
def test_a_path_is_quoted_as_git_quotes_it(path: str, name: bytes) -> None:
    shown = diff(Delete(path, b"x\n"))
    assert shown.startswith(b"diff --git " + name + b" ")
    assert b"\n--- " + name + b"\n" in shown


def test_a_prefix_goes_before_both_names() -> None:
    assert diff(Delete("a", b""), prefix="x/") == (
        b"diff --git a/x/a b/x/a\ndeleted file mode 100644\n"
    )


def test_git_calls_a_folder_by_its_path_below_the_top_of_the_checkout(tmp_path: Path) -> None:
    site = tmp_path / "a/site"
    site.mkdir(parents=True)
    assert git_prefix(site) == ""
    (tmp_path / ".git").mkdir()
    assert git_prefix(site) == "a/site/"
    (tmp_path / "a/.git").write_text("gitdir: elsewhere")
    assert git_prefix(site) == "site/"
    (site / ".git").mkdir()
    assert git_prefix(site) == ""
