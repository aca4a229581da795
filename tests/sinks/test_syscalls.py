"""What the calls that write do beyond one call of the system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qtauthor.sinks import syscalls


def test_all_is_written_though_the_system_takes_a_little_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: original(handle, data[:7]))
    syscalls.write_new(str(tmp_path / "a"), b"0123456789" * 10, synced=True)
    assert (tmp_path / "a").read_bytes() == b"0123456789" * 10


@pytest.mark.parametrize("size", [0, 50, 100, 200])
def test_all_is_read_whatever_the_size_was(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert len(syscalls.read(str(tmp_path / "a"), size)) == 100


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(FileExistsError):
        syscalls.create(str(tmp_path / "a"), 0o666)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="the system has no attributes of files")
def test_attributes_are_kept(tmp_path: Path) -> None:
    model = tmp_path / "a"
    model.touch()
    try:
        os.setxattr(model, "user.note", b"mine")
    except OSError:
        pytest.skip("this file system keeps no attributes")
    like = str(model), model.stat()
    syscalls.write_new(str(tmp_path / "b"), b"", synced=False, like=like)
    assert os.getxattr(tmp_path / "b", "user.note") == b"mine"


def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_handle: int) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(syscalls, "fsync", refused)
    syscalls.sync_folder(str(tmp_path))
