"""Records of changes that no program of ours would write, and a place to lose something in."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterable
from pathlib import Path

from qtauthor.changes.change import digest
from qtauthor.sinks.transaction.journal import (
    FOLDER,
    MADE,
    Filing,
    JournalHeader,
    JournalRecord,
    Writer,
    encoded,
)
from tests.cli.support import CHAIN

ID = "1234abcd"
TIME = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
KEYS = "../home/.ssh/authorized_keys"
HOOK = ".git/hooks/post-checkout"
OURS = b"ssh-ed25519 of the user\n"
THEIRS = b"#!/bin/sh\nssh-ed25519 of the attacker\n"


def create(at: str, *, content: bytes = THEIRS, mode: int = 0o100755) -> JournalRecord:
    """A new file, which may be executed."""
    name = at.encode()
    return JournalRecord("create", name, b"", name, b"", "", "", (), content, mode, 0)


def delete(at: str, content: bytes = OURS) -> JournalRecord:
    """A file that goes."""
    name = at.encode()
    return JournalRecord("delete", name, b"", name, b"", "", "", (), content, 0o100644, 0)


def overwrite(at: str, before: bytes = OURS) -> JournalRecord:
    """Another content of a file of which the attacker knows what is in it."""
    name = at.encode()
    return JournalRecord(
        "modify", name, b"", name, b"", digest(before), digest(THEIRS), (), THEIRS, 0o100755, 0
    )


def move(at: str, to: str, before: bytes = OURS) -> JournalRecord:
    """Another name for a file."""
    names = at.encode(), to.encode()
    same = digest(before)
    return JournalRecord("move", *names, *names, same, same, (), before, 0o100755, 0)


def plant(
    path: Path,
    *records: JournalRecord,
    filing: Filing | None = None,
    id_: str = ID,
    emptied: tuple[str, ...] = (),
    keep: str = "content/learn",
    folders: Iterable[str] = (),
    made: Iterable[str] = (),
) -> None:
    """Write a journal, or an entry of the history, that has these records."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    header = JournalHeader(1, id_, "innocent", TIME, "", len(records), emptied, keep, filing)
    writer = Writer(str(path), header)
    for folder in folders:
        writer.folder(FOLDER, folder)
    for folder in made:
        writer.folder(MADE, folder)
    for record in records:
        writer.record(encoded(record))
    writer.finish()


def victim(beside: Path) -> Path:
    """A home folder beside the site, with what an attacker would like to change."""
    home = beside / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh/authorized_keys").write_bytes(OURS)
    (home / ".bashrc").write_bytes(b"# the user's\n")
    (home / "empty").mkdir()
    return home


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """The mode and the bytes of all that is in a folder, links as they are."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        data = b""
        if path.is_symlink():
            data = str(path.readlink()).encode()
        elif path.is_file():
            data = path.read_bytes()
        found[path.relative_to(folder).as_posix()] = (status.st_mode, data)
    return found


def commit_all(root: Path) -> None:
    """Let git track everything that is there, also what a person would leave out."""
    for words in (["init", "-q"], ["add", "-Af"], ["commit", "-qm", "a"]):
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=root, check=True)


ARTICLE = CHAIN
