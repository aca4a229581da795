"""Articles as records: what ``import`` makes into the same files again."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from qtauthor.content.article import Article
from qtauthor.content.records.batch import Record, Reference
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, QtauthorError
from qtauthor.model import article_fields, derived_names, numbered_blocks
from qtauthor.model.article_fields import Fields, Related
from qtauthor.model.derived_names import Names
from qtauthor.operations.records.article_text import Press, further
from qtauthor.text.render.scalars import Style
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import Value

_OWN = frozenset(
    {"/id", "/date", "/seo/page_description", "/seo/page_keywords", "/question", "/answer"}
    | {"/no_index", "/score", *numbered_blocks.POINTERS}
)
"""Fields that a record has by a name of its own."""

_RELATED = numbered_blocks.KEYS
_NO_DATE = datetime.date(2000, 1, 1)


class Among(NamedTuple):
    """What articles that are exported together can say of each other in short.

    ``links`` are the blocks of related articles that an import would make of a url alone, each with
    the path that it leads to. In the folders ``one_spelling`` all spell the subject alike.
    """

    links: Mapping[str, tuple[Related, str]]
    one_spelling: frozenset[str]


def among(site: Site, paths: Iterable[str]) -> Among:
    """What there is to be known of the articles at ``paths`` together."""
    chosen = frozenset(paths)
    spellings: dict[str, set[str | None]] = {}
    links: dict[str, tuple[Related, str]] = {}
    for entry in site.index.entries():
        if entry.path not in chosen:
            continue
        spellings.setdefault(_folder(entry.path), set()).add(entry.subject)
        number, title, subject = entry.id, entry.title, entry.subject
        if entry.url != entry.address or number is None or title is None or subject is None:
            continue
        link = Related(id=number, title=title, subject=subject, url=entry.address)
        links[entry.address] = (link, entry.path)
    alike = frozenset(folder for folder, found in spellings.items() if len(found) == 1)
    certain = {url: found for url, found in links.items() if _folder(found[1]) in alike}
    return Among(certain, alike)


class _Page(NamedTuple):
    """An article with all that is asked of it, read once."""

    path: str
    article: Article
    data: dict[str, Any]
    fields: Fields
    names: Names
    links: tuple[Related, ...]


class Exporter:
    """Makes records of articles that are exported together."""

    def __init__(self, site: Site, together: Among) -> None:
        self.site = site
        self.among = together
        self.press = Press(site, _NO_DATE)
        self._styles = site.template.styles()
        self._gap = site.template.before_fence
        usual = site.template.get()
        self._others = [
            (at, known.name, pointer.parse(at), _inside(usual, pointer.parse(at)))
            for at, known in article_fields.fields().items()
            if not {at, at.rpartition("/")[0]} & _OWN and at != "/seo"
        ]
        self._texts = {
            at: known for at, known in article_fields.fields().items() if known.type is str
        }

    def record(self, path: str) -> Record:
        """The record of the article at ``path``.

        Raises ``ParseError`` for what cannot be read, ``ArticleError`` for what has no question or
        subject of type text.
        """
        article = self.site.article(path)
        try:
            page = self._page(path, article)
            record, values = self._described(page)
            made = self.press.text(record, values, page.links)
        except QtauthorError:
            made = None
        if made == article.document.text:
            return record
        return Record(
            question=article.question,
            subject=article.subject,
            id=article.id,
            path=self._below(path),
            file=article.document.text,
        )

    def _page(self, path: str, article: Article) -> _Page:
        data = article.document.get()
        fields = article_fields.typed(data)
        rules = self.site.config.naming
        names = derived_names.derive(fields.question, fields.subject, naming=rules)
        blocks = (getattr(fields, name) for name in _RELATED)
        links = tuple(block for block in blocks if block is not msgspec.UNSET)
        return _Page(path, article, data, fields, names, links)

    def _described(self, page: _Page) -> tuple[Record, dict[str, Value]]:
        """The record, and the values that an import would give to its article."""
        typed, path = page.fields, page.path
        stored = typed.answer
        markdown = self.site.answers.decode(stored)
        exact = _encodes(self.site, markdown, stored)
        gap = page.article.document.before_fence
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
            no_index=True if "no_index" in page.data else None,
            related=tuple(self._references(page)) or None,
            path=None if self.site.path_of(page.names.path) == path else self._below(path),
            styles=self._odd_styles(page),
            gap=None if gap == self._gap else gap,
        )
        values = self.press.values(record, page.names, record.subject, typed.id)
        record = msgspec.structs.replace(record, fields=self._odd_fields(page, values))
        return record, values | further(record)

    def _references(self, page: _Page) -> list[Reference]:
        """Each related article by its url where that says it all, else as a whole block."""
        times = Counter(block.url for block in page.links)
        return [
            block.url if times[block.url] == 1 and self._is_certain(block, page.path) else block
            for block in page.links
        ]

    def _is_certain(self, block: Related, path: str) -> bool:
        """Whether an import would make the same block of its url."""
        link, target = self.among.links.get(block.url, (None, path))
        return link == block and target != path

    def _odd_fields(self, page: _Page, derived: Mapping[str, Value]) -> dict[str, Any]:
        """The fields that an import would not derive as they are, by name or pointer."""
        found: dict[str, Any] = {}
        for at, name, tokens, untouched in self._others:
            value = _inside(page.data, tokens)
            usual = derived.get(at, untouched)
            if value != usual or type(value) is not type(usual):
                found[name] = value
        if _folder(page.path) not in self.among.one_spelling:
            found |= {"subject": page.fields.subject, "seo.title": page.fields.seo.title}
        return found

    def _odd_styles(self, page: _Page) -> dict[str, Style]:
        """The styles that are not those of the template."""
        styles = page.article.document.styles()
        return {
            known.name: styles[at]
            for at, known in self._texts.items()
            if at in styles and self._styles.get(at, styles[at]) != styles[at]
        }

    def _below(self, path: str) -> str:
        return path.removeprefix(f"{self.site.config.content}/")


class Exporting:
    """The work of making records of articles, in whatever process; ``write`` makes bytes of one."""

    def __init__(self, together: Among, write: Callable[[Record], bytes]) -> None:
        self.among = together
        self.write = write
        self._exporter: Exporter | None = None

    def __call__(self, site: Site, number: int, path: str, /) -> bytes | QtauthorError:
        """The line of an article, or why it cannot be exported."""
        self._exporter = self._exporter or Exporter(site, self.among)
        try:
            return self.write(self._exporter.record(path))
        except QtauthorError as error:
            return error.at(path)
        except UnicodeEncodeError as error:
            return _halved(error.object).at(path)

    def flush(self) -> None:
        """Nothing waits."""


def _halved(text: str) -> ArticleError:
    return ArticleError(
        Code.WRONG_TYPE,
        "there is half of a surrogate pair, which no record can hold",
        excerpt=text[:200],
        remedy="write both halves of it, or none",
    )


def _inside(data: Any, tokens: tuple[str, ...]) -> Any:
    """The value at a place; nothing where there is none."""
    for token in tokens:
        data = data.get(token) if isinstance(data, dict) else None
    return data


def _encodes(site: Site, markdown: str, stored: str) -> bool:
    try:
        return site.answers.encode(markdown) == stored
    except ArticleError:
        return False


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
