"""Articles as records: what ``import`` makes into the same files again."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from qtauthor.content import naming, schema
from qtauthor.content.article import Article
from qtauthor.content.batch import Record, Reference
from qtauthor.content.naming import Names
from qtauthor.content.schema import MAX_RELATED, Related, related_pointer
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, QtauthorError
from qtauthor.operations.press import Press
from qtauthor.text.scalars import Style

_OWN = frozenset(
    {"/id", "/date", "/seo/page_description", "/seo/page_keywords", "/question", "/answer"}
    | {"/no_index", "/score", *map(related_pointer, range(1, MAX_RELATED + 1))}
)
"""Fields that a record has by a name of its own."""

_NO_DATE = datetime.date(2000, 1, 1)


class Exporter:
    """Makes records of articles that are exported together: links among them can be short."""

    def __init__(self, site: Site, paths: Iterable[str]) -> None:
        self.site = site
        self.press = Press(site, _NO_DATE)
        self.paths = frozenset(paths)
        spellings: dict[str, set[str | None]] = {}
        for entry in site.index.entries():
            if entry.path in self.paths:
                spellings.setdefault(_folder(entry.path), set()).add(entry.subject)
        self._one_spelling = {folder for folder, found in spellings.items() if len(found) == 1}

    def record(self, path: str) -> Record:
        """The record of the article at ``path``.

        Raises ``ParseError`` for what cannot be read, ``ArticleError`` for what has no question or
        subject of type text.
        """
        article = self.site.article(path)
        question, subject = article.question, article.subject
        try:
            record = self._described(path, article)
            names = self._names(record, path)
            links = article.related
            made = self.press.article(record, names, subject, article.id, links)
        except QtauthorError:
            made = b""
        if made == article.to_bytes():
            return record
        text = article.document.text
        place = self._below(path)
        return Record(question=question, subject=subject, id=article.id, path=place, file=text)

    def _described(self, path: str, article: Article) -> Record:
        typed = article.fields()
        stored = typed.answer
        markdown = self.site.answers.decode(stored)
        exact = _encodes(self.site, markdown, stored)
        record = Record(
            question=typed.question,
            subject=typed.subject,
            answer=markdown if exact else None,
            answer_raw=None if exact else stored,
            description=typed.seo.page_description,
            keywords=typed.seo.page_keywords,
            id=typed.id,
            date=typed.date,
            score=None if typed.score is msgspec.UNSET else typed.score,
            no_index=True if article.has("no_index") else None,
            related=tuple(self._references(path, article)) or None,
            path=self._odd_place(path, article),
        )
        fields = self._fields(record, path, article)
        shape = self._styles(article)
        gap = article.document.gaps.before_fence
        usual = self.site.template.gaps.before_fence
        return msgspec.structs.replace(
            record, fields=fields, styles=shape, gap=None if gap == usual else gap
        )

    def _references(self, path: str, article: Article) -> list[Reference]:
        blocks = article.related
        times = Counter(block.url for block in blocks)
        return [
            block.url if times[block.url] == 1 and self._is_certain(block, path) else block
            for block in blocks
        ]

    def _is_certain(self, block: Related, path: str) -> bool:
        """Whether an import would make the same block of its url."""
        entry = self.site.index.at_address(block.url)
        return (
            entry is not None
            and entry.path in self.paths
            and entry.path != path
            and _folder(entry.path) in self._one_spelling
            and (entry.id, entry.title, entry.subject, entry.url)
            == (block.id, block.title, block.subject, block.url)
        )

    def _fields(self, record: Record, path: str, article: Article) -> dict[str, Any]:
        """The fields that an import would not derive as they are, by name or pointer."""
        derived = self.press.values(record, self._names(record, path), record.subject, article.id)
        found: dict[str, Any] = {}
        for at, known in schema.fields().items():
            if at in _OWN or at.rpartition("/")[0] in _OWN or isinstance(article.get(at), dict):
                continue
            value = article.get(at)
            usual = derived.get(at, self.site.template.get(at))
            if value != usual or type(value) is not type(usual):
                found[known.name] = value
        if _folder(path) not in self._one_spelling:
            found |= {"subject": article.subject, "seo.title": article.get("seo.title")}
        return found

    def _styles(self, article: Article) -> dict[str, Style]:
        """The styles that are not those of the template."""
        template = self.site.template
        found: dict[str, Style] = {}
        for at, known in schema.fields().items():
            if known.type is str and article.has(at) and template.has(at):
                style = article.document.style(at)
                if style is not None and style != template.style(at):
                    found[known.name] = style
        return found

    def _names(self, record: Record, path: str) -> Names:
        rules = self.site.config.naming
        return naming.derive(record.question, record.subject, slug=record.slug, naming=rules)

    def _odd_place(self, path: str, article: Article) -> str | None:
        """The place of an article that is not where its question and subject would put it."""
        try:
            names = naming.derive(article.question, article.subject, naming=self.site.config.naming)
        except ArticleError:
            return self._below(path)
        return None if self.site.path_of(names.path) == path else self._below(path)

    def _below(self, path: str) -> str:
        return path.removeprefix(f"{self.site.config.content}/")


def _encodes(site: Site, markdown: str, stored: str) -> bool:
    try:
        return site.answers.encode(markdown) == stored
    except ArticleError:
        return False


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
