"""An article: a document whose fields have names, types and derived values."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, cast

import msgspec

from qtauthor.content.answer import Codec, codec, find_torn
from qtauthor.errors import ArticleError, Code
from qtauthor.model import article_fields, numbered_blocks
from qtauthor.model.article_fields import Fields, Related
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.text.document import Document
from qtauthor.text.render.scalars import Style
from qtauthor.text.yaml.values import Value

_SAME_STYLE = {"/article_title": "/title", "/title": "/article_title"}
"""Fields that are written in the style of another one when they are added."""


class Article:
    """An immutable, typed view over a :class:`Document`; every change gives a new one.

    A key is the name of a field (``seo.title``), which is held to the schema, or a JSON Pointer
    (``/seo/title``), which names any key.
    """

    __slots__ = ("_codec", "document")

    def __init__(self, document: Document, answers: Codec | None = None) -> None:
        self.document = document
        self._codec = answers or codec("escaped-newlines")

    @classmethod
    def parse(
        cls, data: bytes, *, like: Document | None = None, answers: Codec | None = None
    ) -> Article:
        """Read a file. Raises ``ParseError``."""
        return cls(Document.parse(data, like=like), answers)

    def __repr__(self) -> str:
        return f"<Article: {self.document!r}>"

    def to_bytes(self) -> bytes:
        """The file."""
        return self.document.to_bytes()

    def fields(self) -> Fields:
        """All fields, typed. Raises ``ArticleError`` if one is missing or of another type."""
        return article_fields.typed(self.document.get())

    def get(self, key: str) -> Any:
        """The value of a field or at a pointer. Raises ``ReadError`` where there is none."""
        return self.document.get(article_fields.pointer_of(key))

    def has(self, key: str) -> bool:
        """Whether a field is there."""
        return self.document.has(article_fields.pointer_of(key))

    # The commonest fields, typed

    @property
    def id(self) -> int:
        """The article's number; the same question under another subject has the same."""
        return cast("int", self._field("/id"))

    @property
    def date(self) -> datetime.date:
        """The day on which it was posted."""
        return cast("datetime.date", self._field("/date"))

    @property
    def question(self) -> str:
        """The question, as lists show it."""
        return cast("str", self._field("/question"))

    @property
    def subject(self) -> str:
        """The subject's name."""
        return cast("str", self._field("/subject"))

    @property
    def url(self) -> str:
        """The address on the site."""
        return cast("str", self._field("/url"))

    @property
    def keywords(self) -> list[str]:
        """``seo.page_keywords`` without the commas and the blanks around them."""
        words = cast("str", self._field("/seo/page_keywords")).split(",")
        return [word for part in words if (word := part.strip())]

    @property
    def markdown(self) -> str:
        """The answer as the Markdown that the site renders."""
        return self._codec.decode(cast("str", self._field("/answer")))

    @property
    def related(self) -> tuple[Related, ...]:
        """The related articles that are there, by their number."""
        there = [at for at in numbered_blocks.POINTERS if self.has(at)]
        return tuple(cast("Related", self._convert(at, Related)) for at in there)

    def _field(self, at: str) -> Any:
        return self._convert(at, article_fields.fields()[at].type)

    def _convert(self, at: str, kind: Any) -> Any:
        value = self.document.get(at)
        article_fields.check_value(at, value)
        return article_fields.converted(value, kind)

    # Changing

    def set(self, key: str, value: Value, *, style: Style | None = None) -> Article:
        """Give a field another value, or add it at its canonical place, with what is around it.

        An answer with real line breaks is Markdown and gets encoded. Raises ``ArticleError`` for a
        value that the field may not hold, and what ``Document.set`` raises.
        """
        at = article_fields.pointer_of(key)
        if at == "/answer" and isinstance(value, str):
            value = self._stored(value)
        value = article_fields.check_value(at, value)
        twin = _SAME_STYLE.get(at)
        if twin and style is None and isinstance(value, str) and not self.document.has(at):
            style = self.document.style(twin) if self.document.has(twin) else None
        around, _, last = at.rpartition("/")
        if around and at in article_fields.fields() and self._is_empty(around):
            return Article(self.document.set(around, {last: value}), self._codec)
        return Article(self.document.set(at, value, style=style), self._codec)

    def _is_empty(self, at: str) -> bool:
        """Whether nothing is at a pointer, or no value."""
        return not self.document.has(at) or self.document.get(at) is None

    def insert(
        self, key: str, value: Value, *, before: str | None = None, after: str | None = None
    ) -> Article:
        """Add a field above the sibling key ``before`` or below ``after``.

        Raises ``EditError`` with ``key-exists`` if it is there, and what ``set`` raises.
        """
        at = article_fields.pointer_of(key)
        if at == "/answer" and isinstance(value, str):
            value = self._stored(value)
        value = article_fields.check_value(at, value)
        return Article(self.document.insert(at, value, before=before, after=after), self._codec)

    def rename(self, key: str, to: str) -> Article:
        """Give a key another name, in its place. Raises ``EditError``, ``ReadError``."""
        return Article(self.document.rename(article_fields.pointer_of(key), to), self._codec)

    def _stored(self, text: str) -> str:
        """An answer as it is to be stored; LaTeX that the site would tear is refused."""
        stored = self._codec.encode(text) if "\n" in text or "\r" in text else text
        known = self.document.get("/answer") if self.document.has("/answer") else ""
        if self._codec.decode("\\n") != "\\n" and stored != known:
            torn = find_torn(stored)
            if torn:
                raise ArticleError(
                    Code.TORN_LATEX,
                    f"the site would tear {torn[0].command} at its \\n",
                    excerpt=stored[max(0, torn[0].offset - 20) : torn[0].offset + 30],
                    remedy=f"write {torn[0].suggestion or 'it another way'}",
                )
        return stored

    def set_markdown(self, text: str) -> Article:
        """Give the answer as Markdown. Raises ``ArticleError`` for what cannot be stored."""
        return self.set("answer", self._codec.encode(text))

    def set_keywords(self, words: Iterable[str]) -> Article:
        """Give ``seo.page_keywords`` as a list. A keyword cannot hold a comma.

        Raises ``ArticleError``.
        """
        listed = [word.strip() for word in words]
        for word in listed:
            if "," in word or not word:
                raise ArticleError(
                    Code.WRONG_TYPE,
                    f"{word!r} is no keyword",
                    excerpt=word,
                    remedy="give keywords without commas, and no empty ones",
                )
        return (
            self if listed == self._keywords() else self.set("seo.page_keywords", ", ".join(listed))
        )

    def _keywords(self) -> list[str] | None:
        return self.keywords if self.document.has("/seo/page_keywords") else None

    def set_related(self, links: Iterable[Related]) -> Article:
        """Give the related articles anew, numbered from 1. Blocks that agree stay as they are.

        Raises ``ArticleError`` with ``too-many-related``.
        """
        wanted = list(links)
        if len(wanted) > MAX_RELATED:
            raise ArticleError(
                Code.TOO_MANY_RELATED,
                f"{len(wanted)} related articles are more than the {MAX_RELATED} that a page shows",
                remedy=f"choose {MAX_RELATED}",
            )
        document = self.document
        for number, link in enumerate(wanted, 1):
            document = document.set(numbered_blocks.pointer(number), msgspec.structs.asdict(link))
        for number in range(len(wanted) + 1, MAX_RELATED + 1):
            if document.has(numbered_blocks.pointer(number)):
                document = document.remove(numbered_blocks.pointer(number))
        return Article(document, self._codec)

    def unset(self, key: str) -> Article:
        """Take a field out. Raises ``ArticleError`` for one that every article must have."""
        at = article_fields.pointer_of(key)
        known = article_fields.fields().get(at)
        if known is not None and known.required and not key.startswith("/"):
            raise ArticleError(
                Code.MISSING_FIELD,
                f"every article needs {known.name}",
                excerpt=key,
                remedy=f"set it to another value; {at} takes it out all the same",
            )
        return Article(self.document.remove(at), self._codec)
