"""Input that cannot be worked with: a clear error, and every file as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from qtauthor.sinks.transaction import transaction
from qtauthor.text.source.encoding import MAX_BYTES
from tests.cli.support import CHAIN, SHIFTING, Result, assert_refused, environment, here, tree
from tests.support.state import state

ROOM = 80
"""Characters of an excerpt that are shown."""

COMMANDS = {
    "get": ("get", "bad.md", "/a"),
    "show": ("show", "bad.md"),
    "set": ("set", "bad.md", "/a=1"),
    "unset": ("unset", "bad.md", "/a"),
}
DEEP = b"---\na: " + b"[" * 10_000 + b"]" * 10_000 + b"\n---\n"
DEEP_BLOCK = b"---\na:\n" + b"- " * 10_000 + b"x\n---\n"
BOMB = b"---\na0: &a0 [x, x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 20)
)

BAD = {
    "not UTF-8": (b"---\na: \xe9\n---\n", "not-utf8", ":2:4: "),
    "UTF-16": ("---\na: 1\n---\n".encode("utf-16"), "not-utf8", ":1:1: "),
    "empty": (b"", "no-front-matter", ":1:1: "),
    "no front matter": (b"# Title\n", "no-front-matter", "begin with ---"),
    "unclosed fence": (b"---\na: 1\n", "unclosed-fence", "put a line with ---"),
    "empty line first": (b"\n---\na: 1\n---\n", "empty-line-before-fence", "begin with ---"),
    "invalid YAML": (b"---\na: b: c\n---\n", "invalid-yaml", ":2:"),
    "form feed": (b"---\na: \x0corall\n---\n", "control-character", ":2:4: "),
    "NUL": (b"---\na: \x00\n---\n", "control-character", ":2:4: "),
    "a list": (b"---\n- a\n---\n", "not-a-mapping", ""),
    "nested 10,000 deep": (DEEP, "too-deep", ""),
    "blocks 10,000 deep": (DEEP_BLOCK, "too-deep", ""),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", BAD)
def test_a_document_that_cannot_be_read_is_refused_by_name(
    site: Path, command: str, kind: str
) -> None:
    data, code, words = BAD[kind]
    (site / "bad.md").write_bytes(data)
    before = tree(site)
    assert_refused(here(*COMMANDS[command]), code, "bad.md", words)
    assert tree(site) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_duplicate_keys_are_named_where_they_stand(site: Path, command: str) -> None:
    (site / "bad.md").write_bytes(b"---\na: 1\na: 2\n---\n")
    assert_refused(here(*COMMANDS[command]), "duplicate-key", "bad.md:3:1: ", "second time")


@pytest.mark.parametrize("command", ["get", "show", "set"])
def test_an_alias_bomb_is_refused_in_no_time(site: Path, command: str) -> None:
    (site / "bad.md").write_bytes(BOMB + b"---\n")
    arguments = {"get": ["/a19"], "show": [], "set": ["/a19:=1"]}[command]
    began = time.monotonic()
    result = here(command, "bad.md", *arguments)
    assert time.monotonic() - began < 5
    if command != "set":
        assert_refused(result, "alias-bomb", "bad.md")
    else:
        assert result.code in (0, 2)
        assert "bug" not in result.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_and_a_missing_file_are_named(site: Path, command: str) -> None:
    assert_refused(here(*COMMANDS[command]), "not-found", "bad.md: error: there is no such file")
    (site / "bad.md").mkdir()
    assert_refused(here(*COMMANDS[command]), "not-a-file", "bad.md: error: this is a folder")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_of_50_mb_is_refused_without_being_read(site: Path, command: str) -> None:
    with (site / "bad.md").open("wb") as file:
        file.truncate(50_000_000)
    began = time.monotonic()
    assert_refused(here(*COMMANDS[command]), "too-large", "50,000,000 bytes", "bad.md")
    assert time.monotonic() - began < 1


def test_standard_input_that_does_not_end_is_refused(site: Path) -> None:
    huge = b"---\na: 1\n---\n" + b"x" * MAX_BYTES
    assert_refused(here("set", "-", "/a=1", stdin=huge), "too-large", "<stdin>")


@pytest.mark.parametrize("name", ["x.md/y.md", "a\nb.md", "~/x.md", "*.md"])
def test_odd_names_are_names_of_missing_files(site: Path, name: str) -> None:
    (site / "x.md").touch()
    result = here("set", name, "score=1")
    assert result.code == 2
    assert "bug" not in result.err
    assert len(result.err.rstrip("\n").split("\n")) <= 3


def test_a_read_only_file_is_refused_by_its_mode_also_in_a_trial(site: Path) -> None:
    (site / SHIFTING).chmod(0o444)
    before = tree(site)
    for option in ((), ("--dry-run",), ("--diff",)):
        refused = here("set", CHAIN, SHIFTING, "score=1", *option)
        assert_refused(refused, "cannot-write", f"{SHIFTING}: error", "read-only", "writable")
    assert here("set", SHIFTING, "id=1215").code == 0
    assert tree(site) == before


def test_a_link_stays_a_link_and_its_target_is_edited(site: Path) -> None:
    (site / "link.md").symlink_to(CHAIN)
    assert here("set", "link.md", "score=1").code == 0
    assert (site / "link.md").is_symlink()
    assert b"score: 1.0" in (site / CHAIN).read_bytes()


def assert_shown(done: Result, excerpt: str) -> None:
    """The excerpt is on a line of its own: all of it, or so much as has room, and a mark."""
    _, shown, remedy = done.err.splitlines()
    assert remedy.startswith("help: ")
    whole = len(excerpt) <= ROOM
    assert shown == f"    {excerpt if whole else excerpt[:ROOM] + '…'}"


@pytest.mark.parametrize("depth", [0, 120])
@pytest.mark.parametrize("option", [(), ("--diff",), ("--dry-run",)])
def test_a_link_out_of_the_site_is_refused(
    site: Path, option: tuple[str, ...], depth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(ROOM + 8))
    outside = site.with_name("outside" + "-" * depth)
    outside.mkdir()
    (outside / "a.md").write_bytes((site / CHAIN).read_bytes())
    (site / "link.md").symlink_to(f"../{outside.name}/a.md")
    (site / "content/learn/link").symlink_to(outside)
    before = tree(outside)
    file = here("set", "link.md", "score=1", *option)
    folder = here("set", "content/learn/link/a.md", "score=1", *option)
    for done, name in ((file, "link.md"), (folder, "content/learn/link/a.md")):
        assert_refused(done, "unsafe-path", name)
        assert_shown(done, str(outside / "a.md"))
    assert tree(outside) == before


def test_a_site_that_is_reached_through_a_link_is_the_same_site(site: Path) -> None:
    site.with_name("way").symlink_to(site)
    (site / "qtauthor.toml").write_text('answer.codec = "plain"\n')
    for name in (f"../way/{CHAIN}", CHAIN):
        assert here("set", name, "answer=a\nb").code == 0
        assert here("get", name, "answer").out == b"a\nb\n"
        assert here("--root", "../way", "set", name, "score=1").code == 0
    inside = site.with_name("shelf")
    inside.symlink_to((site / CHAIN).parent)
    assert here("set", f"../shelf/{Path(CHAIN).name}", "answer=c\nd").code == 0
    assert here("get", CHAIN, "answer").out == b"c\nd\n"


def test_a_file_that_changes_between_reading_and_writing_is_a_conflict(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = transaction.commit_all

    def meddled(*arguments: Any) -> None:
        (site / SHIFTING).write_bytes(b"---\nid: 1\n---\n")
        original(*arguments)

    before = tree(site)
    monkeypatch.setattr(transaction, "commit_all", meddled)
    refused = here("set", CHAIN, SHIFTING, "score=1")
    assert_refused(refused, "changed-since", f"{SHIFTING}: error", "run the command again")
    assert tree(site) == {**before, SHIFTING: b"---\nid: 1\n---\n"}


def test_a_target_of_new_that_appears_in_between_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = site / "content/learn/jazz/a.md"
    original = transaction.commit_all

    def meddled(*arguments: Any) -> None:
        target.parent.mkdir()
        target.write_bytes(b"mine")
        original(*arguments)

    monkeypatch.setattr(transaction, "commit_all", meddled)
    refused = here("new", "--new-subject", "--subject", "Jazz", "--question", "A?")
    assert_refused(refused, "file-exists", "content/learn/jazz/a.md")
    assert target.read_bytes() == b"mine"
    assert [path.name for path in target.parent.iterdir()] == ["a.md"]


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room on the disk"),
        (errno.EACCES, "writable"),
        (errno.EROFS, "writable"),
    ],
)
@pytest.mark.parametrize("command", ["set", "new"])
def test_a_full_or_closed_disk_is_an_error_with_what_to_do(
    site: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str, command: str
) -> None:
    here("set", CHAIN, "score=1")
    before = tree(site)
    original = os.open

    def refused(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        if ".qtauthor-" in str(path):
            raise OSError(number, os.strerror(number))
        return original(path, flags, *arguments, **options)

    monkeypatch.setattr(os, "open", refused)
    arguments = {
        "set": ("set", CHAIN, "score=2"),
        "new": ("new", "--new-subject", "--subject", "Jazz", "--question", "A?"),
    }[command]
    assert_refused(here(*arguments), "cannot-write", os.strerror(number), remedy, ".md: error")
    assert tree(site) == before
    assert not (site / "content/learn/jazz").exists()


def test_a_state_folder_that_cannot_be_made_is_an_error(site: Path) -> None:
    state(site).parent.mkdir(parents=True)
    state(site).touch()
    before = tree(site)
    result = here("set", CHAIN, "score=1")
    named, _, refusal = result.err.partition("\n")
    assert named == f"warning: {state(site)} is not used: it is no folder"
    refused = result._replace(err=refusal)
    assert_refused(refused, "unusable-state", str(state(site)), "QTAUTHOR_STATE_DIR")
    assert tree(site) == before


def test_an_id_or_a_file_name_in_the_data_never_decides_where_is_written(site: Path) -> None:
    assert here("set", CHAIN, "file_name=../../x.md", "url=/../../y").code == 0
    assert here("set", CHAIN, "score=1").code == 0
    assert not any(path.name in ("x.md", "y") for path in site.parent.rglob("*"))


def test_a_python_without_the_c_parser_does_the_same(site: Path) -> None:
    code = (
        "import sys; sys.modules['_ruamel_yaml'] = None\n"
        "from qtauthor.cli.app import main; main(sys.argv[1:])"
    )
    data = (site / CHAIN).read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", code, "set", "-", "score=1", "seo.title=a: b"],
        input=data,
        capture_output=True,
        env=environment(),
        check=True,
    )
    assert done.stdout == here("set", "-", "score=1", "seo.title=a: b", stdin=data).out
