"""All that a command is about to do, as one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from qtauthor.changes.change import Change, invert


class ChangeSet(msgspec.Struct, frozen=True):
    """Changes of different files, which happen together or not at all."""

    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

    def invert(self) -> ChangeSet:
        """What undoes it."""
        return ChangeSet(tuple(invert(change) for change in reversed(self.changes)))

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it touches, by the names that they have before."""
        return tuple(change.path for change in self.changes)

    @property
    def arrivals(self) -> tuple[str, ...]:
        """The names that no file has before, or another one: of new files and moved ones."""
        return tuple(one.arrives for one in self.changes if one.arrives is not None)

    @property
    def origins(self) -> tuple[str, ...]:
        """The files that it finds, by the names that they have before."""
        return tuple(one.origin for one in self.changes if one.origin is not None)

    @property
    def departures(self) -> tuple[str, ...]:
        """The names that no file has after, or another one: of moved files and those that go."""
        return tuple(one.leaves for one in self.changes if one.leaves is not None)

    def summary(self) -> str:
        """In a person's words: “1 created, 3 changed”."""
        return summary(self.kinds)

    @property
    def kinds(self) -> Counter[str]:
        """How many changes of each kind there are, by their tags."""
        return Counter(change.kind for change in self.changes)


def summary(kinds: Mapping[str, int]) -> str:
    """In a person's words, how many changes of each kind there are: “1 created, 3 changed”."""
    counts = [(kinds.get(kind, 0), word) for kind, word in _WORDS.items()]
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to change"


_WORDS = {"create": "created", "move": "moved", "modify": "changed", "delete": "deleted"}
