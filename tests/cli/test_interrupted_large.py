"""Ctrl-C while processes are busy with articles that each take long: nobody waits for them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import kinds
from qtauthor.operations import process_pool
from tests.cli.support import environment, tree
from tests.support.state import state

SIZE, COUNT = 800_000, 6
"""Each article takes some seconds, and there are more of them than processes."""
PATIENCE = 20.0
"""Seconds on a machine that has other work, too; all articles would take longer."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not process_pool.FORKS, reason="/proc tells of the processes that are at work"
    ),
]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large")
    (root / "qtauthor.toml").write_text("")
    folder = root / "content/learn/bread-baking"
    folder.mkdir(parents=True)
    data = kinds.article("list of mappings", SIZE)
    for number in range(1, COUNT + 1):
        own = data.replace(b"\nid: 1\n", f"\nid: {number}\n".encode())
        (folder / f"a{number}.md").write_bytes(own)
    return root


@pytest.mark.parametrize(
    ("words", "jobs"),
    [
        ("check", 1),
        ("check --fix --unsafe-fixes", 1),
        ("set --all author=Other --jobs 1", 1),
        ("set --all author=Other --jobs 2", 2),
    ],
)
def test_an_interrupt_ends_all_at_once_and_leaves_nothing(
    words: str, jobs: int, large: Path
) -> None:
    before = tree(large)
    child = subprocess.Popen(
        [sys.executable, "-m", "qtauthor", *words.split()],
        cwd=large,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _await_work(child, jobs)
        os.killpg(child.pid, signal.SIGINT)
        told = child.communicate(timeout=PATIENCE)
        assert child.returncode == 130, told
        assert b"Traceback" not in told[0] + told[1]
        with pytest.raises(ProcessLookupError):
            os.killpg(child.pid, 0)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
    assert tree(large) == before
    assert [path.name for path in state(large).rglob("journal*")] == []


def _await_work(child: subprocess.Popen[bytes], jobs: int) -> None:
    """Wait until the processes are there and have computed for a while."""
    while child.poll() is None:
        group = [child.pid, *_children(child.pid)]
        busy = [pid for pid in group if _seconds(pid) > (0.5 if pid != child.pid else 1.0)]
        if len(group) > jobs >= 2 and len(busy) > 1:
            return
        if jobs == 1 and busy:
            return
        time.sleep(0.05)
    pytest.fail(f"ended too early: {child.communicate()}")


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
