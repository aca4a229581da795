"""The file that a record describes, after the site's template."""

from __future__ import annotations

import datetime
from typing import NamedTuple, TypeAlias

from qtauthor.content import schema
from qtauthor.content.batch import Record
from qtauthor.content.naming import Names
from qtauthor.content.schema import Related
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations import create
from qtauthor.operations.patch import typed
from qtauthor.text.document import Document
from qtauthor.text.scalars import Style
from qtauthor.text.values import Value

_Shape: TypeAlias = tuple[tuple[tuple[str, Style], ...], int | None]


class Press:
    """Makes articles of records. ``date`` is that of records without one."""

    def __init__(self, site: Site, date: datetime.date) -> None:
        self.site = site
        self.date = date
        self._shapes: dict[_Shape, Document] = {}

    def article(
        self, record: Record, names: Names, subject: str, number: int, links: tuple[Related, ...]
    ) -> bytes:
        """The whole file. Raises ``ArticleError``, ``EditError``."""
        values = self.values(record, names, subject, number)
        return create.fill(self.shape(record), values, links).to_bytes()

    def values(self, record: Record, names: Names, subject: str, number: int) -> dict[str, Value]:
        """The article's fields by their pointers, without its related articles."""
        wanted = create.Request(
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
        found |= others(record)
        return {at: schema.check_value(at, value) for at, value in found.items()}

    def shape(self, record: Record) -> Document:
        """The template in the styles of a record; each is made once. Raises ``QtauthorError``."""
        key: _Shape = (tuple(sorted(record.styles.items())), record.gap)
        document = self._shapes.get(key)
        if document is None:
            document = self.site.template
            for name, style in record.styles.items():
                document = document.restyle(schema.pointer_of(name), style)
            if record.gap is not None:
                document = document.with_gap(record.gap)
            document = self._shapes[key] = Document.parse(document.to_bytes())
        return document


class Sheet(NamedTuple):
    """What a new article is to be made of; ``number`` is its id."""

    record: Record
    names: Names
    subject: str
    number: int
    links: tuple[Related, ...]


class Pressing:
    """The work of making articles of sheets, in whatever process. ``date`` as for the press."""

    def __init__(self, date: datetime.date) -> None:
        self.date = date
        self._press: Press | None = None

    def __call__(self, site: Site, number: int, sheet: Sheet, /) -> bytes | QtauthorError:
        try:
            if sheet.record.file is not None:
                data = sheet.record.file.encode()
                Document.parse(data)
                return data
            self._press = self._press or Press(site, self.date)
            return self._press.article(*sheet)
        except QtauthorError as error:
            return error

    def flush(self) -> None:
        pass


def words(given: str | tuple[str, ...]) -> tuple[str, ...]:
    """Keywords one by one; a text of several stays as it is."""
    return (given,) if isinstance(given, str) else given


def others(record: Record) -> dict[str, Value]:
    """The further fields of a record by their pointers. Raises ``ArticleError``."""
    found: dict[str, Value] = {}
    for name, value in record.fields.items():
        at = schema.pointer_of(name)
        found[at] = typed(at, value)
    return found
