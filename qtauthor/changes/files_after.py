"""Files as they are after changes, each made when it is asked for: all of them fill the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from qtauthor.changes.change import Change
from qtauthor.changes.changeset import ChangeSet


class After(Mapping[str, bytes | None]):
    """The files that ``changes`` touch, by the names that they then have.

    ``None`` is one that is gone. ``read`` gives the files as they are before.
    """

    def __init__(self, changes: ChangeSet, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._made: dict[str, Change | None] = dict.fromkeys(changes.departures)
        self._made |= {one.target: one for one in changes.changes if one.target is not None}

    def __getitem__(self, name: str) -> bytes | None:
        change = self._made[name]
        if change is None:
            return None
        return change.result(self._read(change.origin) if change.origin else b"")

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __contains__(self, name: object) -> bool:
        return name in self._made
