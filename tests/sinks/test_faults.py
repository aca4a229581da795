"""Whatever fails and whenever the process ends: all old or all new, and nothing left over."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from qtauthor.errors import Code, QtauthorError
from qtauthor.sinks import syscalls
from qtauthor.sinks.history import stored_entries
from qtauthor.sinks.locks import site_lock
from tests.sinks import bulk, scenes
from tests.sinks.faults import failing, faults
from tests.support.state import state

PROJECT = Path(__file__).parents[2]


def python(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def killed(folder: Path, scene: str, stride: int = 1) -> dict[str, Any]:
    process = python("tests.sinks.killing", folder, scene, stride)
    out, err = process.communicate()
    assert process.returncode == 0, err.decode()
    found: dict[str, Any] = json.loads(out)
    assert found["wrong"] == []
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the victims are forks")
@pytest.mark.parametrize("scene", ["commit", "undo", "force"])
def test_a_process_killed_at_any_call_leaves_all_old_or_all_new(memory: Path, scene: str) -> None:
    found = killed(memory, scene)
    assert found["places"] > 90
    assert min(found["sides"].values()) > 20
    assert set(found["sides"]) == {"old", "new"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the victims are forks")
@pytest.mark.parametrize(
    "stride", [23, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"]
)
@pytest.mark.parametrize("scene", ["recovery", "rollback"])
def test_what_mends_may_be_killed_itself(memory: Path, scene: str, stride: int) -> None:
    found = killed(memory, scene, stride)
    assert found["places"] > 1000 / stride
    assert set(found["sides"]) <= {"old", "new"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_call_that_fails_leaves_all_old_and_the_file_is_named(memory: Path, number: int) -> None:
    model, root = memory / "model", memory / "site"
    scenes.build(model)
    before = scenes.tree(model)
    struck: list[str] = []
    for at in range(1, 1000):
        shutil.copytree(model, root)
        with faults(at, failing(OSError(number, os.strerror(number)))) as found:
            try:
                scenes.commit(root, scenes.everything())
            except QtauthorError as error:
                assert error.code is Code.CANNOT_WRITE
                assert error.where.path
                assert os.strerror(number) in error.message
                assert scenes.tree(root) == before, (at, found.struck)
                assert stored_entries.entries(root) == []
            else:
                _assert_made(root, before, found.struck)
        assert scenes.leftovers(root) == [] or (found.struck, at) == ("unlink", len(found.names))
        for folder in (root, state(root)):
            shutil.rmtree(folder)
        if not found.struck:
            break
        struck.append(found.struck)
    assert len(struck) > 100
    assert set(syscalls.CALLS) - set(struck) <= {"chown", "set_attribute", "sync"}


def _assert_made(root: Path, before: object, struck: str) -> None:
    """A failure that comes too late, or does no harm, is none: the change is made."""
    assert struck in ("", "rmdir", "unlink", "link", "fsync")
    assert scenes.tree(root) != before
    assert len(stored_entries.entries(root)) == 1


@pytest.mark.parametrize(
    ("files", "rounds"),
    [(300, 6), pytest.param(3000, 30, marks=pytest.mark.slow)],
    ids=["a few", "many"],
)
def test_a_process_killed_at_any_time_leaves_all_old_or_all_new(
    memory: Path, files: int, rounds: int
) -> None:
    bulk.build(memory, files)
    names = {bulk.name(number) for number in range(files)}
    now, whole, stopped = 1, _until_killed(memory, files, 0, None), 0
    for turn in count():
        if turn >= rounds and stopped:
            break
        whole *= 1 if turn < rounds else 0.5  # the first run was slower than those after it
        _until_killed(memory, files, now, random.Random(turn).uniform(0, 1.1) * whole)
        with site_lock.locked(memory):
            pass
        (one,) = {(memory / path).read_bytes() for path in names}
        assert one in (scenes.body(now), scenes.body(now + 1))
        stopped += one == scenes.body(now)
        now += one != scenes.body(now)
        assert {path for path in scenes.tree(memory) if path.endswith((".md", ".tmp"))} == names
        assert scenes.leftovers(memory) == []
        assert len(stored_entries.entries(memory)) == now


def _until_killed(root: Path, files: int, now: int, after: float | None) -> float:
    """Change all files; kill the process ``after`` so many seconds. Gives how many it was busy."""
    process = python("tests.sinks.bulk", root, files, now, now + 1)
    assert process.stdout is not None
    assert process.stdout.readline() == b"go\n"
    start = time.perf_counter()
    if after is not None:
        time.sleep(after)
        process.kill()
    _, err = process.communicate()
    assert after is not None or process.returncode == 0, err.decode()
    return time.perf_counter() - start


def test_two_processes_at_once_change_the_same_files_one_after_the_other(tmp_path: Path) -> None:
    bulk.build(tmp_path, 50)
    running = [python("tests.sinks.bulk", tmp_path, 50, 0, new) for new in (1, 2)]
    told = [process.communicate()[1] for process in running]
    codes = [process.returncode for process in running]
    assert sorted(codes) == [0, 1]
    assert b"changed-since" in told[codes.index(1)]
    (one,) = {(tmp_path / bulk.name(number)).read_bytes() for number in range(50)}
    assert one == scenes.body(codes.index(0) + 1)
