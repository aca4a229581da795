"""The ways in which a system asks a process to end."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qtauthor.cli import interrupts
from qtauthor.cli.checking import fixing
from qtauthor.content.index.conditions.sql_guard import Guard
from qtauthor.operations.fixing.fix_all import Fixed
from tests.cli.support import here, process, start, tree

HANGS = 10.0


class Doomed:
    """What it raises in its last moment, nobody gets."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGTERM)


def in_sqlite() -> None:
    """Be interrupted where SQLite asks Python, and takes no exception for an answer."""
    connection = sqlite3.connect(":memory:")
    connection.set_authorizer(_interrupted)
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        connection.execute("SELECT 1")
    connection.close()
    time.sleep(HANGS)


def _interrupted(*_: object) -> int:
    signal.raise_signal(signal.SIGTERM)
    return sqlite3.SQLITE_OK


def in_a_finalizer() -> None:
    one = Doomed()
    del one
    time.sleep(HANGS)


def tidying() -> None:
    """Be interrupted, and fail now and then while that is being answered for."""
    try:
        signal.raise_signal(signal.SIGTERM)
    finally:
        for _ in range(10):
            try:
                time.sleep(0.02)
                raise OSError
            except OSError:
                time.sleep(0.02)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_process_that_is_asked_to_end_is_interrupted_as_by_ctrl_c(name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    asked = interrupts.Interrupts()
    with pytest.raises(KeyboardInterrupt), asked.heeded():
        signal.raise_signal(number)
    assert asked.heard
    assert signal.getsignal(number) is before


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interrupts.Interrupts().heeded():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("where", [in_sqlite, in_a_finalizer])
def test_an_interrupt_that_is_thrown_away_comes_again(where: Callable[[], None]) -> None:
    with pytest.raises(KeyboardInterrupt), interrupts.Interrupts().heeded():
        where()


def test_who_tidies_up_is_not_disturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupts, "_LATER", 0.02)
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), interrupts.Interrupts().heeded():
        tidying()
    assert time.monotonic() - begun > 0.4


def test_a_command_whose_database_swallows_the_interrupt_ends_all_the_same(
    flawed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = tree(flawed), Guard._authorize
    done: list[str] = []

    def interrupted(self: Guard, *what: object) -> int:
        if not done:
            done.append("")
            signal.raise_signal(signal.SIGTERM)
        return asked(self, *what)  # type: ignore[arg-type]

    def slowly(*what: object) -> Fixed:
        time.sleep(5)  # until it comes again, however busy the machine is
        return fixing_as_usual(*what)  # type: ignore[arg-type]

    fixing_as_usual = fixing.fixed
    monkeypatch.setattr(Guard, "_authorize", interrupted)
    monkeypatch.setattr(fixing, "fixed", slowly)
    monkeypatch.setattr(interrupts, "_SOON", 0.001)
    result = here("check", "--fix")
    assert (result.code, result.err) == (130, "\ninterrupted; nothing was written\n")
    assert tree(flawed) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_at_every_moment_all_is_fixed_or_nothing(flawed: Path, name: str) -> None:
    number = getattr(signal, name)
    before = tree(flawed)
    begun = time.perf_counter()
    assert process("check", "--fix", cwd=flawed).code == 1
    took, after = time.perf_counter() - begun, tree(flawed)
    ended = set()
    for moment in range(30):
        if tree(flawed) == after:
            assert process("undo", cwd=flawed).code == 0
        assert tree(flawed) == before
        with start("check", "--fix", cwd=flawed) as run:
            time.sleep(took * moment / 25)
            run.send_signal(number)
            _, told = run.communicate(timeout=HANGS)
        ended.add(run.returncode)
        is_done = run.returncode == 1 or b"fixed" in told or b"interrupted\n" in told
        assert tree(flawed) == (after if is_done else before)
    assert {130} <= ended <= {1, 130, -number}
