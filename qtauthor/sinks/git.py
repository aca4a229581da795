"""Whether files have changes that git has no copy of. It only asks git, and never writes there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from qtauthor.changes.change import Change, Create, Delete, Move, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, Place, QtauthorError, SiteError
from qtauthor.sinks import history

_FEW = 300
"""So many files are asked for by name; for more it is faster that git looks at everything."""

_SHOWN = 20
_BATCH = 200

State: TypeAlias = tuple[str, str | None]
"""A file's name at some time, and its digest; ``None`` for no file."""


def refuse_uncommitted(root: Path, changes: ChangeSet) -> None:
    """Raise ``SiteError`` ``uncommitted-changes`` if a file to be changed has some.

    Changes that qtauthor made to a committed file do not count while nobody else touched it: undo
    brings the committed one back.
    """
    touched = [change.path for change in changes.changes if not isinstance(change, Create)]
    found = dirty(root, touched)
    left = [path for path, ours in zip(found, _are_ours(root, found), strict=True) if not ours]
    if left:
        raise SiteError(
            Code.UNCOMMITTED_CHANGES,
            "this file has changes that are not committed"
            if len(left) == 1
            else f"{len(left)} files have changes that are not committed",
            where=Place(left[0]),
            excerpt=", ".join(left[:_SHOWN]) if len(left) > 1 else "",
            remedy="nothing was written; commit them, or give --allow-dirty",
        )


def dirty(root: Path, paths: Sequence[str]) -> list[str]:
    """The files among ``paths`` that differ from the last commit, or are in none.

    None outside of a git checkout, without git, and of files that git is told to ignore.
    """
    if not paths or not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return []
    asked = paths if len(paths) <= _FEW else ["."]
    told = _git(root, "status", "--porcelain", "-z", "-uall", "--no-renames", "--", *asked)
    if told is None:
        return []
    prefix = (_git(root, "rev-parse", "--show-prefix") or b"\n")[:-1]
    wanted = {prefix + os.fsencode(path): path for path in paths}
    found = [wanted.get(entry[3:]) for entry in told.split(b"\0") if entry]
    return [path for path in dict.fromkeys(found) if path is not None]


def _git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """What git prints; ``None`` if there is no git, or it knows of no checkout here."""
    command = ("git", "--no-optional-locks", "--literal-pathspecs", *arguments)
    try:
        done = subprocess.run(command, cwd=root, input=stdin, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _are_ours(root: Path, paths: Sequence[str]) -> list[bool]:
    """Of each file whether its history leads back to what is committed, or to no file at all."""
    if not paths:
        return []
    trails = _trails(root, paths)
    names = sorted({name for trail in trails.values() for name, _ in trail})
    committed = {
        name: found
        for start in range(0, len(names), _BATCH)
        for name, found in _committed(root, names[start : start + _BATCH])
    }
    return [
        any(name in committed and committed[name] == state for name, state in trails[path])
        for path in paths
    ]


def _trails(root: Path, paths: Sequence[str]) -> dict[str, list[State]]:
    """What each file was before, as far as the history is one chain from what it is now."""
    trails: dict[str, list[State]] = {}
    for path in paths:
        with suppress(OSError):
            trails[path] = [(path, digest((root / path).read_bytes()))]
    newest = {path: path for path in trails}
    for entry in reversed(history.entries(root)):
        if not entry.undone:
            try:
                _follow(entry.changes(), trails, newest)
            except QtauthorError:  # it is damaged, and so the chain is torn
                break
    return {path: trails.get(path, []) for path in paths}


def _follow(changes: ChangeSet, trails: dict[str, list[State]], newest: dict[str, str]) -> None:
    """One step back; ``newest`` has by each file's name of that time the one that it has now."""
    found: list[tuple[str, State]] = []
    for change in changes.changes:
        path = newest.get(change.to if isinstance(change, Move) else change.path)
        after, before = _states(change)
        if path is not None and trails[path][-1][1] == after:
            found.append((path, (change.path, before)))
    for path, _ in found:
        newest.pop(trails[path][-1][0], None)
    for path, state in found:
        trails[path].append(state)
        newest[state[0]] = path


def _states(change: Change) -> tuple[str | None, str | None]:
    """The digests after and before; ``None`` for no file."""
    if isinstance(change, Create):
        return digest(change.content), None
    if isinstance(change, Delete):
        return None, digest(change.content)
    return change.after, change.before


def _committed(root: Path, names: Sequence[str]) -> Iterator[State]:
    """What the last commit has of each file; nothing for a name that git cannot be asked for."""
    askable = [name for name in names if "\n" not in name]
    asked = b"".join(b"HEAD:./%b\n" % os.fsencode(name) for name in askable)
    told = _git(root, "cat-file", "--batch", stdin=asked)
    for name in askable if told is not None else ():
        head, _, told = (told or b"").partition(b"\n")
        fields = head.rsplit(b" ", 2)
        if head.endswith(b" missing") or len(fields) != 3:
            yield name, None
            continue
        size = int(fields[2])
        yield name, digest(told[:size])
        told = told[size + 1 :]
