"""What an edit of one article tells besides its change; of many articles it is told together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from qtauthor.changes.change import Modify


class Notice(NamedTuple):
    """Words for the user: in how many articles it is so is told between ``what`` and ``then``."""

    what: str
    then: str = ""

    def told(self, count: int) -> str:
        """The words for so many articles."""
        return self.what + (f" in {count} articles" if count > 1 else "") + self.then


class Noted(NamedTuple):
    """A change, if there is one, with notices."""

    change: Modify | None
    notices: tuple[Notice, ...]


Edited: TypeAlias = Modify | Noted | None
"""What an edit gives: a change or none, with notices where there is something to tell."""


def noted(change: Modify | None, notices: Iterable[Notice]) -> Edited:
    """A change with what is to be told, each notice once."""
    told = tuple(dict.fromkeys(notices))
    return Noted(change, told) if told else change


def change_of(edited: Edited) -> Modify | None:
    """The change alone."""
    return edited.change if isinstance(edited, Noted) else edited
