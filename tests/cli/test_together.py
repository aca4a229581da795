"""Interruptions, and several processes in one site."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from qtauthor.sinks import syscalls
from tests.cli.support import CHAIN, SHIFTING, here, start, tree
from tests.support.patience import PATIENCE


def test_an_interruption_in_the_middle_of_several_files_leaves_all_old(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site)
    original = syscalls.rename
    done: list[str] = []

    def interrupted(old: str, new: str) -> None:
        if done:
            monkeypatch.setattr(syscalls, "rename", original)
            raise KeyboardInterrupt
        original(old, new)
        done.extend([CHAIN] * new.endswith(CHAIN))

    monkeypatch.setattr(syscalls, "rename", interrupted)
    result = here("set", CHAIN, SHIFTING, "score=1")
    assert (result.code, result.out) == (130, b"")
    assert result.err.strip() == "interrupted; nothing was written"
    assert done == [CHAIN]
    assert tree(site) == before


def test_an_interruption_that_cannot_be_taken_back_says_what_is_written(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, done = syscalls.rename, list[str]()

    def interrupted(old: str, new: str) -> None:
        if len(done) == 1:
            done.append(new)
            raise KeyboardInterrupt
        if done:
            raise OSError(5, "Input/output error")
        original(old, new)
        done.extend([CHAIN] * new.endswith(CHAIN))

    with monkeypatch.context() as patch:
        patch.setattr(syscalls, "rename", interrupted)
        result = here("set", CHAIN, SHIFTING, "score=1")
    assert result.code == 130
    assert result.err.split("; ") == [
        "\ninterrupted",
        "it could not be taken back: Input/output error",
        "1 of 2 files is written",
        "mend that, then run any command in this site: it finishes the change\n",
    ]
    assert here("ls", "-q").code == 0
    scores = [here("get", name, "score").text.strip() for name in (CHAIN, SHIFTING)]
    assert scores == ["1.0", "1.0"]


def test_a_real_interruption_leaves_all_old_or_all_new(site: Path) -> None:
    names = []
    for number in range(300):
        name = f"content/learn/bicycles/n{number}.md"
        (site / name).write_bytes((site / CHAIN).read_bytes())
        names.append(name)
    before = tree(site)
    for delay in (0.25, 0.4, 0.6):
        running = start("set", *names, f"score={delay}", cwd=site)
        time.sleep(delay)
        running.send_signal(2)
        _, told = running.communicate(timeout=PATIENCE)
        after = tree(site)
        assert set(after) == set(before), "a temporary file is left"
        assert len({after[name] for name in names}) == 1
        if running.returncode == 130 and b"nothing was written" in told:
            assert after == before
        before = after


def test_ten_new_articles_at_once_get_ten_ids(site: Path) -> None:
    running = [
        start(
            "new", "--new-subject", "--subject", "Jazz", "--question", f"Number {number}?", cwd=site
        )
        for number in range(10)
    ]
    told = [process.communicate(timeout=PATIENCE) for process in running]
    assert [process.returncode for process in running] == [0] * 10, told
    paths = [out.decode().strip() for out, _ in told]
    ids = [int(here("get", path, "id").out) for path in paths]
    assert sorted(ids) == list(range(3056, 3066))
