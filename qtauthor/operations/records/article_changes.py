"""The article of one record: a new file, or a change of the one that is there."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from qtauthor.changes import character_faults
from qtauthor.changes.change import Create, Modify, modify
from qtauthor.content.article import Article
from qtauthor.content.records.batch import Record
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, QtauthorError
from qtauthor.model import numbered_blocks
from qtauthor.operations.records.article_text import ArticleSheet, Press, further, words
from qtauthor.text.yaml.values import Value


class ArticleOrder(NamedTuple):
    """What is to be made at a path, where an article is there or not."""

    path: str
    is_there: bool
    sheet: ArticleSheet


class Making:
    """The work of making articles, in whatever process. ``date`` is that of records without one.

    It gives ``None`` for an article that says already what the record does.
    """

    def __init__(self, date: datetime.date) -> None:
        self.date = date
        self._press: Press | None = None

    def __call__(
        self, site: Site, number: int, order: ArticleOrder, /
    ) -> Create | Modify | QtauthorError | None:
        """The change that one order comes to; ``None`` if nothing changes."""
        try:
            if order.is_there:
                return self.update(site, order, site.article(order.path))
            return Create(order.path, self.new(site, order.sheet))
        except QtauthorError as error:
            return error

    def flush(self) -> None:
        """Nothing waits."""

    def new(self, site: Site, sheet: ArticleSheet) -> bytes:
        """The file of a new article. Raises ``ArticleError``, ``ParseError``, ``EditError``."""
        if sheet.record.file is not None:
            data = sheet.record.file.encode()
            character_faults.refuse_any(data)
            return data
        self._press = self._press or Press(site, self.date)
        return self._press.article(*sheet)

    def update(self, site: Site, order: ArticleOrder, article: Article) -> Modify | None:
        """The change of an article that is there: what the record gives, and nothing else.

        Raises ``ArticleError``; with ``id-taken`` if the record has another id.
        """
        record = order.sheet.record
        if record.id is not None and record.id != article.id:
            raise ArticleError(
                Code.ID_TAKEN,
                f"id: the article has {article.id}",
                excerpt=order.path,
                remedy="leave the id out; qtauthor ids reassign changes it",
            )
        declared: list[str] = []
        for at, value in _given(site, record):
            article = article.set(at, value)
            declared.append(at)
        if record.no_index is False and article.has("no_index"):
            article = article.unset("no_index")
            declared.append("/no_index")
        if record.related is not None:
            article = article.set_related(order.sheet.links)
            declared += numbered_blocks.POINTERS
        edited = article.document
        return modify(order.path, edited, tuple(declared)) if edited.edits else None


def _given(site: Site, record: Record) -> list[tuple[str, Value]]:
    answer = record.answer_raw
    if record.answer is not None:
        answer = site.answers.encode(record.answer)
    keywords = None if record.keywords is None else ", ".join(words(record.keywords))
    fields: dict[str, Value] = {
        "/date": record.date,
        "/seo/page_description": record.description,
        "/seo/page_keywords": keywords,
        "/no_index": record.no_index or None,
        "/answer": answer,
        "/score": record.score,
    }
    return [
        *((at, value) for at, value in fields.items() if value is not None),
        *further(record).items(),
    ]
