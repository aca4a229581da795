"""The file that a record describes, after the site's template."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from qtauthor.content.records.batch import Record
from qtauthor.content.site import Site
from qtauthor.model import article_fields
from qtauthor.model.article_fields import Related
from qtauthor.model.derived_names import Names
from qtauthor.operations.fields.patch import typed
from qtauthor.operations.site import create
from qtauthor.text.document import Document
from qtauthor.text.render.scalar_template import Mould, mould
from qtauthor.text.render.scalars import Style
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import Value, same

_Key: TypeAlias = tuple[tuple[tuple[str, Style], ...], int | None]


class ArticleShape(NamedTuple):
    """A document to be filled, and its mould if it is plain enough."""

    document: Document
    mould: Mould | None

    def holds(self, text: str, wanted: Mapping[str, Value], gone: Iterable[str]) -> bool:
        """Whether a text that came out of the mould reads as it should, all of it."""
        data = self.document.get()
        for at in gone:
            _parent(data, at).pop(pointer.parse(at)[-1], None)
        for at, value in wanted.items():
            _parent(data, at)[pointer.parse(at)[-1]] = value
        made = Document.parse(text.encode())
        return same(made.get(), data) and made.body == self.document.body


class Press:
    """Makes articles of records. ``date`` is that of records without one."""

    def __init__(self, site: Site, date: datetime.date) -> None:
        self.site = site
        self.date = date
        self._shapes: dict[_Key, ArticleShape] = {}

    def article(
        self, record: Record, names: Names, subject: str, number: int, links: tuple[Related, ...]
    ) -> bytes:
        """The whole file, read again. Raises ``ArticleError``, ``EditError``."""
        values = self.values(record, names, subject, number) | further(record)
        shape, (wanted, gone) = self.shape(record), create.filling(values, links)
        text = shape.mould.filled(wanted, gone) if shape.mould else None
        if text is None or not shape.holds(text, wanted, gone):
            return shape.document.update(wanted, gone).to_bytes()
        return text.encode()

    def text(self, record: Record, values: dict[str, Value], links: tuple[Related, ...]) -> str:
        """What ``article`` gives for these values, not read again. Raises as it does."""
        shape, (wanted, gone) = self.shape(record), create.filling(values, links)
        text = shape.mould.filled(wanted, gone) if shape.mould else None
        return shape.document.update(wanted, gone).text if text is None else text

    def values(self, record: Record, names: Names, subject: str, number: int) -> dict[str, Value]:
        """The article's fields that the site has for every article, by their pointers.

        Those are without related articles, and without the record's ``further`` fields.
        """
        wanted = create.CreateRequest(
            question=record.question.strip(),
            subject=subject,
            date=record.date or self.date,
            description=record.description or "",
            keywords=words(record.keywords or ()),
            answer=record.answer or "",
            score=record.score,
            no_index=bool(record.no_index),
        )
        found = create.data(self.site, wanted, names, number)
        if record.answer_raw is not None:
            found["/answer"] = record.answer_raw
        return {at: article_fields.check_value(at, value) for at, value in found.items()}

    def shape(self, record: Record) -> ArticleShape:
        """The template in the styles of a record; each is made once. Raises ``QtauthorError``."""
        key: _Key = (tuple(sorted(record.styles.items())), record.gap)
        shape = self._shapes.get(key)
        if shape is None:
            document = self.site.template
            for name, style in record.styles.items():
                document = document.restyle(article_fields.pointer_of(name), style)
            if record.gap is not None:
                document = document.with_gap(record.gap)
            document = Document.parse(document.to_bytes())
            shape = self._shapes[key] = ArticleShape(document, mould(document))
        return shape


class ArticleSheet(NamedTuple):
    """What a new article is to be made of; ``number`` is its id."""

    record: Record
    names: Names
    subject: str
    number: int
    links: tuple[Related, ...]


def _parent(data: dict[str, Any], at: str) -> dict[str, Any]:
    """The mapping in which a pointer's last key is."""
    for token in pointer.parse(at)[:-1]:
        data = data[token]
    return data


def words(given: str | tuple[str, ...]) -> tuple[str, ...]:
    """Keywords one by one; a text of several stays as it is."""
    return (given,) if isinstance(given, str) else given


def further(record: Record) -> dict[str, Value]:
    """The further fields of a record by their pointers. Raises ``ArticleError``."""
    found: dict[str, Value] = {}
    for name, value in record.fields.items():
        at = article_fields.pointer_of(name)
        found[at] = typed(at, value)
    return found
