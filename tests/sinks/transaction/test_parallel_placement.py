"""Files put in place by several processes: all of them once, and failures are this one's own."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from qtauthor.sinks.transaction import parallel_placement
from qtauthor.sinks.transaction.prepare import Replaced

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="one process does it all here")


@pytest.fixture
def items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Replaced]:
    monkeypatch.setattr(parallel_placement, "WORTH_IT", 10)
    found = []
    for number in range(20):
        fresh = tmp_path / f"{number}.tmp"
        fresh.write_text(str(number))
        found.append(Replaced(f"{number}", str(tmp_path / f"{number}"), (0, 0, 0, 0), str(fresh)))
    return found


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are started."""
    started: list[int] = []
    fork = os.fork

    def remembered() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", remembered)
    return started


def assert_ended(processes: list[int]) -> None:
    assert processes
    for process in processes:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def put(item: Replaced) -> None:
    Path(item.fresh).rename(item.target)


def pending(items: list[Replaced]) -> list[str]:
    return [item.path for item in items if os.path.lexists(item.fresh)]


@pytest.mark.parametrize("jobs", [1, 2, 3, 20, 50])
def test_every_file_is_put_in_place_once(items: list[Replaced], jobs: int) -> None:
    parallel_placement.put_all(items, put, jobs)
    assert [Path(item.target).read_text() for item in items] == [item.path for item in items]
    assert pending(items) == []
    parallel_placement.put_all([], put, jobs)


@pytest.mark.parametrize("at", ["3", "12", "19"])
def test_a_failure_in_any_process_is_raised_here(
    items: list[Replaced], forked: list[int], at: str
) -> None:
    def fails(item: Replaced) -> None:
        if item.path == at:
            raise OSError(5, "Input/output error", at)
        put(item)

    with pytest.raises(OSError, match="Input/output"):
        parallel_placement.put_all(items, fails, 3)
    assert at in pending(items)
    assert_ended(forked)


def test_what_a_killed_process_left_is_done_here(items: list[Replaced]) -> None:
    parent = os.getpid()

    def dies(item: Replaced) -> None:
        if item.path == "15" and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        put(item)

    parallel_placement.put_all(items, dies, 2)
    assert pending(items) == []


def test_an_interrupt_ends_the_others_first(items: list[Replaced], forked: list[int]) -> None:
    parent = os.getpid()

    def waits(item: Replaced) -> None:
        if os.getpid() != parent:
            time.sleep(30)
        if item.path == "2":
            raise KeyboardInterrupt
        put(item)

    with pytest.raises(KeyboardInterrupt):
        parallel_placement.put_all(items, waits, 3)
    assert_ended(forked)
    assert len(pending(items)) == 18
