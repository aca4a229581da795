"""What is said of state that is not used: it is named once, and not obeyed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from qtauthor.errors import SiteError
from qtauthor.files import presence, state_folder
from qtauthor.files.private_folder import Folder, UntrustedError

_FORMER = ".qtauthor"
_FORMER_STATE = ("journal", "history", "index.sqlite", "reserved-ids", "drafts", "lock")
_FILES = (
    "journal",
    "journal.back",
    "journal.part",
    "index.sqlite",
    "index.sqlite-wal",
    "index.sqlite-shm",
    "index.sqlite-journal",
    "reserved-ids",
)
_FOLDERS = ("history", "drafts", "rules")


def remarks(root: str | Path) -> Iterator[str]:
    """A line for each thing that looks like the state of this site and is not believed."""
    former = os.path.join(root, _FORMER)  # noqa: PTH118  paths are text here
    if _looks_like_state(former):
        yield (
            f"{former} is not used: what comes with a repository is not believed; remove it if it"
            " is of an older qtauthor"
        )
    try:
        folder = state_folder.of(root)
        folder.check()
    except UntrustedError as error:
        yield f"{error.filename} is not used: {error.strerror}"
    except SiteError as error:
        yield error.message
    except OSError:  # there is none yet
        return
    else:
        yield from _inside(folder)


def _looks_like_state(former: str) -> bool:
    try:
        if presence.is_link(former):
            return True
        names = os.listdir(former)  # noqa: PTH208  paths are text here
    except (OSError, SiteError):
        return False
    return any(name.startswith(_FORMER_STATE) for name in names)


def _inside(folder: Folder) -> Iterator[str]:
    for name in _FILES:
        why = folder.problem(name)
        if why:
            yield f"{folder.entry(name)} is not used: {why}"
    for name in _FOLDERS:
        try:
            folder.below(name).check()
        except UntrustedError as error:
            yield f"{error.filename} is not used: {error.strerror}"
        except OSError:
            continue
    yield from _index(folder)


def _index(folder: Folder) -> Iterator[str]:
    from qtauthor.content.index.storage import file_mark

    place = folder.entry(file_mark.NAME)
    try:
        if file_mark.is_foreign(place):
            yield f"{place} is not used: it is a database of another program"
    except OSError:  # there is none, or it was named already
        return
