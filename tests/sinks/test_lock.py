"""One writer a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.errors import Code, SiteError
from qtauthor.sinks.lock import locked, state_folder


def test_a_second_writer_waits_and_then_gives_up_with_what_to_do(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(SiteError) as caught, locked(tmp_path, timeout=0.1):
        pass
    assert caught.value.code == Code.LOCKED
    assert "wait" in caught.value.remedy


def test_the_lock_is_free_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path, timeout=0.1):
        pass


def test_git_ignores_the_folder_by_its_own_file(tmp_path: Path) -> None:
    assert (state_folder(tmp_path) / ".gitignore").read_text() == "*\n"
    (tmp_path / ".qtauthor/.gitignore").write_text("mine\n")
    assert (state_folder(tmp_path) / ".gitignore").read_text() == "mine\n"


@pytest.mark.parametrize("obstacle", ["a file", "a folder in place of the lock"])
def test_what_stands_in_the_way_of_the_lock_is_named(tmp_path: Path, obstacle: str) -> None:
    if obstacle == "a file":
        (tmp_path / ".qtauthor").touch()
    else:
        (tmp_path / ".qtauthor/lock").mkdir(parents=True)
    with pytest.raises(SiteError) as caught, locked(tmp_path, timeout=0.1):
        pass
    assert caught.value.code == Code.CANNOT_WRITE
    assert ".qtauthor" in caught.value.message
    assert caught.value.remedy
