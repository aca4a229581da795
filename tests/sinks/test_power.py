"""A small share of the campaigns of torture, so that they stay able to run, and to fail."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.torture import cuts, errors, kills
from benchmarks.torture.disk import Choice, Disk, build, followed
from benchmarks.torture.scenes import SCENES, Stage
from qtauthor.files import state_folder
from qtauthor.sinks import syscalls

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="Linux tells the files")  # noqa: PTH112


@pytest.fixture(autouse=True)
def shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(state_folder.VARIABLE, "")  # the stages set it
    monkeypatch.setattr(cuts, "_STRIPES", cuts._CHOICES)
    monkeypatch.setattr(kills, "_STRIPES", 31)
    monkeypatch.setattr(errors, "_STRIPES", 31)


@pytest.mark.parametrize("choice", [0, pytest.param(4, marks=pytest.mark.slow)])
def test_a_power_cut_leaves_all_old_or_all_new(
    memory: Path, monkeypatch: pytest.MonkeyPatch, choice: int
) -> None:
    if choice == 0:
        monkeypatch.setattr(cuts, "_twice", lambda *_: None)  # that takes long
    figures, faults = cuts._run("commit", choice, memory / "stage")
    assert faults == []
    assert figures["cuts"] > 100
    assert min(figures["old"], figures["new"]) > 20


def test_what_is_not_synced_is_missed(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sync of folders the same cuts are not survived."""
    monkeypatch.setattr(cuts, "_twice", lambda *_: None)
    monkeypatch.setattr(syscalls, "sync_folder", lambda _: None)
    assert cuts._run("commit", 0, memory / "stage").faults


def test_parts_of_the_other_campaigns_run(memory: Path) -> None:
    killed = kills._run("feed", "all", 3, memory / "kills")
    failed = errors._each("commit", "EIO", True, 7, memory / "errors")
    for figures, faults in (killed, failed):
        assert faults == []
        assert figures
    assert killed.figures["kills"] == killed.figures["old"] + killed.figures["new"]


def test_the_disk_keeps_what_was_synced_and_perhaps_more(memory: Path) -> None:
    stage = Stage(memory / "stage", SCENES["commit"])
    disk = Disk(stage.base)
    path = str(stage.root / "new.txt")

    def found(number: int) -> bytes | None:
        build(memory / "after", disk.cut(Choice(number)))
        after = memory / "after/site/new.txt"
        return after.read_bytes() if after.exists() else None

    with followed(disk, lambda: None):
        handle = syscalls.create(path, 0o600)
        syscalls.write(handle, b"words")
        assert [found(Choice.WAYS.index(way)) for way in ("none", "all", "names")] == [
            None,
            b"words",
            b"",
        ]
        syscalls.fsync(handle)
        os.close(handle)
        assert found(Choice.WAYS.index("none")) is None
        syscalls.sync_folder(str(stage.root))
        assert found(Choice.WAYS.index("none")) == b"words"
