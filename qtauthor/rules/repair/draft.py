"""A broken file in lines, and the mends that were made in it so far."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Doubt: TypeAlias = Literal["", "words", "signs"]
"""What another field has to confirm: ``words`` where a slug is enough, ``signs`` where every
character counts, or nothing."""


class NumberedLine(NamedTuple):
    """A line without its break; ``number`` is that in the broken file, from 1."""

    number: int
    text: str
    end: str


class Mend(NamedTuple):
    """What was done to a line. ``quotes`` tells that a value had lost its quotes."""

    line: int
    what: str
    at: str = ""
    doubt: Doubt = ""
    quotes: bool = False

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


class MendedText(NamedTuple):
    """Lines, and how they came to be as they are."""

    lines: tuple[NumberedLine, ...]
    mends: tuple[Mend, ...] = ()

    @classmethod
    def of(cls, text: str, mends: tuple[Mend, ...] = ()) -> MendedText:
        """The lines of a text; a break is a line feed, with a carriage return or without."""
        parts = text.split("\n")
        last = len(parts) - 1
        return cls(
            tuple(
                NumberedLine(
                    number + 1,
                    part.removesuffix("\r") if number < last else part,
                    ("\r\n" if part.endswith("\r") else "\n") if number < last else "",
                )
                for number, part in enumerate(parts)
            ),
            mends,
        )

    @property
    def text(self) -> str:
        return "".join(line.text + line.end for line in self.lines)

    def with_text(self, index: int, text: str, mend: Mend) -> MendedText:
        """Another text on one line."""
        new = self.lines[index]._replace(text=text)
        return MendedText((*self.lines[:index], new, *self.lines[index + 1 :]), (*self.mends, mend))

    def after(self, index: int) -> str:
        """All that stands behind the line ``index``."""
        return "".join(line.text + line.end for line in self.lines[index + 1 :])
