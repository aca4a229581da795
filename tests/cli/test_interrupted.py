"""Edits of many articles that are ended from outside: all is as it was, or all is done."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qtauthor.operations import process_pool
from qtauthor.sinks.transaction import parallel_placement
from tests.cli.support import CHAIN, DEMO, environment, here, process, tree
from tests.support.patience import PATIENCE
from tests.support.state import state

COUNT = parallel_placement.WORTH_IT + 200
MEMORY = Path("/dev/shm")  # noqa: S108  a folder in memory, where there is one

pytestmark = pytest.mark.skipif(not process_pool.FORKS, reason="one process does it all here")


@pytest.fixture(scope="module")
def large() -> Iterator[Path]:
    """A site with so many articles that several processes edit and write them."""
    memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as name:
        root = Path(name) / "site"
        article = (DEMO / CHAIN).read_bytes()
        for number in range(COUNT):
            path = root / f"content/learn/subject-{number % 7}/question-{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(article)
        yield root


@pytest.fixture
def running(large: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that are begun here are ended here."""
    begun: list[subprocess.Popen[bytes]] = []
    yield begun
    for one in begun:
        if one.poll() is None:
            os.killpg(one.pid, signal.SIGKILL)
        one.communicate()


def begin(root: Path, author: str) -> subprocess.Popen[bytes]:
    """An edit of all articles, in a process group of its own, that has begun to write."""
    command = [sys.executable, "-m", "qtauthor", "set", "--all", f"author={author}", "--jobs", "2"]
    child = subprocess.Popen(
        command,
        cwd=root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    part = state(root) / "journal.part"
    while not part.exists() and child.poll() is None:
        time.sleep(0.001)
    return child


def leftovers(root: Path) -> list[str]:
    names = [path.name for path in root.rglob("*")]
    return [name for name in names if name.endswith(".tmp") or name.startswith("journal")]


def members(group: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, IndexError):
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(entry.name))
    return found


@pytest.mark.parametrize(
    ("name", "whole_group"),
    [("SIGINT", True), ("SIGINT", False), ("SIGTERM", False), ("SIGTERM", True)],
)
def test_an_edit_that_is_interrupted_leaves_everything_and_says_so(
    large: Path, running: list[subprocess.Popen[bytes]], name: str, *, whole_group: bool
) -> None:
    before = tree(large)
    child = begin(large, "Interrupted")
    running.append(child)
    time.sleep(0.1)
    number = getattr(signal, name)
    os.killpg(child.pid, number) if whole_group else os.kill(child.pid, number)
    err = child.communicate(timeout=PATIENCE)[1].decode()
    assert (child.returncode, err) == (130, "\ninterrupted; nothing was written\n")
    assert members(child.pid) == []
    assert tree(large) == before
    assert leftovers(large) == []
    assert process("log", cwd=large).text == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize(
    "rounds", [2, pytest.param(25, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_an_edit_that_is_ended_at_any_time_is_done_or_not(
    large: Path, running: list[subprocess.Popen[bytes]], number: signal.Signals, rounds: int
) -> None:
    start = time.perf_counter()
    begin(large, "First").communicate()
    whole = time.perf_counter() - start
    author = "First"
    for turn in range(rounds):
        child = begin(large, f"Turn{turn}")
        running.append(child)
        time.sleep(random.Random(turn).uniform(0, 0.9) * whole)
        os.kill(child.pid, number)
        err = child.communicate(timeout=PATIENCE)[1].decode()
        process("log", cwd=large)  # ends what was begun
        (now,) = {data.split(b"\nauthor: ")[1].split(b"\n")[0] for data in tree(large).values()}
        assert now.decode() in (author, f"Turn{turn}")
        if number == signal.SIGINT:
            assert ("nothing was written" in err) is (now.decode() == author)
        author = now.decode()
        assert members(child.pid) == []
        assert leftovers(large) == []
    shutil.rmtree(state(large))


def test_a_worker_that_is_killed_ends_the_edit_and_leaves_everything(
    large: Path, running: list[subprocess.Popen[bytes]]
) -> None:
    before = tree(large)
    child = begin(large, "Killed")
    running.append(child)
    while len(members(child.pid)) < 2 and child.poll() is None:
        time.sleep(0.001)
    os.kill(max(members(child.pid)), signal.SIGKILL)
    err = child.communicate(timeout=PATIENCE)[1].decode()
    assert child.returncode == 2
    assert "[stopped-process]" in err
    assert tree(large) == before
    assert leftovers(large) == []


def test_the_number_of_processes_shows_in_no_file(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(large)
    before = tree(large)
    kept = []
    for jobs in ("1", "3"):
        done = here("set", "--all", "author=Same", "score=7", "--jobs", jobs)
        entry = max((state(large) / "history").iterdir())
        edits = entry.read_bytes().partition(b"\xa6modify")[2]
        kept.append((done, tree(large), edits))
        assert here("undo").code == 0
        assert tree(large) == before
        (state(large) / "history" / f"{entry.name}.undone").unlink()
    assert kept[0] == kept[1]
    assert len(kept[0][2]) > 100 * COUNT


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_cannot_be_written_stops_everything(
    large: Path, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    monkeypatch.chdir(large)
    before = tree(large)
    closed = large / "content/learn/subject-3/question-1018.md"
    closed.chmod(0o444)
    try:
        done = here("set", "--all", "author=No", "--jobs", jobs, "--keep-going")
    finally:
        closed.chmod(0o644)
    assert done.code == 2
    assert "question-1018.md: error: the file cannot be written: it is read-only" in done.err
    assert tree(large) == before
    assert leftovers(large) == []
