"""End a transaction that was begun: by going on, or by going back.

Which of both is decided by the name that the journal has. While it is still being written, nothing
has been put in place; when it has its own name, all new contents are on the disk; when it is called
``journal.back``, something failed while they were put in place.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from qtauthor.errors import QtauthorError
from qtauthor.files import presence
from qtauthor.files.private_folder import Folder
from qtauthor.sinks import outcome, syscalls
from qtauthor.sinks.real_paths import Places
from qtauthor.sinks.transaction import file_names, folders
from qtauthor.sinks.transaction.file_names import Home
from qtauthor.sinks.transaction.journal import (
    FOLDER,
    MADE,
    Filing,
    Journal,
    JournalHeader,
    damaged,
)
from qtauthor.sinks.transaction.roll import settle


class Recovered(NamedTuple):
    """What became of a change that an earlier run had begun; ``left`` are files that someone else
    has written since, and that stay as they are; of a ``damaged`` record, where it is now."""

    how: Literal["finished", "taken back", "damaged"]
    label: str = ""
    left: tuple[str, ...] = ()


def recover(root: Path, where: Home | None = None) -> Recovered | None:
    """End what was begun in a site, whose lock is held.

    Raises ``SiteError`` with ``cannot-write``; then it can be tried again.
    """
    where = where or file_names.of_site(root)
    try:
        if where.pending:
            return _recover(where, Places(root))
        if where.folder is not None:  # a power cut may have left an entry and not its journal
            _sweep(where.folder.below(file_names.HISTORY))
        return None
    except OSError as error:
        raise outcome.stuck(root, where, error) from error


def _recover(where: Home, places: Places) -> Recovered:
    back = presence.is_there(where.back)
    if not back and not presence.is_there(where.forward):
        return _discard(where, places)
    path = where.back if back else where.forward
    try:
        journal = Journal(path)
        _refuse_links(journal, places)
        left = settle(journal, places, back=back)
    except QtauthorError:
        syscalls.rename(path, f"{path}.damaged")
        return Recovered("damaged", left=(f"{path}.damaged",))
    touched, made = (_absolute(journal, kind, places) for kind in (FOLDER, MADE))
    folders.clear(touched, journal.header.id)
    if back:
        folders.remove_empty(made)
        _sync(touched, made)
        unfile(where, journal.header.filing)
    else:
        remove_emptied(journal.header, touched, places)
        _sync(touched, made)
        file(where, journal.header.filing)
    end(where, None if back else journal.header.filing)
    return Recovered("taken back" if back else "finished", journal.header.label, tuple(left))


def _discard(where: Home, places: Places) -> Recovered:
    """Remove what was made ready: no file of the site has changed."""
    header: JournalHeader | None = None
    with suppress(QtauthorError):
        journal = Journal(where.part)
        header = journal.header
        touched, made = (
            [places.absolute(path) for path in journal.folders(kind) if places.is_real(path)]
            for kind in (FOLDER, MADE)
        )
        folders.clear(touched, header.id)
        folders.remove_empty(made)
        _sync(touched, made)
    end(where, None)
    return Recovered("taken back", header.label if header else "")


def _sync(touched: Iterable[str], made: Iterable[str]) -> None:
    """Let the names in all folders that had to do with it reach the disk: only then the journal may
    go, which knows of them."""
    folders.sync({*touched, *folders.above(touched), *folders.above(made)})


def _sweep(entries: Folder) -> None:
    """Remove what a change that was never made has left in the history."""
    if entries.is_usable:
        for name in os.listdir(entries.path):  # noqa: PTH208  paths are text here
            if name.endswith(".new"):
                _remove(entries.entry(name))


def _refuse_links(journal: Journal, places: Places) -> None:
    """Raise for what would lead elsewhere now: a folder of its paths that has become a link."""
    found = {*journal.folders(FOLDER), *journal.folders(MADE), *journal.header.emptied}
    for record in journal.records():
        found |= {os.fsdecode(name) for name in (record.at, record.to_at) if name}
    if not all(map(places.is_real, found)):
        raise damaged(journal.path)


def _absolute(journal: Journal, kind: bytes, places: Places) -> list[str]:
    return [places.absolute(path) for path in journal.folders(kind)]


def remove_emptied(header: JournalHeader, left: Iterable[str], places: Places) -> None:
    """Remove the folders whose last file left: a site lists its folders as subjects."""
    emptied = {*left, *map(places.absolute, header.emptied)}
    folders.remove_empty(emptied, (places.top, places.absolute(header.keep)))


def file(where: Home, filing: Filing | None) -> None:
    """Note in the history that the change was made. From here on it is."""
    _rename_entry(where, filing.old if filing else "", filing.new if filing else "")


def unfile(where: Home, filing: Filing | None) -> None:
    """The inverse of ``file``."""
    _rename_entry(where, filing.new if filing else "", filing.old if filing else "")


def _rename_entry(where: Home, old: str, new: str) -> None:
    if where.history is None or not presence.is_there(os.path.join(where.history, old)):  # noqa: PTH118  paths are text here
        return
    if old:
        syscalls.rename(os.path.join(where.history, old), os.path.join(where.history, new))  # noqa: PTH118  paths are text here
        syscalls.sync_folder(where.history)


def end(where: Home, filing: Filing | None) -> None:
    """Let go of what only the transaction needed; the journal goes last."""
    if where.history is not None:
        with suppress(FileNotFoundError):
            gone = [
                name
                for name in os.listdir(where.history)  # noqa: PTH208  paths are text here
                if name.endswith(".new") or (filing and name in filing.dropped)
            ]
            for name in gone:
                _remove(os.path.join(where.history, name))  # noqa: PTH118  paths are text here
            if gone:
                syscalls.sync_folder(where.history)
    for path in (where.part, where.back, where.forward):
        _remove(path)


def _remove(path: str) -> None:
    with suppress(FileNotFoundError):
        if presence.is_there(path):
            syscalls.unlink(path)
