"""Where the files of a transaction are called what: the journal's, and the temporary ones."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from qtauthor.files import presence, state_folder
from qtauthor.files.private_folder import Folder, UntrustedError

HISTORY = "history"
FEW = 200
"""So many files are synced one by one; for more of them the whole system is."""


class Home(NamedTuple):
    """The journal's names: while it is written, while its change is put in place, and while that is
    taken back. ``folder`` is where a site's state is; ``history`` the folder in it of what was
    done, if that is kept."""

    part: str
    forward: str
    back: str
    folder: Folder | None = None

    @property
    def history(self) -> str | None:
        """Also where it is not there yet; ``None`` where what is there is not believed."""
        if self.folder is None:
            return None
        with suppress(FileNotFoundError):
            try:
                self.folder.below(HISTORY).check()
            except UntrustedError:
                return None
        return self.folder.entry(HISTORY)

    def check(self) -> None:
        """Raises ``SiteError`` with ``unusable-state`` where no history can be kept."""
        if self.folder is not None and self.history is None:
            try:
                self.folder.below(HISTORY).check()
            except OSError as error:
                raise state_folder.refused(error, self.folder.path) from error

    @property
    def pending(self) -> bool:
        """Whether a transaction was begun and not ended."""
        return any(map(presence.is_there, (self.forward, self.back, self.part)))


def of_site(root: Path) -> Home:
    """In the folder for the site's state; the history is kept.

    Raises ``SiteError`` with ``unusable-state`` where there can be no such folder.
    """
    return _in(state_folder.of(root))


def is_pending(root: Path) -> bool:
    """Whether a transaction was begun in a site and not ended, as far as that is to be believed."""
    folder = state_folder.found(root)
    return folder is not None and _in(folder).pending


def _in(folder: Folder) -> Home:
    base = folder.entry("journal")
    return Home(base + ".part", base, base + ".back", folder)


def of_folder(root: Path, id_: str) -> Home:
    """Beside the files, for a folder that is no site: gone when the transaction ends."""
    base = f"{os.path.realpath(root)}{os.sep}.qtauthor-{id_}"
    return Home(f"{base}.part.tmp", f"{base}.tmp", f"{base}.back.tmp")


def temporary(folder: str, id_: str, number: int, kind: str = "") -> str:
    """A short name for the file of a transaction's change ``number``, fit for every system.

    Of kinds there are: the new content, ``o`` an old file that leaves, ``r`` what recovery writes.
    """
    return f"{folder}{os.sep}{prefix(id_)}{number:x}{kind}.tmp"


def prefix(id_: str) -> str:
    """What all temporary names of a transaction begin with."""
    return f".qtauthor-{id_}-"
