"""An open index: its database, what is laid over it, its full text, and who watches conditions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from qtauthor.content.index.conditions import condition
from qtauthor.content.index.conditions.condition import Scope, Selection
from qtauthor.content.index.conditions.sql_guard import Guard
from qtauthor.content.index.entry import Refreshed
from qtauthor.content.index.reading import facts
from qtauthor.content.index.reading.full_text import Words
from qtauthor.content.index.reading.word_frequency import Counter, Frequencies
from qtauthor.content.index.refresh import ProgressCallback, refresh
from qtauthor.content.index.storage import stored_paths
from qtauthor.content.index.storage.overlay import Overlay
from qtauthor.content.index.storage.store import Store
from qtauthor.content.index.storage.weak_callbacks import weakly
from qtauthor.content.source import Source
from qtauthor.errors import Code, QtauthorError, SiteError

_BATCH = 500
Rows = list[tuple[Any, ...]]


class IndexSession:
    """Raises ``sqlite3.DatabaseError`` where the database fails: whoever asked opens another."""

    def __init__(
        self,
        store: Store,
        source: Source,
        content: str,
        pattern: str,
        decode: Callable[[str], str],
    ) -> None:
        self.store = store
        self.source = source
        self.content = content
        self.pattern = pattern
        self.connection = store.connection
        self.guard = Guard(self.connection)
        self.words = Words(store, source, decode)
        self.counter = Counter(self.words)
        self.overlay = Overlay(store, content, pattern)
        self.worded = False
        self.found: dict[str, frozenset[int]] = {}
        self.read: tuple[str, str | None] = ("", None)
        self._teach("answer_of", 1, weakly(self, IndexSession._answer_of))
        self._teach("folder_of", 1, stored_paths.folder_of, deterministic=True)
        self._teach("hash_of", 1, stored_paths.hash_of, deterministic=True)
        self._teach(
            "page_of", 1, partial(stored_paths.page_of, pattern=pattern), deterministic=True
        )
        self._teach("match", 2, weakly(self, IndexSession._match))

    def _teach(
        self, name: str, count: int, function: Callable[..., Any], *, deterministic: bool = False
    ) -> None:
        failed = weakly(self.guard, Guard.failed)

        def guarded(*values: Any) -> Any:
            try:
                return function(*values)
            except BaseException as error:
                failed(error)
                raise

        self.connection.create_function(name, count, guarded, deterministic=deterministic)

    def close(self) -> None:
        """Close the database. Nothing can be asked any more."""
        self.store.close()

    def refresh(self, progress: ProgressCallback | None, *, rebuild: bool = False) -> Refreshed:
        """Bring tables and overlay up to date."""
        found = refresh(
            self.store, self.source, self.content, self.pattern, progress, rebuild=rebuild
        )
        self.lay()
        return found

    def lay(self) -> None:
        """Bring the overlay alone up to date."""
        if self.overlay.refresh(self.source):
            self.worded = False
        self.found.clear()
        self.read = ("", None)

    def rows(self, query: str, values: tuple[object, ...]) -> Rows:
        """The answer to a query of ours."""
        return self.connection.execute(query, values).fetchall()

    def select(
        self, chosen: Selection, progress: ProgressCallback | None
    ) -> tuple[Rows, Iterator[Any]]:
        """The first rows of a selection, and the rest.

        Raises ``RequestError`` for a condition that is refused.
        """
        query, values = condition.query(chosen), condition.parameters(chosen)
        self.connection.create_function("in_scope", 1, Scope(chosen.within))
        self.guard.begin()
        try:
            with self.guard.watch():  # only prepared, to see what it asks for
                self.connection.execute(f"EXPLAIN {query}", values).fetchone()
            if self.guard.matches:
                self._find_words(progress)
            rows = self._pages(query, values)
            return next(rows, []), (row for page in rows for row in page)
        except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError) as error:
            if self.store.stands() and condition.is_at_fault(error):
                raise condition.refused(error, chosen.where) from None
            raise

    def search(
        self, query: str, limit: int, progress: ProgressCallback | None
    ) -> list[tuple[str, float]]:
        """The articles that match best. Raises ``RequestError`` for words that are no query."""
        self._find_words(progress)
        try:
            ranked = self.words.ranked(query, limit)
        except sqlite3.OperationalError as error:
            if self.store.stands() and condition.is_at_fault(error):
                raise condition.refusal(str(error), query, _SYNTAX) from None
            raise
        found = "SELECT path FROM articles_ WHERE number = ?"
        return [
            (stored_paths.real(path), rank)
            for number, rank in ranked
            for (path,) in self.connection.execute(found, (number,))
        ]

    def frequencies(self, asked: Iterable[str], progress: ProgressCallback | None) -> Frequencies:
        """In how many articles words stand."""
        self._find_words(progress)
        return self.counter.frequencies(asked)

    def _pages(self, query: str, values: dict[str, Any]) -> Iterator[Rows]:
        cursor = self.connection.cursor()
        with self.guard.watch():
            cursor.execute(query, values)
            page = cursor.fetchmany(_BATCH)
        while page:
            yield page
            try:
                with self.guard.watch():
                    page = cursor.fetchmany(_BATCH)
            except sqlite3.DatabaseError as error:
                raise SiteError(
                    Code.CANNOT_READ,
                    f"the index failed: {error}",
                    excerpt=str(self.store.path),
                    remedy="run the command again",
                ) from None

    def _find_words(self, progress: ProgressCallback | None) -> None:
        self.words.update(progress)  # others may have added articles
        if not self.worded:
            if self.overlay.versions:
                self.words.overlay()
            self.worded = True

    def _match(self, query: object, number: object) -> bool:
        """``articles MATCH query``: the left side is the number of the row."""
        wanted = str(query)
        if type(number) is not int:
            raise condition.refusal("match needs articles on its left", wanted, _LEFT)
        if wanted not in self.found:
            try:
                with self.guard.trusted():
                    self.found[wanted] = self.words.matching(wanted)
            except sqlite3.OperationalError as error:
                if not self.store.stands():
                    raise
                raise condition.refusal(str(error), wanted, _SYNTAX) from None
        return number in self.found[wanted]

    def _answer_of(self, path: str) -> str | None:
        """The answer as it is stored now; ``None`` if it cannot be read any more."""
        if self.read[0] != path:
            try:
                self.read = (path, facts.answer(self.source.read(stored_paths.real(path))))
            except QtauthorError:
                self.read = (path, None)
        return self.read[1]


_LEFT = "write articles MATCH 'words'; for one column articles MATCH 'title: words'"
_SYNTAX = "quote words with signs in them, as in articles MATCH '\"p > 0.5\"'"
