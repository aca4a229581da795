"""A record of a batch as far as its place in the site depends on it."""

from __future__ import annotations

import msgspec


class Spooled(msgspec.Struct, frozen=True, gc=False):
    """What is asked about a record: its number and line, and where its ``size`` bytes are.

    ``title`` is that of the article, mostly the question itself.
    """

    number: int
    line: int
    start: int
    size: int
    question: str
    title: str
    subject: str
    slug: str | None
    path: str | None
    id: int | None
    links: bool
    whole: bool
    spelled: bool


class PlacedRecord(msgspec.Struct, frozen=True, gc=False):
    """A record of a batch with what derives from it.

    ``path`` is below the root, ``exists`` if it is there; ``url`` derives from the names, wherever
    the file is.
    """

    spooled: Spooled
    subject: str
    slug: str
    path: str
    id: int
    exists: bool

    @property
    def number(self) -> int:
        """The number of the record in its batch, from 1."""
        return self.spooled.number

    @property
    def line(self) -> int:
        """The line of the batch where the record begins, from 1."""
        return self.spooled.line
