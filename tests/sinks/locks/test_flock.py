"""The lock of a folder: on file systems that know none, that do not answer, and at an interrupt."""

from __future__ import annotations

import errno
import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from qtauthor.errors import Code, SiteError
from qtauthor.files.private_folder import Folder
from qtauthor.sinks.locks import flock as holding
from qtauthor.sinks.locks.site_lock import locked
from tests.sinks.killing import in_a_fork
from tests.support.state import made, state

fcntl = pytest.importorskip("fcntl")
FLOCK = fcntl.flock


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    return root


def is_free(site: Path) -> bool:
    try:
        with locked(site, timeout=0):
            return True
    except SiteError as error:
        assert error.code is Code.LOCKED
        return False


def failing_for_folders(number: int) -> Callable[[int, int], None]:
    def flock(handle: int, how: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112
            raise OSError(number, os.strerror(number))
        FLOCK(handle, how)

    return flock


def failing(number: int) -> Callable[[int, int], None]:
    def flock(_handle: int, _how: int) -> None:
        raise OSError(number, os.strerror(number))

    return flock


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="which handle it is shows in /proc")
@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, errno.EINVAL])
def test_where_a_folder_cannot_be_locked_a_file_of_the_users_is(
    site: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(fcntl, "flock", failing_for_folders(number))
    with locked(site):
        assert (state(site) / holding.NAME).is_file()
        assert not is_free(site)
        assert in_a_fork(lambda: os._exit(0 if is_free(site) else 3)) == 3
    assert is_free(site)
    assert list(site.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK, errno.EIO])
def test_where_nothing_can_be_locked_nothing_is_written(
    site: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(fcntl, "flock", failing(number))
    with pytest.raises(SiteError) as caught, locked(site):
        pass
    assert caught.value.code is Code.CANNOT_WRITE
    assert "cannot be locked" in caught.value.message
    assert os.strerror(number) in caught.value.message
    assert str(site) in caught.value.message
    assert "disk of this machine" in caught.value.remedy


@pytest.mark.parametrize("timeout", [0, 0.1])
def test_a_file_system_that_never_answers_does_not_hang_the_command(
    site: Path, monkeypatch: pytest.MonkeyPatch, timeout: float
) -> None:
    answer = threading.Event()

    def flock(handle: int, how: int) -> None:
        assert answer.wait(30)
        FLOCK(handle, how)

    monkeypatch.setattr(holding, "ANSWER", 0.1)
    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(SiteError) as caught, locked(site, timeout=timeout):
        pass
    assert caught.value.code is Code.CANNOT_WRITE
    assert "does not answer" in caught.value.message
    answer.set()
    for thread in threading.enumerate():
        if thread.name == "lock":
            thread.join()
    assert is_free(site)  # an answer that comes too late takes nothing


def test_two_processes_exclude_each_other_whatever_their_state_folders(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As two users do, or a container and its host."""

    def other() -> None:
        monkeypatch.setenv("QTAUTHOR_STATE_DIR", str(tmp_path / "of another"))
        os._exit(0 if is_free(site) else 3)

    with locked(site):
        assert in_a_fork(other) == 3
    assert in_a_fork(other) == 0


def test_another_name_of_the_folder_has_the_same_lock(site: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site)
    with locked(site):
        assert not is_free(tmp_path / "link")


def test_a_lock_ends_with_its_process(site: Path) -> None:
    def victim() -> None:
        with locked(site):
            os.kill(os.getpid(), 9)

    assert in_a_fork(victim) == -9
    assert is_free(site)


def test_a_fork_keeps_the_lock_until_it_ends(site: Path) -> None:
    """If the first process is killed, no other one begins before the last of its own is gone."""
    reading, writing = os.pipe()

    def victim() -> None:
        with locked(site):
            if os.fork() == 0:
                os.close(writing)
                os.read(reading, 1)
                os._exit(0)
            os.kill(os.getpid(), 9)

    assert in_a_fork(victim) == -9
    assert not is_free(site)
    os.close(reading)
    os.close(writing)


def test_a_release_counts_although_a_fork_is_not_gone(site: Path) -> None:
    reading, writing = os.pipe()
    with locked(site):
        child = os.fork()
        if child == 0:
            os.close(writing)
            os.read(reading, 1)
            os._exit(0)
    assert is_free(site)
    os.close(writing)
    os.close(reading)
    os.waitpid(child, 0)


def _callers(frame: FrameType | None) -> Iterator[CodeType]:
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


def interrupted_at(count: int, act: Callable[[], None]) -> bool:
    """Raise an interrupt at the so many-th line that the lock's modules run on this thread."""
    left = count

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_name == "__del__":  # there nobody can catch it, and Python drops it
            return None
        if not frame.f_code.co_filename.endswith(("holding.py", "lock.py")):
            return None
        if any(one.co_name == "__del__" for one in _callers(frame)):
            return None
        if event in ("line", "call", "return"):
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        act()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(None)
    return False


@pytest.mark.parametrize("busy", [False, True], ids=["free", "waited for"])
def test_an_interrupt_at_any_line_leaves_no_lock_and_says_nothing(
    site: Path, capsys: pytest.CaptureFixture[str], busy: bool
) -> None:
    made(site)
    folder = Folder(str(state(site)))

    def act() -> None:
        with locked(site, timeout=0.01 if busy else 5):
            pass

    count = 0
    while True:
        count += 1
        other = holding.hold(str(site), folder, 5) if busy else None
        try:
            struck = interrupted_at(count, act)
        except SiteError:
            struck = False
        if other is not None:
            other.release()
        assert is_free(site) or (gc.collect() and is_free(site)), count
        if not struck:
            break
    assert count > 30
    assert capsys.readouterr().err == ""
