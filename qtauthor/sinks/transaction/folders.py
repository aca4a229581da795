"""Folders: made for new files, removed when their last file left, synced."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from qtauthor.sinks import syscalls
from qtauthor.sinks.transaction import file_names


def make(missing: Iterable[str], mode: int = 0o777) -> None:
    """Make folders, the outermost first."""
    for folder in missing:
        with suppress(FileExistsError):
            syscalls.mkdir(folder, mode)


def remove_empty(candidates: Iterable[str], keep: Iterable[str] = ()) -> None:
    """Remove those that are empty, the innermost first; none of ``keep`` nor what is above it."""
    kept = tuple(path.rstrip(os.sep) + os.sep for path in keep)
    for folder in sorted(set(candidates), key=len, reverse=True):
        if not any(path.startswith(folder + os.sep) for path in kept):
            with suppress(OSError):  # something is in it, and it stays
                syscalls.rmdir(folder)


def above(folders: Iterable[str]) -> set[str]:
    """The folders in which these have their names."""
    return {os.path.dirname(folder) for folder in folders}  # noqa: PTH120  paths are text here


def sync(touched: set[str]) -> None:
    """Let the names in these folders reach the disk."""
    if len(touched) > file_names.FEW and syscalls.SYNCS_AT_ONCE:
        syscalls.sync()
        return
    for folder in sorted(touched):
        with suppress(FileNotFoundError):
            syscalls.sync_folder(folder)


def clear(touched: Iterable[str], id_: str) -> None:
    """Remove the temporary files of the transaction ``id_``."""
    beginning = file_names.prefix(id_)
    for folder in set(touched):
        try:
            names = os.listdir(folder)  # noqa: PTH208  paths are text here
        except (FileNotFoundError, NotADirectoryError):
            continue
        for name in names:
            if name.startswith(beginning) and name.endswith(".tmp"):
                with suppress(FileNotFoundError):
                    syscalls.unlink(folder + os.sep + name)
