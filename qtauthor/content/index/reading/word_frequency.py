"""In how many articles a word stands: what tells a telling word from a common one.

FTS5 can count, but goes through all places of a word each time. So the counts are kept in a table,
which is made when they are first asked for, and again when the full text has grown by a tenth.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from qtauthor.content.index.reading.full_text import TOKENIZE, Words
from qtauthor.content.index.storage import tables

_GROWTH = 10
_SLACK = 200
"""Articles by which a site may grow before its counts are made again; a tenth of it, too."""


class Frequency(NamedTuple):
    """``stem`` is what the full text has in the place of a word, ``articles`` how many have it."""

    stem: str
    articles: int


class Frequencies(NamedTuple):
    """The words that were asked for, those of them that are words; ``total`` counts articles."""

    total: int
    words: dict[str, Frequency]


class Counter:
    """The counts of one full text, which has to be up to date when it is asked."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._run = words.connection.execute
        self._ready = False

    def frequencies(self, asked: Iterable[str]) -> Frequencies:
        """Of each word, in whatever inflection."""
        self._count()
        total = self._run("SELECT count(*) FROM main.article").fetchone()[0]
        stems = self._stems(dict.fromkeys(asked))
        find = "SELECT articles FROM main.frequency WHERE term = ?"
        found: dict[str, Frequency] = {}
        for word, stem in stems.items():
            row = self._run(find, (stem,)).fetchone()
            found[word] = Frequency(stem, row[0] if row else 0)
        return Frequencies(total, found)

    def _stems(self, asked: dict[str, None]) -> dict[str, str]:
        """The tokens that FTS5 makes of words; nothing of what it makes none or several of."""
        if not self._ready:
            run = self._run
            run(f"CREATE VIRTUAL TABLE temp.probe USING fts5(word, tokenize='{TOKENIZE}')")
            run("CREATE VIRTUAL TABLE temp.probed USING fts5vocab(temp, probe, instance)")
            self._ready = True
        listed = list(asked)
        self._run("BEGIN")
        try:
            self._words.connection.executemany(
                "INSERT INTO temp.probe (rowid, word) VALUES (?, ?)", enumerate(listed)
            )
            tokens = self._run("SELECT term, doc FROM temp.probed").fetchall()
        finally:
            self._run("ROLLBACK")  # nothing is to stay
        found: dict[str, str] = {}
        several: set[str] = set()
        for stem, number in tokens:
            word = listed[number]
            if found.setdefault(word, stem) != stem:
                several.add(word)
        return {word: stem for word, stem in found.items() if word not in several}

    def _count(self) -> None:
        """Make the table, unless there is one that is near enough."""
        store = self._words.store
        worded, then = (int(str(store.meta(name) or 0)) for name in ("worded", "counted"))
        if not worded:  # the full text is made when there is an article
            self._run(f"CREATE TABLE IF NOT EXISTS main.frequency {tables.NO_FREQUENCY}")
            return
        if then and then <= worded <= then + then // _GROWTH + _SLACK:
            return
        with store.writing():
            self._run("DROP TABLE IF EXISTS main.frequency")
            self._run(f"CREATE TABLE main.frequency {tables.FREQUENCY}")
            self._run("DROP TABLE IF EXISTS temp.vocabulary")
            self._run("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, row)")
            self._run("INSERT INTO main.frequency SELECT term, doc FROM temp.vocabulary")
            self._run("DROP TABLE temp.vocabulary")
            store.set_meta("counted", worded)
