"""Find articles by parts of words, as they are typed."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from heapq import nsmallest
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from qtauthor.content.index import Entry

SortKey: TypeAlias = Callable[[str, str, Sequence[str]], tuple[object, ...]]
"""What orders texts: from a text, the whole query and the beginnings of its words."""

_WORD = re.compile(r"[^\W_]+")
_MANY = 4000
"""Hits from which on only the beginnings of their texts are compared."""
_WORDS = 12
"""Words of the site that a mistyped one may stand for."""
_LIKE = 0.7
_COMMON = 4
"""A word that every fourth article has tells nothing."""
_LEAST = 3
"""Letters that a mistyped word has at least."""


class Finder:
    """Looks in questions, subjects, ids and addresses; 36,000 articles take some 30 ms."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self._texts = [_text(entry) for entry in self.entries]
        self._latest = _Hits((), range(len(self.entries)))

    def best(self, query: str, limit: int) -> list[Entry]:
        """The articles that have all words of a query, or parts of words, best first.

        A word that none has is taken for a mistyped one, or for letters left out; if no article has
        all words, those with the most are found. An empty query finds the first articles by path. A
        url, a path or an id means its article first.
        """
        words = _folded(query).split()
        if "/" in query:
            return self._addressed(query.strip(), limit)
        hits = self._hits(words)
        if not hits and words:
            meant = [self._meant(word) for word in words]
            best = self._nearly(meant, limit) or self._partly(meant, limit)
        else:
            named = [at for at in hits if str(self.entries[at].id) == query.strip()]
            best = list(dict.fromkeys((*named, *self._ranked(hits, words, limit))))
        return [self.entries[at] for at in best[:limit]]

    def prepare(self) -> None:
        """Make now what is needed for the first mistyped word; it takes a tenth of a second."""
        self._vocabulary  # noqa: B018  it is remembered

    def count(self, query: str) -> int:
        """How many articles have all words of the latest query; it was asked for just now."""
        return len(self._hits(_folded(query).split()))

    def _hits(self, words: Sequence[str]) -> Sequence[int]:
        """The numbers of the articles with all words; a longer query looks among the latest."""
        latest = self._latest
        if tuple(words) == latest.words:
            return latest.found
        among = latest.found if _narrows(latest.words, words) else range(len(self.entries))
        found: Sequence[int] = among
        for word in sorted(words, key=len, reverse=True):
            found = [at for at in found if word in self._texts[at]]
        self._latest = _Hits(tuple(words), found)
        return found

    def _ranked(self, hits: Sequence[int], words: Sequence[str], limit: int) -> list[int]:
        if not words:
            return list(hits[:limit])
        key: SortKey = _quick if len(hits) > _MANY else _exact
        phrase = " ".join(words)
        starts = [f" {word}" for word in words]
        keyed = ((key(self._texts[at], phrase, starts), at) for at in hits)
        return [at for _, at in nsmallest(limit, keyed)]

    def _addressed(self, query: str, limit: int) -> list[Entry]:
        wanted = query.lower()
        found = [
            (len(entry.path), entry)
            for entry in self.entries
            if wanted in entry.path.lower() or wanted in entry.address.lower()
        ]
        return [entry for _, entry in nsmallest(limit, found, key=itemgetter(0))]

    # Mistyped words

    @cached_property
    def _vocabulary(self) -> dict[str, list[str]]:
        """All words of questions and subjects by their first letter."""
        tokens = set(" ".join(self._texts).split())  # most are there many times
        found: dict[str, list[str]] = {}
        for word in sorted({word for token in tokens for word in _WORD.findall(token)}):
            found.setdefault(word[0], []).append(word)
        return found

    def _meant(self, word: str) -> list[str]:
        """The word itself if it is part of one, else those that it may be."""
        if any(word in text for text in self._texts):
            return [word]
        if len(word) < _LEAST:
            return []
        known = self._vocabulary.get(word[0], [])
        near = difflib.get_close_matches(word, _as_long(known, word), _WORDS, _LIKE)
        # each letter where it comes first: nothing is tried again, however long a word is
        skipping = re.compile("".join(f"(?>.*?{re.escape(letter)})" for letter in word))
        short = sorted((one for one in known if skipping.match(one)), key=len)
        return list(dict.fromkeys((*near, *short)))[:_WORDS]

    def _nearly(self, groups: Sequence[Sequence[str]], limit: int) -> list[int]:
        """The articles that have a word of each group; those with the first ones of them first."""
        return self._nearest(self._having(groups), groups, limit)

    def _partly(self, groups: Sequence[Sequence[str]], limit: int) -> list[int]:
        """The articles with words of the most groups; words that are everywhere do not count."""
        found = [self._having([group]) for group in groups]
        telling = [each for each in found if len(each) * _COMMON < len(self._texts)]
        counts = Counter(at for each in telling for at in each)
        most = max(counts.values(), default=0)
        best = [at for at, count in counts.items() if count == most]
        return self._nearest(best, groups, limit)

    def _having(self, groups: Sequence[Sequence[str]]) -> Sequence[int]:
        """The numbers of the articles that have a word of each group."""
        if not all(groups):
            return []
        texts = self._texts
        found: Sequence[int] = range(len(texts))
        for group in sorted(groups, key=len):
            if len(group) == 1:
                found = [at for at in found if group[0] in texts[at]]
            else:
                has = re.compile(rf"\b(?:{'|'.join(map(re.escape, group))})").search
                found = [at for at in found if has(texts[at])]
        return found

    def _nearest(
        self, found: Sequence[int], groups: Sequence[Sequence[str]], limit: int
    ) -> list[int]:
        if len(found) > _MANY:
            return list(found[:limit])
        return nsmallest(limit, found, key=lambda at: _strayed(self._texts[at], groups))


class _Hits(NamedTuple):
    words: tuple[str, ...]
    found: Sequence[int]


def _text(entry: Entry) -> str:
    """What is looked at, with a blank before every word."""
    question = entry.question or entry.title or entry.path.rpartition("/")[2]
    number = "" if entry.id is None else str(entry.id)
    return f" {_folded(question)} \x1f {_folded(entry.subject or '')} {number}"


def _folded(text: str) -> str:
    """Lower case, without accents, with blanks for signs around words."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return text.lower().replace("(", " ").replace('"', " ")


def _narrows(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether all that has the new words has the old ones, too."""
    return all(any(word in longer for longer in new) for word in old)


def _quick(text: str, phrase: str, _: Sequence[str]) -> tuple[bool, int, str]:
    return not text.startswith(f" {phrase}"), len(text), text


def _exact(text: str, phrase: str, starts: Sequence[str]) -> tuple[int, int, int, str]:
    """Beginnings of words before their middles, words together before words apart, short first."""
    question = text[: text.index("\x1f")]
    inside = sum(start not in question for start in starts)
    together = 0 if f" {phrase}" in question else 1
    place = question.find(starts[0])
    return inside * 2 + together, place if place >= 0 else len(text), len(text), text


def _strayed(text: str, groups: Sequence[Sequence[str]]) -> tuple[int, int, str]:
    """How far the words of a text are from those that were typed."""
    ranks = [
        next((n for n, word in enumerate(group) if f" {word}" in text), len(group))
        for group in groups
    ]
    return sum(ranks), len(text), text


def _as_long(words: Iterable[str], word: str) -> list[str]:
    return [one for one in words if abs(len(one) - len(word)) <= 1]
