"""Where the files of a transaction are called what: the journal's, and the temporary ones."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from qtauthor.text import presence
from qtauthor.text.files import STATE_FOLDER

HISTORY = "history"
FEW = 200
"""So many files are synced one by one; for more of them the whole system is."""


class Home(NamedTuple):
    """The journal's names: while it is written, while its change is put in place, and while that is
    taken back. ``history`` is the folder of what was done, if that is kept."""

    part: str
    forward: str
    back: str
    history: str | None

    @property
    def pending(self) -> bool:
        """Whether a transaction was begun and not ended."""
        return any(map(presence.is_there, (self.forward, self.back, self.part)))


def of_site(root: Path) -> Home:
    """In the site's own folder; the history is kept."""
    folder = os.path.join(os.path.realpath(root), STATE_FOLDER)  # noqa: PTH118
    base = os.path.join(folder, "journal")  # noqa: PTH118
    return Home(base + ".part", base, base + ".back", os.path.join(folder, HISTORY))  # noqa: PTH118


def of_folder(root: Path, id_: str) -> Home:
    """Beside the files, for a folder that is no site: gone when the transaction ends."""
    base = f"{os.path.realpath(root)}{os.sep}.qtauthor-{id_}"
    return Home(f"{base}.part.tmp", f"{base}.tmp", f"{base}.back.tmp", None)


def temporary(folder: str, id_: str, number: int, kind: str = "") -> str:
    """A short name for the file of a transaction's change ``number``, fit for every system.

    Of kinds there are: the new content, ``o`` an old file that leaves, ``r`` what recovery writes.
    """
    return f"{folder}{os.sep}{prefix(id_)}{number:x}{kind}.tmp"


def prefix(id_: str) -> str:
    """What all temporary names of a transaction begin with."""
    return f".qtauthor-{id_}-"
