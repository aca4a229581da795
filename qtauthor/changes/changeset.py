"""All that a command is about to do, as one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from qtauthor.changes.change import Change, Create, Move, invert, kind_of


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
        changes = self.changes
        return tuple(
            change.to if isinstance(change, Move) else change.path
            for change in changes
            if isinstance(change, Create | Move)
        )

    def summary(self) -> str:
        """In a person's words: “1 created, 3 changed”."""
        return summary(self.kinds)

    @property
    def kinds(self) -> Counter[str]:
        """How many changes of each kind there are, by their tags."""
        return Counter(kind_of(change) for change in self.changes)


def summary(kinds: Mapping[str, int]) -> str:
    """In a person's words, how many changes of each kind there are: “1 created, 3 changed”."""
    counts = [(kinds.get(kind, 0), word) for kind, word in _WORDS.items()]
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to change"


_WORDS = {"create": "created", "move": "moved", "modify": "changed", "delete": "deleted"}
