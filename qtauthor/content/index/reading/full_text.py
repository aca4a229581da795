"""The full text of titles, questions, keywords and answers: built when it is first asked for.

The texts themselves are not kept, only where which word stands. Entries cannot be taken out without
their texts; those of files that changed since lead nowhere (see ``tables``), until there are so
many that all is built anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from qtauthor.content.index.reading import facts
from qtauthor.content.index.refresh import ProgressCallback
from qtauthor.content.index.storage import stored_paths, tables
from qtauthor.content.index.storage.store import Store
from qtauthor.content.source import Source
from qtauthor.errors import Code, QtauthorError

TOKENIZE = tables.TOKENIZE
_BATCH = 250
_MISSING = (
    "SELECT number, path, title, question, keywords FROM {}.article"
    " WHERE number > ? AND problem IS NULL ORDER BY number"
)
_INSERT = "INSERT INTO {}.words (rowid, title, question, keywords, answer) VALUES (?, ?, ?, ?, ?)"
_WEIGHTS = "4, 4, 2, 1"
"""Of a word in a title, a question, a keyword or an answer, for the order of ``search``."""


class Words:
    """The full text of one database. ``decode`` makes Markdown of a stored answer."""

    def __init__(self, store: Store, source: Source, decode: Callable[[str], str]) -> None:
        self.store = store
        self.source = source
        self.decode = decode
        self.connection = store.connection
        self.overlaid = False

    def update(self, progress: ProgressCallback | None = None) -> int:
        """Take in what is new since the last time; gives the number of files that were read."""
        if self.store.meta("words") is not None and self._last() <= self._upto():
            return 0
        with self.store.writing():
            self._make()
            last = self._last()  # another process may have added some
            upto = self._upto()
            total = self.connection.execute(
                "SELECT count(*) FROM main.article WHERE number > ?", (upto,)
            ).fetchone()[0]
            done = 0
            for done in self._add("main", upto, lambda path: self.source.read_stamped(path)[1]):
                if progress is not None:
                    progress(done, total)
            self.store.set_meta("words", last)
            self.store.set_meta("worded", self._count() + done)
        return done

    def overlay(self) -> None:
        """Take in what is open in an editor, anew each time: there is little."""
        self.connection.execute("DROP TABLE IF EXISTS temp.words")
        self.connection.execute(tables.WORDS.format("temp"))
        self.overlaid = True
        for _ in self._add("temp", -(2**62), self.source.read):
            pass

    def matching(self, query: str) -> frozenset[int]:
        """The numbers of the articles that match. Raises ``sqlite3.OperationalError``."""
        find = "SELECT rowid FROM {}.words WHERE words MATCH ?"
        schemas = ("main", "temp") if self.overlaid else ("main",)
        run = self.connection.execute
        return frozenset(n for schema in schemas for (n,) in run(find.format(schema), (query,)))

    def ranked(self, query: str, limit: int) -> list[tuple[int, float]]:
        """The numbers of those that match best, with their rank: the lower the better."""
        find = (
            f"SELECT rowid, bm25(words, {_WEIGHTS}) AS rank FROM main.words"
            " WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?"
        )
        return self.connection.execute(find, (query, limit)).fetchall()

    def _last(self) -> int:
        found = self.connection.execute("SELECT max(number) FROM main.article").fetchone()[0]
        return found or 0

    def _upto(self) -> int:
        return int(str(self.store.meta("words") or 0))

    def _count(self) -> int:
        return int(str(self.store.meta("worded") or 0))

    def _make(self) -> None:
        """The table; an empty one if most of its entries lead nowhere."""
        there = self.connection.execute("SELECT count(*) FROM main.article").fetchone()[0]
        self.connection.execute(tables.WORDS.format("main"))
        if self._count() > 2 * there + 1000:
            self.connection.execute("INSERT INTO main.words (words) VALUES ('delete-all')")
            self.store.set_meta("words", 0)
            self.store.set_meta("worded", 0)

    def _add(self, schema: str, upto: int, read: Callable[[str], bytes]) -> Iterator[int]:
        """Take in the articles with larger numbers; gives how many there are so far."""
        insert, done = _INSERT.format(schema), 0
        missing = self.connection.execute(_MISSING.format(schema), (upto,))
        while batch := list(islice(missing, _BATCH)):
            self.connection.executemany(
                insert, ((n, *texts, self._answer(n, path, read)) for n, path, *texts in batch)
            )
            done += len(batch)
            yield done

    def _answer(self, number: int, path: str, read: Callable[[str], bytes]) -> str:
        try:
            stored = facts.answer(read(stored_paths.real(path)))
        except QtauthorError as error:  # changed since; the next refresh will see that
            if error.code is Code.CANNOT_READ and number > 0:
                self._read_again(number)
            return ""
        return self.decode(stored or "")

    def _read_again(self, number: int) -> None:
        """Let the next refresh read a file that could not be read now, and is as it was."""
        forget = "UPDATE main.article SET size = -1, mtime = -1, ctime = -1, inode = -1"
        self.connection.execute(f"{forget} WHERE number = ?", (number,))
        self.store.set_meta("listing", "")
