"""How a step asks, whatever it is shown on: what every way of asking can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from qtauthor.operations.authoring.remark import Remark
from qtauthor.text.source import characters

Live = Callable[[str], Sequence[Remark]]
"""From what is typed to the lines that are shown with it; always the same number of lines."""
Check = Callable[[str], str]
"""From what is typed to why it cannot be; nothing if it can."""
Keep = Callable[[str], None]
"""Is told of what is typed as it grows, so that it outlives the process."""


class Back(Exception):  # noqa: N818  it is a way to go, and no error
    """The author wants to go back by one step."""


def checking(check: Check | None) -> Check:
    """A check that besides refuses characters that no file may hold."""

    def problem(text: str) -> str:
        for fault in characters.faults(text):
            return f"{characters.called(fault.character)} cannot stand in an article"
        return check(text) if check else ""

    return problem


class Option(NamedTuple):
    """Something to choose. ``note`` is a second line; ``aside`` stands behind the title."""

    value: Any
    title: str
    note: str = ""
    aside: str = ""


def place_of(value: Any, options: Sequence[Option]) -> int:
    """Where the option with a value stands; the first place if it is ``None`` or not there."""
    wanted = (at for at, one in enumerate(options) if value is not None and one.value == value)
    return next(wanted, 0)


Complete = Callable[[str], Sequence[Option]]


class Ticked(NamedTuple):
    """What was ticked, in the order that it was brought into, and what is to be looked for."""

    values: tuple[Any, ...]
    search: str | None = None


class Asker(Protocol):
    """Every question may raise ``Back``, ``KeyboardInterrupt`` or ``EOFError``."""

    def line(
        self,
        label: str,
        default: str = "",
        *,
        live: Live | None = None,
        check: Check | None = None,
        complete: Complete | None = None,
        keep: Keep | None = None,
    ) -> str:
        """A line of text, without blanks at its ends."""
        ...

    def paragraphs(self, label: str, default: str = "", *, keep: Keep) -> str:
        """Lines of text."""
        ...

    def choose(self, label: str, options: Sequence[Option], default: Any = None) -> Any:
        """The value of one of the options; ``default`` is pointed at, else the first one."""
        ...

    def tick(
        self, label: str, options: Sequence[Option], ticked: Sequence[Any], most: int
    ) -> Ticked:
        """Some of the options, at ``most`` so many; those that are ``ticked`` stand first."""
        ...
