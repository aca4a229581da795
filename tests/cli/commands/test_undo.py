"""``qtauthor undo``, ``redo`` and ``log``, and what a run does about one that was killed."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from qtauthor.sinks import syscalls
from tests.cli.support import CHAIN, DOUGH, SHIFTING, assert_refused, here, process, tree
from tests.support.state import state


def test_undo_takes_back_and_redo_makes_again(site: Path) -> None:
    before = tree(site)
    assert here("set", CHAIN, SHIFTING, "score=1.5").code == 0
    after = tree(site)
    undone = here("undo")
    assert (undone.code, undone.out) == (0, b"")
    assert undone.err == f"undid 1: qtauthor set {CHAIN} {SHIFTING} score=1.5\n  2 changed\n"
    assert tree(site) == before
    redone = here("redo")
    assert redone.err.startswith("redid 1: qtauthor set ")
    assert tree(site) == after


def test_undo_of_a_new_article_takes_its_folder_too(site: Path) -> None:
    before = tree(site)
    assert here("new", "--new-subject", "--subject", "Jazz", "--question", "A?").code == 0
    assert here("set", "content/learn/jazz/a.md", "score=1").code == 0
    assert here("undo", "2").code == 0
    assert tree(site) == before
    assert not (site / "content/learn/jazz").exists()


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_trial_changes_nothing(site: Path, option: str) -> None:
    here("set", CHAIN, "score=1.5")
    here("set", CHAIN, "score=2.5")
    before = tree(site)
    result = here("undo", "2", option)
    assert result.code == 1
    assert result.err.count("would undo") == 2
    assert [line for line in result.text.split("\n") if re.match("[-+]score", line)] == (
        ["-score: 2.5", "+score: 1.5", "-score: 1.5"] if option == "--diff" else []
    )
    assert tree(site) == before
    assert here("redo", "--dry-run").code == 2


def test_files_that_were_edited_since_are_named_and_can_be_left(site: Path) -> None:
    names = (CHAIN, SHIFTING, DOUGH)
    here("set", *names, "score=1.5")
    for name in names[:2]:
        (site / name).write_bytes((site / name).read_bytes() + b"x")
    before = tree(site)
    refused = here("undo")
    assert_refused(refused, "changed-since", "2 files", CHAIN, SHIFTING, "--force-unchanged")
    assert tree(site) == before
    forced = here("undo", "--force-unchanged", "--format", "json")
    (step,) = forced.json["steps"]
    assert (step["files"], sorted(step["left"])) == ([DOUGH], sorted(names[:2]))
    assert {name for name, data in tree(site).items() if data != before[name]} == {DOUGH}


def test_one_edited_file_has_its_own_place(site: Path) -> None:
    here("set", CHAIN, "score=1.5")
    (site / CHAIN).write_bytes(b"mine")
    assert_refused(here("undo"), "changed-since", f"{CHAIN}: error")


def test_there_may_be_nothing_to_undo(site: Path) -> None:
    assert_refused(here("undo"), "nothing-to-undo", "qtauthor log")
    assert_refused(here("redo", "3"), "nothing-to-undo")
    empty = here("log")
    assert (empty.code, empty.out, empty.err) == (0, b"", "nothing was changed yet\n")


def test_the_log_shows_the_latest_first(site: Path) -> None:
    here("set", CHAIN, "score=1.5")
    here("set", CHAIN, "title=It's new: a title")
    here("undo")
    line = r" {5}%d  \d{4}-\d\d-\d\d \d\d:\d\d  qtauthor set %s  \(1 changed\)%s"
    second = line % (2, f"{CHAIN} 'title=It'\"'\"'s new: a title'", r"  \(undone\)")
    first = line % (1, f"{CHAIN} score=1.5", "")
    assert re.fullmatch(f"{second}\n{first}\n", here("log").text)
    assert here("log", "-n", "1").text.count("\n") == 1
    found = here("log", "--format", "json").json
    assert [entry["undone"] for entry in found["changes"]] == [True, False]
    assert found["changes"][1]["files"] == [CHAIN]
    assert found["changes"][1]["command"] == f"qtauthor set {CHAIN} score=1.5"
    assert re.match(r"\d{4}-\d\d-\d\dT", found["changes"][1]["time"])


def test_a_damaged_entry_is_shown_as_such(site: Path) -> None:
    here("set", CHAIN, "score=1.5")
    (state(site) / "history/000001").write_bytes(b"x")
    assert "is damaged" in here("log").text
    assert "damaged" in here("log", "--format", "json").json["changes"][0]
    assert_refused(here("undo"), "damaged-journal")


def test_a_trial_and_what_changes_nothing_are_not_in_the_log(site: Path) -> None:
    here("set", CHAIN, "score=1.5", "--dry-run")
    here("set", CHAIN, "score=1.5")
    here("set", CHAIN, "score=1.5")
    assert here("log").text.count("\n") == 1


def test_a_very_long_command_is_shortened(site: Path) -> None:
    here("set", CHAIN, "answer=" + "x" * 5000)
    assert len(here("log").text) < 400


def test_a_file_outside_of_any_site_has_no_history(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"---\ntitle: a\n---\n")
    assert here("set", str(tmp_path / "a.md"), "title=b").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the victim is a fork")
@pytest.mark.parametrize("command", [("log",), ("set", CHAIN, "score=3")])
def test_the_next_run_ends_what_a_killed_one_had_begun(
    site: Path, command: tuple[str, ...]
) -> None:
    _killed_between(site)
    run = process(*command, cwd=site)
    assert run.code == 0
    assert f"an interrupted run “qtauthor set {CHAIN} {SHIFTING} score=2” was finished" in run.err
    assert process("get", SHIFTING, "score", cwd=site).out == b"2.0\n"
    assert process("undo", cwd=site).code == 0


def _killed_between(site: Path) -> None:
    """Kill a change of two files when one of them is in place."""
    child = os.fork()
    if child == 0:
        original = syscalls.rename

        def rename(old: str, new: str) -> None:
            if new.endswith(SHIFTING):
                os.kill(os.getpid(), signal.SIGKILL)
            original(old, new)

        syscalls.rename = rename
        here("set", CHAIN, SHIFTING, "score=2")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) < 0
    assert (state(site) / "journal").exists()
