"""Several processes that edit the same articles at the same time: every edit is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, environment, here
from tests.support.patience import PATIENCE

_LOOP = """
import json, sys
from qtauthor.cli.app import main

for arguments in json.load(sys.stdin):
    try:
        main(arguments)
    except SystemExit as left:
        if left.code:
            sys.exit(left.code)
"""


def at_once(cwd: Path, runs: list[list[list[str]]]) -> list[tuple[int, str]]:
    """One process for each list of command lines. Gives their exit codes and what they say."""
    import json

    running = [
        subprocess.Popen(
            [sys.executable, "-c", _LOOP],
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        for _ in runs
    ]
    for process, run in zip(running, runs, strict=True):
        assert process.stdin is not None
        process.stdin.write(json.dumps(run).encode())
        process.stdin.close()
        process.stdin = None
    told = [process.communicate(timeout=PATIENCE)[1].decode() for process in running]
    return [(process.returncode, text) for process, text in zip(running, told, strict=True)]


def assert_all(ended: list[tuple[int, str]]) -> None:
    assert [code for code, _ in ended] == [0] * len(ended), ended


def test_all_edits_of_one_named_file_are_there(site: Path) -> None:
    runs = [
        [["set", "-q", CHAIN, f"/key{process}{turn}=x"] for turn in range(5)]
        for process in range(4)
    ]
    assert_all(at_once(site, runs))
    text = (site / CHAIN).read_text()
    assert all(f"key{process}{turn}: " in text for process in range(4) for turn in range(5))


def test_all_kinds_of_edits_of_named_files_are_there(site: Path) -> None:
    operations = '[{"op": "add", "path": "/patched", "value": 1}]'
    (site / "ops.json").write_text(operations)
    here("set", "-q", CHAIN, "/gone=x", "/old=x", "/text=abc")
    runs = [
        [["unset", "-q", CHAIN, "/gone"], ["set", "-q", CHAIN, SHIFTING, "score=2"]],
        [["patch", "-q", CHAIN, "--ops", "ops.json"], ["fmt", "-q", CHAIN, SHIFTING]],
        [
            ["rename-key", "-q", "/old", "new", CHAIN],
            ["insert", "-q", CHAIN, "/inserted=1", "--after", "title"],
        ],
        [["replace", "-q", "b", "B", CHAIN, "--in", "/text"], ["set", "-q", "--all", "/all=1"]],
    ]
    assert_all(at_once(site, runs))
    for key, value in (("patched", "1"), ("new", "x"), ("inserted", "1"), ("text", "aBc")):
        assert here("get", CHAIN, f"/{key}").text.strip() == value
    assert here("get", CHAIN, "/gone").code != 0
    assert here("get", SHIFTING, "/all").text.strip() == "1"


def test_a_selection_is_made_of_what_is_there_when_it_is_edited(site: Path) -> None:
    """A question that another process gives a new name meanwhile is edited under that."""
    runs = [
        [["set", "-q", "--all", f"/turn{turn}=x"] for turn in range(4)],
        [["retitle", "-q", "3055", "--question", f"What is it for the {n}?"] for n in "abcd"],
    ]
    assert_all(at_once(site, runs))


@pytest.mark.skipif(os.name != "posix", reason="a folder that is no site has no lock there")
def test_all_edits_of_a_file_that_stands_alone_are_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: a\n---\n")
    runs = [
        [["set", "-q", "a.md", f"/key{process}{turn}=x"] for turn in range(5)]
        for process in range(4)
    ]
    assert_all(at_once(tmp_path, runs))
    text = (tmp_path / "a.md").read_text()
    assert all(f"key{process}{turn}: " in text for process in range(4) for turn in range(5))
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize("meanwhile", ["elsewhere", "the same"])
def test_the_editor_keeps_what_others_wrote_in_other_fields(site: Path, meanwhile: str) -> None:
    argument = "score=7" if meanwhile == "elsewhere" else "answer=theirs"
    script = site / "editor.py"
    script.write_text(
        "import subprocess, sys\n"
        f"subprocess.run([sys.executable, '-m', 'qtauthor', 'set', '-q', {CHAIN!r}, {argument!r}],"
        " check=True)\n"
        "open(sys.argv[1], 'w').write('mine')\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "qtauthor", "edit", CHAIN],
        cwd=site,
        env=environment(VISUAL=f"{sys.executable} {script}"),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    answer = here("get", CHAIN, "answer").text
    if meanwhile == "elsewhere":
        assert done.returncode == 0, done.stderr
        assert "mine" in answer
        assert here("get", CHAIN, "score").text.strip() == "7.0"
    else:
        assert b"[changed-since]" in done.stderr
        assert "theirs" in answer
