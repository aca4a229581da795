"""The articles whose words are those of a question: by the full text of the index."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

from qtauthor.content.index import Index
from qtauthor.content.index.reading.word_frequency import Frequencies
from qtauthor.content.search.suggest.asked import SuggestedFor

_WORD = re.compile(r"[^\W_]+")
_WORDS = 16
"""Of a question, its keywords and its answer together; more made nothing better."""
_COMMON = 4
"""A word that every fourth article has tells nothing."""
_FEW = 10
_FOUND = 300
_SMALL_SITE = 20
_LONGEST = 20_000
"""Characters of an answer that are looked at."""


def telling(index: Index, asked: SuggestedFor) -> dict[str, float]:
    """The words that tell most: rare on the site, and often or in several places here.

    With how much they tell, the most first.
    """
    places = [
        Counter(_WORD.findall(text.lower()))
        for text in (asked.question, asked.keywords, asked.answer[:_LONGEST])
    ]
    counted = index.frequencies(sorted({word for place in places for word in place}))
    useful = _useful(counted, least=1 if asked.path is None else 2)
    scores: dict[str, float] = {}
    for place in places:
        stems: Counter[str] = Counter()
        for word in place.keys() & counted.words.keys():
            stems[counted.words[word].stem] += place[word]
        for stem in stems.keys() & useful.keys():
            articles = counted.words[useful[stem]].articles
            rarity = math.log1p((counted.total - articles + 0.5) / (articles + 0.5))
            scores[stem] = scores.get(stem, 0.0) + math.log1p(stems[stem]) * rarity
    best = sorted(scores, key=lambda stem: (-scores[stem], stem))
    return {useful[stem]: scores[stem] for stem in best[:_WORDS]}


def _useful(counted: Frequencies, least: int) -> dict[str, str]:
    """The stems that stand in other articles, but not in too many, each with a word of it."""
    most = max(_FEW, counted.total // _COMMON)
    return {
        found.stem: word
        for word, found in sorted(counted.words.items())
        if least <= found.articles <= most and not word.isdecimal()
    }


def resembling(index: Index, asked: SuggestedFor) -> dict[str, float]:
    """How much the words of articles are those of the question, by path, positive: BM25 of FTS5."""
    words = telling(index, asked)
    if not words:
        return {}
    query = " OR ".join(f'"{word}"' for word in words)
    found = {path: -rank for path, rank in index.search(query, _FOUND)}
    return found if len(found) > _SMALL_SITE else _summed(index, words)


def _summed(index: Index, words: Mapping[str, float]) -> dict[str, float]:
    """The same where few articles are: for BM25 a word of every second one is worth nothing."""
    found: dict[str, float] = {}
    for word, told in words.items():
        for query in (f'"{word}"', f'question: "{word}"'):
            for path, _ in index.search(query, _SMALL_SITE):
                found[path] = found.get(path, 0.0) + told
    return found
