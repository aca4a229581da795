"""Ids that were given out and stand in no file yet, so that nobody else gets them.

What is kept is the largest of them, as text, in the site's state. Whoever reads it to take more
holds the site's lock.
"""

from __future__ import annotations

from pathlib import Path

from qtauthor.errors import Code, SiteError
from qtauthor.files import state_folder
from qtauthor.files.private_folder import UntrustedError

NAME = "reserved-ids"


def reserved(root: Path) -> int:
    """The largest id that was given out; 0 if none was."""
    folder = state_folder.found(root)
    if folder is None:
        return 0
    try:
        text = folder.read(NAME).decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return 0
    return int(text) if text.isdigit() and len(text) < 19 else 0


def reserve(root: Path, last: int) -> None:
    """Note that all ids up to ``last`` are given out.

    Raises ``SiteError``: ``unusable-state``, ``cannot-write``.
    """
    folder = state_folder.made(root)
    try:
        folder.write(NAME, f"{max(last, reserved(root))}\n".encode(), synced=True)
    except UntrustedError as error:
        raise state_folder.refused(error, folder.path) from error
    except OSError as error:
        raise SiteError(
            Code.CANNOT_WRITE,
            f"the ids cannot be reserved: {error.strerror or error}",
            excerpt=folder.entry(NAME),
            remedy="no id was given out; make the folder for the site's state writable",
        ) from error
