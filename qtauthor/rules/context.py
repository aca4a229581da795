"""What is around an article: the site's configuration, its other articles, and the day."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import cache
from sys import intern
from typing import Any, NamedTuple, Protocol

import msgspec

from qtauthor.content.index import Entry, Index, Link
from qtauthor.content.site import Site
from qtauthor.files.name_forms import folded
from qtauthor.model import derived_names
from qtauthor.model.address import Addresses
from qtauthor.model.derived_names import composed
from qtauthor.text.document import Document


class OtherArticles(Protocol):
    """The questions that rules ask about other articles; the index of a site answers them."""

    def entry(self, path: str) -> Entry | None: ...
    def with_id(self, number: int) -> list[Entry]: ...
    def at_address(self, url: str) -> Entry | None: ...
    def with_slug(self, slug: str) -> list[Entry]: ...
    def spelled_like(self, slug: str) -> list[Entry]: ...
    def folders_like(self, key: str) -> dict[str, int]: ...
    def in_subject(self, key: str) -> list[Entry]: ...


class Snapshot:
    """All that is known, in dictionaries: for checking many articles at once."""

    def __init__(
        self,
        entries: Iterable[Entry],
        links: Callable[[], Iterable[Link]],
        content: str,
        addresses: Addresses,
    ) -> None:
        self._content = content
        self._page = addresses.page
        self._entries = {entry.path: entry for entry in entries}
        self._linking = _Linking(links, self._entries, addresses)
        self._file()

    def _file(self) -> None:
        """Sort the entries by what is asked for."""
        self._pages = {self._page(entry.address): entry for entry in self._entries.values()}
        self._ids: dict[int, list[Entry]] = {}
        self._slugs: dict[str, list[Entry]] = {}
        self._folders: dict[str, list[Entry]] = {}
        self._alike: _Alike | None = None
        for entry in self._entries.values():
            folder, _, name = entry.path.removeprefix(self._content + "/").partition("/")
            self._slugs.setdefault(composed(name).removesuffix(".md"), []).append(entry)
            self._folders.setdefault(composed(folder), []).append(entry)
            if entry.id is not None:
                self._ids.setdefault(entry.id, []).append(entry)

    def entry(self, path: str) -> Entry | None:
        return self._entries.get(path)

    def with_id(self, number: int) -> list[Entry]:
        return self._ids.get(number, [])

    def at_address(self, url: str) -> Entry | None:
        return self._pages.get(self._page(url))

    def with_slug(self, slug: str) -> list[Entry]:
        return self._slugs.get(composed(slug), [])

    def spelled_like(self, slug: str) -> list[Entry]:
        return self._folded.slugs.get(folded(slug), [])

    def folders_like(self, key: str) -> dict[str, int]:
        return self._folded.folders.get(folded(key), {})

    @property
    def _folded(self) -> _Alike:
        """Names without their case, which hardly any rule asks for."""
        if self._alike is None:
            self._alike = _Alike({}, {})
            for slug, entries in self._slugs.items():
                self._alike.slugs.setdefault(folded(slug), []).extend(entries)
            counted = Counter(
                e.path[len(self._content) + 1 :].partition("/")[0] for e in self._entries.values()
            )
            for folder, count in counted.items():
                self._alike.folders.setdefault(folded(folder), {})[folder] = count
        return self._alike

    def in_subject(self, key: str) -> list[Entry]:
        return self._folders.get(composed(key), [])

    def sources(self, url: str) -> list[str]:
        """The articles with a block that leads where this url leads."""
        return self._linking.sources(url)

    def updated(
        self, entries: Mapping[str, Entry | None], urls: Mapping[str, tuple[str, ...]]
    ) -> Snapshot:
        """What is known when some articles and the ``urls`` of their links are others, or gone."""
        new = copy(self)
        new._linking = self._linking.updated({**dict.fromkeys(entries, ()), **urls})
        changed = {path: entry for path, entry in entries.items() if entry != self.entry(path)}
        if changed:
            kept = {path: entry for path, entry in self._entries.items() if path not in changed}
            new._entries = kept | {path: entry for path, entry in changed.items() if entry}
            new._file()
        return new


class _Alike(NamedTuple):
    """Articles by the slugs, and the sizes of folders by the names, that a system may mix up."""

    slugs: dict[str, list[Entry]]
    folders: dict[str, dict[str, int]]


class _Linking:
    """Who links where. The links of all articles are asked for once, when that is needed."""

    def __init__(
        self,
        links: Callable[[], Iterable[Link]],
        paths: Mapping[str, Entry],
        addresses: Addresses,
    ) -> None:
        self.found: dict[str, list[str]] = {}
        self.asked = False
        self.replaced: dict[str, tuple[str, ...]] = {}
        self.instead: dict[str, list[str]] = {}
        self._links = links
        self._page = addresses.page
        self._paths = {path: path for path in paths}

    def sources(self, url: str) -> list[str]:
        self.ask()
        page = self._page(url)
        old = [path for path in self.found.get(page, ()) if path not in self.replaced]
        return [*old, *self.instead.get(page, ())]

    def ask(self) -> None:
        if not self.asked:
            for link in self._links():
                if link.url is not None:  # a path is kept once, however often it is a source
                    path = self._paths.get(link.source, link.source)
                    self.found.setdefault(intern(self._page(link.url)), []).append(path)
            self.asked = True

    def updated(self, urls: Mapping[str, tuple[str, ...]]) -> _Linking:
        self.ask()  # as long as the site is the one that it was
        new = copy(self)
        new.replaced = self.replaced | {path: tuple(map(intern, urls[path])) for path in urls}
        new.instead = {}
        for path, links in new.replaced.items():
            for url in links:
                new.instead.setdefault(self._page(url), []).append(path)
        return new


class Limits(msgspec.Struct, frozen=True):
    """Numbers of characters between which a description is well.

    A search engine has never shown more than 320 of them.
    """

    description_min: int = 50
    description_max: int = 320


class Context:
    """What rules know beside the article. ``today`` is passed in: rules have no clock."""

    def __init__(
        self, site: Site, known: OtherArticles, today: datetime.date, limits: Limits | None = None
    ) -> None:
        self.site = site
        self.known = known
        self.today = today
        self.limits = limits or Limits()
        self.like: Document = site.template
        self.body = site.template.body
        self.content = site.config.content
        self.naming = site.config.naming
        self.addresses = site.config.addresses
        self.memo: dict[Any, Any] = {}  # what a rule keeps from one article for the next
        self.escaped = site.config.answer.codec == "escaped-newlines"
        self.configured = site.config.canonical_subject
        self.spelling = cache(self._spelling)
        self.slug = cache(self._slug)
        self._configured = {
            self._slug(spelling)
            for name, others in site.config.spellings
            for spelling in (name, *others)
        }

    def knowing(self, known: OtherArticles, site: Site | None = None) -> Context:
        """The same with other articles around."""
        return Context(site or self.site, known, self.today, self.limits)

    def sources(self, url: str) -> list[str]:
        """The articles with a block that leads where this url leads."""
        if isinstance(self.known, Snapshot):
            return self.known.sources(url)
        return [link.source for link in self.site.index.links_to(url)]

    def address(self, folder: str, slug: str) -> str:
        """Where the site shows ``<folder>/<slug>.md``."""
        return derived_names.url(self.naming.url_pattern, folder, slug)

    def is_configured(self, subject: str) -> bool:
        """Whether the configuration says how a subject is spelled."""
        return self.slug(subject) in self._configured

    def _slug(self, text: str) -> str:
        """The slug of a subject; there are few of them."""
        return derived_names.slugify(text, self.naming.slug_style)

    def _spelling(self, folder: str) -> str | None:
        """How most articles in a folder spell their subject; ``None`` if no spelling leads."""
        counts = Counter(
            {
                name: count
                for name, count in self._spellings(folder).items()
                if self.slug(name) == folder
            }
        ).most_common(2)
        if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
            return None
        return counts[0][0]

    def _spellings(self, folder: str) -> Mapping[str, int]:
        """The subjects of a folder's articles, with how many spell them so."""
        if isinstance(self.known, Index):
            return self.known.spellings(folder)  # it counts more quickly than it tells of all
        return Counter(entry.subject for entry in self.known.in_subject(folder) if entry.subject)
