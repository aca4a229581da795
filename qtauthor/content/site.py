"""A site: its articles, and what is asked about all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from qtauthor.content import config, naming, skim, templates
from qtauthor.content.answer import Codec, codec
from qtauthor.content.article import Article
from qtauthor.content.config import Config
from qtauthor.content.index import Index
from qtauthor.content.source import DiskSource, Source
from qtauthor.errors import Code, QtauthorError, SiteError
from qtauthor.text.document import Document


class Site:
    """A site's root, configuration and files. It reads; it never writes."""

    def __init__(self, root: Path, configuration: Config, source: Source | None = None) -> None:
        self.root = root
        self.config = configuration
        self.source = source or DiskSource(root)

    @classmethod
    def find(cls, start: Path) -> Site:
        """The site around a file or folder. Raises ``SiteError``, ``ConfigError``."""
        found = config.find(start)
        return cls(found.root, found.config)

    @classmethod
    def at(cls, root: Path) -> Site:
        """The site at exactly ``root``. Raises ``SiteError``, ``ConfigError``."""
        found = config.load(root)
        return cls(found.root, found.config)

    @cached_property
    def template(self) -> Document:
        """The template of the configuration. Raises ``SiteError``."""
        return templates.load(self.config.template, self.root)

    @cached_property
    def index(self) -> Index:
        """What is known about all articles together."""
        return Index(self.source, self.config.content, self.config.naming)

    @property
    def answers(self) -> Codec:
        """How answers are stored."""
        return codec(self.config.answer.codec)

    def paths(self) -> Iterator[str]:
        """Every article's path below the root, sorted."""
        return self.source.articles(self.config.content)

    def path_of(self, name: str) -> str:
        """The path below the root of ``<subject-key>/<slug>.md``."""
        return f"{self.config.content}/{name}"

    def article(self, path: str) -> Article:
        """Read one article. Raises ``ParseError``, ``SiteError``."""
        try:
            return self.parse(self.source.read(path))
        except QtauthorError as error:
            raise error.at(path) from None

    def parse(self, data: bytes) -> Article:
        """An article's bytes, read in the manner of this site. Raises ``ParseError``."""
        return Article.parse(data, like=self.template, answers=self.answers)

    @cached_property
    def ids(self) -> dict[int, tuple[str, ...]]:
        """The paths of the articles with each id, negative ones too.

        A file that cannot be read counts with every id that it seems to mention.
        """
        found: dict[int, tuple[str, ...]] = {}
        for path in self.paths():
            for number in self._ids_in(path):
                found[number] = (*found.get(number, ()), path)
        return found

    def _ids_in(self, path: str) -> list[int]:
        data = b""
        try:
            data = self.source.read(path)
            number = skim.article_id(data)
        except QtauthorError:
            return skim.mentioned_ids(data)
        return [number] if isinstance(number, int) and not isinstance(number, bool) else []

    def next_id(self) -> int:
        """One more than the largest id; placeholders (0 and below) do not count."""
        return max((number for number in self.ids if number > 0), default=0) + 1

    def by_id(self, number: int) -> Article:
        """The article with this id, the first by path. Raises ``SiteError`` ``unknown-id``."""
        paths = self.ids.get(number)
        if not paths:
            raise SiteError(
                Code.UNKNOWN_ID,
                f"no article has the id {number}",
                excerpt=str(number),
                remedy="give the id of an article that is there",
            )
        return self.article(paths[0])

    def canonical_subject(self, name: str) -> str:
        """The spelling of a subject: as configured, else as most articles of its folder have it.

        A subject without articles is spelled as it is given. Raises ``ArticleError``.
        """
        configured = self.config.canonical_subject(name)
        folder = self.path_of(naming.subject_key(configured, self.config.slug.style))
        if configured != name or not self.source.exists(folder):
            return configured
        spellings = Counter(self._subjects_in(folder + "/"))
        return spellings.most_common(1)[0][0] if spellings else configured

    def _subjects_in(self, prefix: str) -> Iterator[str]:
        for path in self.paths():
            if path.startswith(prefix):
                with suppress(QtauthorError):
                    spelling = skim.subject(self.source.read(path))
                    if isinstance(spelling, str):
                        yield spelling

    def with_slug(self, slug: str) -> list[str]:
        """The paths of the articles with this file name, under whatever subject."""
        name = f"/{slug}.md"
        return [path for path in self.paths() if path.endswith(name)]
