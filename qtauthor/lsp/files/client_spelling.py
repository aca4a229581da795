"""How the client calls files: by the links that it came over, not by where they really are.

An editor that opened a folder by a link takes the real path of a file in it for another file. So
what it is told is spelled as it does: as the file is open, else below the root of the document
that it asks about, else below a folder of its workspace, else below that of another open file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from qtauthor.errors import SiteError
from qtauthor.files import presence


class ClientFolder(NamedTuple):
    """A folder as the client names it, and where it really is."""

    named: Path
    real: Path


def folders(named: Iterable[Path]) -> Iterator[ClientFolder]:
    """The folders of a workspace, the innermost first."""
    found = [ClientFolder(folder, real(folder)) for folder in named]
    yield from sorted(found, key=lambda one: len(one.real.parts), reverse=True)


def above(named: Path, own: Path, root: Path) -> ClientFolder | None:
    """What ``named`` calls the site at ``root``, or a folder above it; ``own`` is its own place.

    ``None`` for a name that leads to the file in another way, as a link inside the site does.
    """
    ours, theirs = list(own.parts), list(named.parts)
    while ours and theirs and ours[-1] == theirs[-1]:
        ours.pop()
        theirs.pop()
    if not theirs:
        return ClientFolder(root, root)
    found = ClientFolder(Path(*theirs), Path(*ours))
    return found if root.is_relative_to(found.real) else None


def spelled(path: Path, known: Iterable[ClientFolder]) -> Path:
    """A real path as the client would name it."""
    for one in known:
        if path.is_relative_to(one.real):
            return one.named / path.relative_to(one.real)
    return path


def real(path: Path) -> Path:
    """Where a path really leads; the path itself if nobody can tell."""
    try:
        return Path(presence.real(path))
    except SiteError:
        return path
