"""``--diff`` is taken by ``git apply``, and gives what the command would have written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, git, here, tree

NEW = ("new", "--subject", "Bread Baking", "--question", "Why is crust brown?", "--related", "412")
VARIANTS = {
    "no final newline": lambda data: data,
    "final newline": lambda data: data + b"\n",
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "BOM": lambda data: b"\xef\xbb\xbf" + data,
    "last line edited": lambda data: data[: data.index(b"\nquestion:")] + b"\n---",
}
NAMES = [
    "a b.md",
    "q\"uo'te.md",
    "é🥖.md",
    "tab\there.md",
    "back\\slash.md",
    "b/ b/x.md",
    "\x01.md",
]


@pytest.fixture
def checkout(site: Path) -> Path:
    """The site as a git checkout with everything committed."""
    git(site, "init", "-q")
    commit(site)
    return site


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "a")


def assert_same_by_git(root: Path, arguments: list[str], diff: bytes, cwd: Path) -> None:
    """``git apply`` makes of the files what the command itself makes of them."""
    checked = git(cwd, "apply", "--check", stdin=diff)
    assert (checked.returncode, checked.stderr) == (0, b"")
    git(cwd, "apply", stdin=diff)
    applied = tree(root)
    git(root, "checkout", "-q", ".")
    git(root, "clean", "-fdq")
    assert here(*arguments).code == 0
    assert tree(root) == applied
    assert git(root, "status", "--short").stdout != b""


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", [*NAMES, CHAIN])
def test_git_makes_the_same_of_the_diff_as_the_command(
    checkout: Path, variant: str, name: str
) -> None:
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_bytes(VARIANTS[variant]((checkout / CHAIN).read_bytes()))
    commit(checkout)
    arguments = ["set", name, SHIFTING, "author=a: b", "score=2"]
    diff = here(*arguments, "--diff")
    assert diff.code == 1
    assert_same_by_git(checkout, arguments, diff.out, checkout)


def test_git_makes_the_new_article_of_the_diff(checkout: Path) -> None:
    diff = here(*NEW, "--diff")
    assert diff.code == 1
    assert_same_by_git(checkout, list(NEW), diff.out, checkout)


@pytest.mark.parametrize("arguments", [["set", Path(CHAIN).name, "score=1"], list(NEW)])
def test_the_paths_are_those_of_the_checkout_when_the_site_is_only_a_part_of_it(
    site: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    top = site.parent
    git(top, "init", "-q")
    commit(top)
    monkeypatch.chdir((site / CHAIN).parent)
    diff = here(*arguments, "--diff").out
    assert diff.startswith(b"diff --git a/site/content/learn/")
    assert_same_by_git(top, arguments, diff, site)


def test_a_diff_touches_only_the_lines_of_the_edit(site: Path) -> None:
    lines = here("set", CHAIN, "id=7", "--diff").text.split("\n")
    edited = [line for line in lines if line.startswith(("+", "-"))]
    assert edited == [f"--- a/{CHAIN}", f"+++ b/{CHAIN}", "-id: 1207", "+id: 7"]
