"""In a git checkout, files with changes that are not committed are left alone unless asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, assert_refused, git, here, tree


@pytest.fixture
def checkout(site: Path) -> Path:
    """The sample site, committed."""
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "x")
    return site


COMMANDS = (
    ("set", CHAIN, SHIFTING, "score=1.5"),
    ("unset", CHAIN, SHIFTING, "/note"),
    ("retitle", CHAIN, "--question", "Other words?"),
    ("remove", CHAIN),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_file_with_uncommitted_changes_is_refused_unless_asked_for(
    checkout: Path, command: tuple[str, ...]
) -> None:
    text = (checkout / CHAIN).read_bytes().replace(b"\n---\n", b"\nnote: mine\n---\n")
    (checkout / CHAIN).write_bytes(text)
    before = tree(checkout)
    assert_refused(here(*command), "uncommitted-changes", CHAIN, "--allow-dirty")
    assert tree(checkout) == before
    assert here(*command, "--dry-run").code == 1
    assert here(*command, "--allow-dirty").code == 0
    assert tree(checkout) != before


def test_one_edit_after_the_other_needs_no_option(checkout: Path) -> None:
    assert here("set", CHAIN, "score=1.5").code == 0
    assert here("set", CHAIN, "score=2.5").code == 0
    assert here("new", "--new-subject", "--subject", "Jazz", "--question", "A?").code == 0
    assert here("set", "content/learn/jazz/a.md", "score=2.5").code == 0


def test_nothing_is_staged_or_committed(checkout: Path) -> None:
    here("set", CHAIN, "score=1.5")
    told = git(checkout, "status", "--porcelain").stdout.decode()
    assert told == f" M {CHAIN}\n"
    assert here("undo").code == 0
    assert git(checkout, "status", "--porcelain").stdout == b""
