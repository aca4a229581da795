"""What the index tells of an article, and of a link from one article to another."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """An article in the index. ``path`` is below the site's root; what is missing is ``None``.

    ``address`` is where the site shows the file, by its place; ``url`` is what the article says.
    ``problem`` is the code of the error for a file that cannot be read, whose fields are ``None``.
    A field of another type than the schema's is ``None``, too.
    """

    path: str
    address: str
    id: int | None = None
    title: str | None = None
    question: str | None = None
    subject: str | None = None
    url: str | None = None
    file_name: str | None = None
    no_index: bool = False
    problem: str | None = None


class Link(msgspec.Struct, frozen=True):
    """A related block of the article ``source``; ``number`` is that of its key, from 1."""

    source: str
    number: int
    id: int | None
    title: str | None
    subject: str | None
    url: str | None


class Saved(NamedTuple):
    """An article as it is on disk, whatever an editor holds. ``number`` is no other version's."""

    number: int
    path: str
    title: str
    subject: str | None


class Refreshed(msgspec.Struct, frozen=True):
    """What it took to bring the index up to date, in files.

    ``location`` is the index's file; without one it is in memory and ends with the process.
    """

    total: int
    read: int
    gone: int
    location: str | None
