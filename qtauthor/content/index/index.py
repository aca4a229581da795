"""What is asked about all articles together: who has this id, who links here, which are so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from msgspec import structs

from qtauthor.content.index import neighbours, statistics
from qtauthor.content.index.conditions.condition import Selection
from qtauthor.content.index.entry import Entry, Link, Saved
from qtauthor.content.index.open_index import OpenIndex
from qtauthor.content.index.reading.word_frequency import Frequencies
from qtauthor.content.index.statistics import Statistics, SubjectCount
from qtauthor.content.index.storage import stored_paths
from qtauthor.files.name_forms import folded
from qtauthor.model import address, derived_names
from qtauthor.model.derived_names import composed

_PAGE = 2000
_NAMES = frozenset(("path", "folder", "slug", "address"))
_ENTRY = (
    "SELECT path, coalesce(address, url), id, title, question, subject, url, file_name,"
    " no_index, problem FROM articles_"
)
_LINK = (
    "SELECT a.path, l.number, l.id, l.title, l.subject, l.url"
    " FROM links_ AS l JOIN articles_ AS a ON a.number = l.source"
)


class Index(OpenIndex):
    """The articles of a site, and the links between them. Everything comes sorted by path.

    It is kept in ``folder``, else in memory, and brought up to date by the first question; ask
    ``refresh`` or ``expire`` for more. Every question may raise ``SiteError`` if a folder cannot be
    listed. One thread at a time.
    """

    # Articles

    def entries(self) -> Iterator[Entry]:
        """Every file, also one that cannot be read."""
        last = ""
        while page := self._entries(f"WHERE path > ? ORDER BY path LIMIT {_PAGE}", last):
            yield from page
            last = stored_paths.stored(page[-1].path)

    def entry(self, path: str) -> Entry | None:
        """The article at ``path``."""
        return next(iter(self._entries("WHERE path = ?", stored_paths.stored(path))), None)

    def with_id(self, number: int) -> list[Entry]:
        """The articles with this id."""
        return self._entries("WHERE id = ? ORDER BY path", number)

    def close_to(self, number: int, distance: int) -> list[Entry]:
        """The articles whose id is at most ``distance`` away, sorted by id."""
        return self._entries(neighbours.CLOSE, number - distance, number + distance)

    def among(self, paths: Iterable[str]) -> list[Entry]:
        """Those of ``paths`` that are articles."""
        return self._entries(neighbours.AMONG, neighbours.listed(paths))

    def at_address(self, url: str) -> Entry | None:
        """The article that the site shows to whoever follows ``url``, however that is spelled."""
        path = self._place(url)
        return self.entry(path) if path else None

    def _place(self, url: str) -> str | None:
        parts = address.of(self._rules.url_pattern).names(url)
        return self.called(f"{self._content}/{parts[0]}/{parts[1]}.md") if parts else None

    def called(self, path: str) -> str:
        """The path of the article that has this name, however its letters are composed.

        The name itself if no article has it.
        """
        if path.isascii() or not path.endswith(".md") or self.entry(path):
            return path
        wanted = composed(path)
        alike = self.with_slug(path.rpartition("/")[2].removesuffix(".md"))
        return next((one.path for one in alike if composed(one.path) == wanted), path)

    def with_slug(self, slug: str) -> list[Entry]:
        """The articles whose file has this name, under whatever subject."""
        return self._entries("WHERE slug = ? ORDER BY path", stored_paths.stored(composed(slug)))

    def spelled_like(self, slug: str) -> list[Entry]:
        """The articles whose file has this name but for its case, under whatever subject."""
        plain = stored_paths.stored(folded(slug))
        return self._entries("WHERE slug = ? OR folded = ? ORDER BY path", plain, plain)

    def folders_like(self, key: str) -> dict[str, int]:
        """The folders with this name but for its case and its letters, as they are on the disk.

        Each has the number of its articles.
        """
        there = [
            stored_paths.real(path).split("/")[-2] for (path,) in self._rows(neighbours.FOLDERS)
        ]
        alike = [name for name in there if folded(name) == folded(key)]
        return {name: self._size(name) for name in alike}

    def _size(self, folder: str) -> int:
        """The number of articles in a folder with exactly this name."""
        first = stored_paths.stored(f"{self._content}/{folder}/")
        [(count,)] = self._rows(neighbours.BETWEEN, first, neighbours.behind(first))
        return int(count)

    def in_subject(self, key: str) -> list[Entry]:
        """The articles in the folder ``key``, however its letters are composed."""
        first, end = self._inside(key)
        return self._entries("WHERE path >= ? AND path < ? ORDER BY path", first, end)

    def folder(self, key: str) -> str:
        """The name on the disk of the folder of a subject with articles, else ``key`` itself."""
        if key.isascii():
            return key
        self._rows("SELECT 1")  # brings it up to date
        if self._folders[0] is not self._current:
            rows = self._rows("SELECT path FROM articles_ ORDER BY path DESC")
            there = dict.fromkeys(stored_paths.real(path).split("/")[-2] for (path,) in rows)
            found = {composed(name): name for name in there} | {name: name for name in there}
            self._folders = self._current, found
        return self._folders[1].get(key) or self._folders[1].get(composed(key), key)

    def _inside(self, key: str) -> tuple[str, str]:
        """Between which paths the articles in a folder are."""
        first = stored_paths.stored(f"{self._content}/{self.folder(key)}/")
        return first, neighbours.behind(first)

    def saved(self, after: int = 0) -> tuple[int, list[Saved]]:
        """How many articles the disk has, and those that came or changed later.

        ``after`` is the largest ``number`` that the caller knows: a changed file gets a new one.
        """
        [(total,)] = self._rows("SELECT count(*) FROM main.article")
        rows = self._rows(_SAVED, after)
        return total, [
            Saved(number, stored_paths.real(path), *cells) for number, path, *cells in rows
        ]

    def unreadable(self) -> list[Entry]:
        """The files that cannot be read as articles."""
        return self._entries("WHERE problem NOT NULL ORDER BY path")

    # Links

    def links(self) -> Iterator[Link]:
        """Every related block."""
        last, number = "", 0
        beyond = f"WHERE (a.path, l.number) > (?, ?) ORDER BY a.path, l.number LIMIT {_PAGE}"
        while page := self._links(beyond, last, number):
            yield from page
            last, number = stored_paths.stored(page[-1].source), page[-1].number

    def links_of(self, path: str) -> list[Link]:
        """The related blocks of one article."""
        return self._links("WHERE a.path = ? ORDER BY l.number", stored_paths.stored(path))

    def links_to(self, url: str) -> list[Link]:
        """The related blocks whose urls open the same page as this one."""
        where = "WHERE l.hash = ? AND coalesce(l.page, l.url) = ? ORDER BY a.path, l.number"
        page = stored_paths.page_of(url, self._rules.url_pattern)
        return self._links(where, stored_paths.hash_of(page), page)

    def links_with_id(self, number: int) -> list[Link]:
        """The related blocks that name this id."""
        return self._links("WHERE l.id = ? ORDER BY a.path, l.number", number)

    def linked(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The two ends of each link from or to these articles, as paths; targets may be dead."""
        return neighbours.linked(self._rows, tuple(paths), self._place)

    # Ids and subjects

    def ids(self) -> Iterator[tuple[int, str]]:
        """Each id with the path of an article that has it, sorted by path.

        A file that cannot be read counts with every id that it seems to mention.
        """
        rows = self._rows(f"{_IDS} ORDER BY 2, 1")
        return ((number, stored_paths.real(path)) for number, path in rows)

    def paths_with_id(self, number: int) -> tuple[str, ...]:
        """The paths that ``ids`` has for one id."""
        rows = self._rows(f"SELECT path FROM ({_IDS}) WHERE id = ? ORDER BY 1", number)
        return tuple(stored_paths.real(path) for (path,) in rows)

    def largest_id(self) -> int:
        """The largest positive id of ``ids``, else 0."""
        largest = (
            "SELECT max(coalesce((SELECT max(id) FROM articles_), 0),"
            " coalesce((SELECT max(id) FROM mentions_), 0), 0)"
        )
        return int(self._rows(largest)[0][0])

    def spelling(self, key: str) -> str | None:
        """The subject of most articles in the folder ``key``, as they spell it.

        What an article says that was put there from another subject does not count.
        """
        style = self._rules.slug_style
        spelled = self.spellings(key)
        return next((name for name in spelled if derived_names.slugify(name, style) == key), None)

    def spellings(self, key: str) -> dict[str, int]:
        """The subjects of the articles in the folder ``key`` with their numbers, largest first."""
        rows = self._rows(
            "SELECT subject, count(*) FROM articles_ WHERE path >= ? AND path < ?"
            " AND subject NOT NULL GROUP BY subject ORDER BY count(*) DESC, min(path)",
            *self._inside(key),
        )
        return dict(rows)

    def subjects(self) -> list[SubjectCount]:
        """Every folder with articles, the largest first."""
        return statistics.subjects(self._rows(statistics.SUBJECTS))

    def statistics(self) -> Statistics:
        """Counts over all articles."""
        return statistics.statistics(self._rows)

    # Conditions and full text

    def select(self, chosen: Selection) -> Iterator[tuple[Any, ...]]:
        """Rows of the columns that were asked for, for each article that was chosen.

        Raises ``RequestError`` with ``bad-condition``.
        """
        first, rest = self._ask(lambda session: session.select(chosen, self.progress))
        named = [at for at, name in enumerate(chosen.columns) if name in _NAMES]
        for row in chain(first, rest):
            if all(row[at].isascii() for at in named):
                yield row
            else:
                yield tuple(
                    stored_paths.real(cell) if at in named else cell for at, cell in enumerate(row)
                )

    def search(self, query: str, limit: int = 20) -> list[tuple[str, float]]:
        """The paths that match a full-text query best, each with its rank: the lower the better.

        ``query`` is in the language of SQLite's FTS5. Raises ``RequestError``, ``bad-condition``.
        """
        return self._ask(lambda session: session.search(query, limit, self.progress))

    def frequencies(self, words: Iterable[str]) -> Frequencies:
        """In how many articles each word stands, in any inflection."""
        asked = tuple(words)
        return self._ask(lambda session: session.frequencies(asked, self.progress))

    def _entries(self, where: str, *values: object) -> list[Entry]:
        rows = self._rows(f"{_ENTRY} {where}", *values)
        return [_entry(*row) for row in rows]

    def _links(self, where: str, *values: object) -> list[Link]:
        rows = self._rows(f"{_LINK} {where}", *values)
        return [Link(stored_paths.real(source), *cells) for source, *cells in rows]


def _entry(path: str, address: str, *cells: Any) -> Entry:
    *fields, no_index, problem = cells
    known = Entry(stored_paths.real(path), stored_paths.real(address), *fields)
    if no_index or problem:
        return structs.replace(known, no_index=bool(no_index), problem=problem)
    return known


_SAVED = (
    "SELECT number, path, coalesce(title, question, slug), subject FROM main.article"
    " WHERE number > ? ORDER BY number"
)
_IDS = (
    "SELECT id, path FROM articles_ WHERE id NOT NULL"
    " UNION SELECT m.id, a.path FROM mentions_ AS m JOIN articles_ AS a ON a.number = m.source"
)
