"""What is asked about all articles together: who has this id, who links here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from qtauthor.content import naming
from qtauthor.content.naming import Naming
from qtauthor.content.schema import MAX_RELATED, related_pointer
from qtauthor.content.source import Source
from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document

Item = TypeVar("Item")


class Entry(msgspec.Struct, frozen=True):
    """An article in the index. ``path`` is below the site's root; what is missing is ``None``.

    ``address`` is where the site shows the file, by its place; ``url`` is what the article says.
    ``problem`` is the code of the error for a file that cannot be read, whose fields are ``None``.
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


class Index:
    """The articles of a site, and the links between them. Everything comes sorted by path."""

    def __init__(self, source: Source, content: str, rules: Naming) -> None:
        self._source = source
        self._content = content
        self._rules = rules
        self._entries: list[Entry] | None = None
        self._links: list[Link] = []

    def entries(self) -> Iterator[Entry]:
        """Every file, also one that cannot be read."""
        return iter(self._all())

    def entry(self, path: str) -> Entry | None:
        """The article at ``path``."""
        return next(self._where(lambda entry: entry.path == path), None)

    def with_id(self, number: int) -> list[Entry]:
        """The articles with this id."""
        return list(self._where(lambda entry: entry.id == number))

    def at_address(self, url: str) -> Entry | None:
        """The article that the site shows at ``url``."""
        return next(self._where(lambda entry: entry.address == url), None)

    def with_slug(self, slug: str) -> list[Entry]:
        """The articles whose file has this name, under whatever subject."""
        return list(self._where(lambda entry: entry.path.endswith(f"/{slug}.md")))

    def in_subject(self, key: str) -> list[Entry]:
        """The articles in the folder ``key``."""
        return list(self._where(lambda entry: entry.path.startswith(f"{self._content}/{key}/")))

    def links(self) -> Iterator[Link]:
        """Every related block."""
        self._all()
        return iter(self._links)

    def links_of(self, path: str) -> list[Link]:
        """The related blocks of one article."""
        return [link for link in self.links() if link.source == path]

    def links_to(self, url: str) -> list[Link]:
        """The related blocks that name this url."""
        return [link for link in self.links() if link.url == url]

    def links_with_id(self, number: int) -> list[Link]:
        """The related blocks that name this id."""
        return [link for link in self.links() if link.id == number]

    def _where(self, wanted: Callable[[Entry], bool]) -> Iterator[Entry]:
        return filter(wanted, self._all())

    def _all(self) -> list[Entry]:
        if self._entries is None:
            self._entries = [self._read(path) for path in self._source.articles(self._content)]
        return self._entries

    def _read(self, path: str) -> Entry:
        key, _, name = path.removeprefix(f"{self._content}/").partition("/")
        address = naming.url(self._rules.url_pattern, key, name.removesuffix(".md"))
        try:
            data = Document.parse(self._source.read(path)).get()
        except QtauthorError as error:
            return Entry(path, address, problem=error.code)
        fields = data if isinstance(data, dict) else {}
        self._links.extend(_links(path, fields))
        return Entry(
            path,
            address,
            _typed(fields, "id", int),
            _typed(fields, "title", str),
            _typed(fields, "question", str),
            _typed(fields, "subject", str),
            _typed(fields, "url", str),
            _typed(fields, "file_name", str),
            fields.get("no_index") is True,
        )


def _links(path: str, fields: dict[str, Any]) -> Iterator[Link]:
    for number in range(1, MAX_RELATED + 1):
        block = fields.get(related_pointer(number)[1:])
        if isinstance(block, dict):
            texts = (_typed(block, name, str) for name in ("title", "subject", "url"))
            yield Link(path, number, _typed(block, "id", int), *texts)


def _typed(fields: dict[str, Any], name: str, kind: type[Item]) -> Item | None:
    value = fields.get(name)
    return value if type(value) is kind else None
