"""All titles of a site in memory, to look for words in while someone types.

36,000 titles are searched in less time than a keystroke takes; the full text of the index knows the
answers, too, but would first have to read them all.
"""

from __future__ import annotations

import heapq
import re
from typing import NamedTuple, TypeAlias

from qtauthor.content.site import Site
from qtauthor.operations.authoring import subjects
from qtauthor.operations.authoring.subjects import KnownSubject

_WORDS = re.compile(r"[^\W_]+")
_LIKE = 0.5
"""The share of a query's pieces of three letters that a title must have to be like it."""

_FEW = 5
"""Of so many articles that have the words at the beginning of words, no others are looked for."""
_SHORT = 3
"""Letters of words that say little of what a title is about."""


class TitleMatch(NamedTuple):
    """An article whose title has the words; ``subject`` is as it spells it."""

    path: str
    title: str
    subject: str | None


class Titles:
    """The titles of one site, renewed before each search from what changed since the last."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[str, _Pair] = {}
        self._opened: dict[str, tuple[int, _Pair | None]] = {}
        self._last = self._era = 0
        self._subjects: list[KnownSubject] | None = None

    @property
    def subjects(self) -> list[KnownSubject]:
        """The subjects of the site, most used first."""
        self.renew()
        if self._subjects is None:
            self._subjects = subjects.known(self._site)
        return self._subjects

    def renew(self) -> None:
        """Take in what changed on disk."""
        index = self._site.index
        total, new = index.saved(self._last)
        if index.era != self._era:  # another database has other numbers
            self._era = index.era
            self._known.clear()
            _, new = index.saved()
        elif len(self._known) + len({one.path for one in new} - self._known.keys()) != total:
            self._known.clear()  # some are gone
            _, new = index.saved()
        if new:
            self._subjects = None
        for one in new:
            self._known[one.path] = _pair(TitleMatch(one.path, one.title, one.subject))
            self._last = max(self._last, one.number)

    def search(self, query: str, limit: int, *, subject: str | None = None) -> list[TitleMatch]:
        """The articles whose titles have all words of ``query``, best first; else those like it.

        Words are better found at the beginning of words than inside. Without words, any articles.
        Those of ``subject`` go before their equals.
        """
        self.renew()
        words = _words(query)
        if not words:
            return [hit for hit, _ in self._all()[:limit]]
        pairs = self._all()
        found = _having(pairs, [f" {word}" for word in words])
        if len(found) < min(limit, _FEW):
            first = {hit.path for hit, _ in found}
            rest = [pair for pair in _having(pairs, words) if pair[0].path not in first]
            found = [*_best(found, words, subject, limit), *_best(rest, words, subject, limit)]
        else:
            found = _best(found, words, subject, limit)
        return [hit for hit, _ in found[:limit]] or _like(pairs, words, limit)

    def hit(self, path: str) -> TitleMatch | None:
        """One article; as it is on disk if it cannot be read while someone types."""
        entry = self._site.index.entry(path)
        title = (entry.title or entry.question) if entry else None
        if entry is not None and title:
            return TitleMatch(path, title, entry.subject)
        return self._known[path][0] if path in self._known else None

    def like(self, title: str, limit: int) -> list[TitleMatch]:
        """The articles whose titles share most with this one."""
        self.renew()
        words = [word for word in _words(title) if len(word) > _SHORT]
        return _like(self._all(), words, limit, least=0)

    def _all(self) -> list[_Pair]:
        """What is open as it is in the editor, the rest as it is on disk."""
        here = self._site.source.buffers()
        self._opened = {path: known for path, known in self._opened.items() if path in here}
        opened = {path: pair for path in here if (pair := self._typed(path, here[path]))}
        return list((self._known | opened).values())

    def _typed(self, path: str, serial: int) -> _Pair | None:
        """An open article; it is asked for again when another letter was typed."""
        known, pair = self._opened.get(path, (0, None))
        if known != serial:
            hit = self.hit(path)
            pair = _pair(hit) if hit else None
            self._opened[path] = (serial, pair)
        return pair


_Pair: TypeAlias = tuple[TitleMatch, str]
"""An article, and the words of its title with a blank before each."""


def _pair(hit: TitleMatch) -> _Pair:
    return hit, "".join(f" {word}" for word in _words(hit.title))


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())


def _having(pairs: list[_Pair], words: list[str]) -> list[_Pair]:
    for word in sorted(words, key=len, reverse=True):
        pairs = [pair for pair in pairs if word in pair[1]]
    return pairs


def _best(pairs: list[_Pair], words: list[str], subject: str | None, limit: int) -> list[_Pair]:
    """Titles that begin so, then those of the subject, then the shortest."""
    beginning = " " + " ".join(words)

    def rank(pair: _Pair) -> tuple[bool, bool, int]:
        return not pair[1].startswith(beginning), pair[0].subject != subject, len(pair[1])

    return heapq.nsmallest(limit, pairs, key=rank)


def _like(
    pairs: list[_Pair], words: list[str], limit: int, least: float | None = None
) -> list[TitleMatch]:
    """The titles that share most pieces with words that may be misspelled."""
    pieces = {word[at : at + 3] for word in words for at in range(max(1, len(word) - 2))}
    least = _LIKE * len(pieces) if least is None else least
    shared = [(sum([piece in text for piece in pieces]), hit) for hit, text in pairs]
    found = [(count, hit) for count, hit in shared if count >= least]
    return [hit for _, hit in heapq.nlargest(limit, found, key=lambda one: one[0])]
