"""A site: its articles, and what is asked about all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qtauthor.content import listing, subject_names
from qtauthor.content.answer import Codec, codec
from qtauthor.content.article import Article
from qtauthor.content.source import DiskSource, Source
from qtauthor.errors import Code, Place, QtauthorError, SiteError
from qtauthor.files import state_folder
from qtauthor.files.private_folder import Folder
from qtauthor.model import article_fields, derived_names, templates
from qtauthor.model.config import site_config
from qtauthor.model.config.site_config import Config
from qtauthor.text.document import Document

if TYPE_CHECKING:  # a command that reads one file does without a database
    from qtauthor.content.index import Index
    from qtauthor.content.index.conditions.condition import Parameter
    from qtauthor.content.index.refresh import ProgressCallback


class Site:
    """A site's root, configuration and files. It reads; it never writes."""

    def __init__(self, root: Path, configuration: Config, source: Source | None = None) -> None:
        self.root = root
        self.config = configuration
        self.source = source or DiskSource(root)
        self.progress: ProgressCallback | None = None

    @classmethod
    def find(cls, start: str | Path = ".") -> Site:
        """The site around a file or folder. Raises ``SiteError``, ``ConfigError``."""
        found = site_config.find(Path(start))
        return cls(found.root, found.config)

    @classmethod
    def at(cls, root: str | Path) -> Site:
        """The site at exactly ``root``. Raises ``SiteError``, ``ConfigError``."""
        found = site_config.load(Path(root))
        return cls(found.root, found.config)

    @cached_property
    def template(self) -> Document:
        """The template of the configuration. Raises ``SiteError``."""
        return templates.load(self.config.template, self.root)

    @cached_property
    def index(self) -> Index:
        """What is known about all articles together, as the files were at the first question.

        ``progress`` of the site is told how far the reading is, if it is set before.
        """
        from qtauthor.content.index import Index

        return Index(
            self.source,
            self.config.content,
            self.config.naming,
            folder=self._state,
            codec=self.answers.decode,
            progress=self.progress,
        )

    @property
    def _state(self) -> Folder | None:
        """Where the index is kept; ``None`` where nothing can be."""
        try:
            return state_folder.of(self.root)
        except SiteError:
            return None

    def refresh(self) -> None:
        """Look at the files again before the next answer of the index, if it was asked before."""
        if "index" in vars(self):
            self.index.expire()

    @property
    def answers(self) -> Codec:
        """How answers are stored."""
        return codec(self.config.answer.codec)

    def paths(self) -> Iterator[str]:
        """Every article's path below the root, sorted."""
        return self.source.articles(self.config.content)

    def own_place(self, path: str) -> str:
        """The path under which a file counts; another one if ``path`` leads over a link.

        Raises ``SiteError`` with ``cannot-read``.
        """
        return listing.own_place(self.root, self.config.content, path)

    def is_taken(self, path: str) -> bool:
        """Whether something has this name, or an article has it with other letters that look so.

        Raises ``SiteError``.
        """
        return self.source.exists(path) or self.index.called(path) != path

    def path_of(self, name: str) -> str:
        """The path below the root of ``<subject-key>/<slug>.md``, in the folder that there is."""
        key, slash, file = name.partition("/")
        if not key.isascii():
            key = self.index.folder(key)
        return f"{self.config.content}/{key}{slash}{file}"

    def article(self, path: str) -> Article:
        """Read one article. Raises ``ParseError``, ``SiteError``."""
        try:
            return self.parse(self.source.read(path))
        except QtauthorError as error:
            raise error.at(path) from None

    def parse(self, data: bytes) -> Article:
        """An article's bytes, read in the manner of this site. Raises ``ParseError``."""
        return Article.parse(data, like=self.template, answers=self.answers)

    @property
    def ids(self) -> dict[int, tuple[str, ...]]:
        """The paths of the articles with each id, negative ones too.

        A file that cannot be read counts with every id that it seems to mention.
        """
        found: dict[int, tuple[str, ...]] = {}
        for number, path in self.index.ids():
            found[number] = (*found.get(number, ()), path)
        return found

    def next_id(self) -> int:
        """One more than the largest id; placeholders (0 and below) do not count.

        Raises ``SiteError`` with ``cannot-read`` for an article that the system does not let read:
        nobody knows which id that has.
        """
        for entry in self.index.unreadable():
            if entry.problem == Code.CANNOT_READ:
                raise SiteError(
                    Code.CANNOT_READ,
                    "the system does not let this article be read, so its id may be the largest",
                    where=Place(entry.path),
                    remedy="mend that first, or give an id",
                )
        return self.index.largest_id() + 1

    def by_id(self, number: int) -> Article:
        """The article with this id, the first by path. Raises ``SiteError`` ``unknown-id``."""
        paths = self.index.paths_with_id(number)
        if not paths:
            raise SiteError(
                Code.UNKNOWN_ID,
                f"no article has the id {number}",
                excerpt=str(number),
                remedy="give the id of an article that is there",
            )
        return self.article(paths[0])

    def find_article(self, name: str) -> str:
        """The path of the one article that ``name`` means.

        That is a path below the root or below the content folder (there ``.md`` may be left out),
        a url (with or without host, query and fragment), a slug, or an id. Raises ``SiteError``:
        ``unknown-article`` with the nearest slugs, ``ambiguous-article`` with the candidates.
        """
        from qtauthor.content import find

        return find.find_article(self.index, self.config.content, name)

    def canonical_subject(self, name: str) -> str:
        """The spelling of a subject: as configured, else as most articles of its folder have it.

        A subject without articles is spelled as it is given. Raises ``ArticleError``.
        """
        configured = self.config.canonical_subject(name)
        key = self.key_of(name)
        if configured != name or not self.source.exists(self.path_of(key)):
            return configured
        return self.index.spelling(key) or configured

    def with_slug(self, slug: str) -> list[str]:
        """The paths of the articles with this file name, under whatever subject."""
        return [entry.path for entry in self.index.with_slug(slug)]

    def select(
        self,
        where: str = "",
        parameters: Mapping[str, Parameter] | None = None,
        *,
        subject: str | None = None,
    ) -> list[str]:
        """The paths of the articles for which a condition in SQL holds, sorted.

        ``parameters`` are the values of ``:NAME`` in it. Raises ``RequestError`` with
        ``bad-condition``; ``SiteError`` with ``unknown-subject``; ``ArticleError`` for what is no
        subject's name.
        """
        from qtauthor.content.index.conditions.condition import Selection

        folder = subject_names.key(self, subject) if subject else subject
        chosen = Selection(where, parameters or {}, folder=folder)
        return [path for (path,) in self.index.select(chosen)]

    def key_of(self, subject: str) -> str:
        """The name of the folder of a subject, however that is spelled. Raises ``ArticleError``."""
        article_fields.refuse_faults("/subject", subject)
        configured = self.config.canonical_subject(subject)
        return derived_names.subject_key(configured, self.config.slug.style)
