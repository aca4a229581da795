"""What speaks for each article that a question could be related to.

Questions come in batches: those of one document have close ids and link to each other. With an id,
the articles close to it are candidates, and their links tell which of them are of the same batch.
Without one, the words find articles, and their batches are looked at: through links, and by ids.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from heapq import nsmallest
from typing import NamedTuple

from qtauthor.content.index import Entry, Index
from qtauthor.content.search.suggest import words
from qtauthor.content.search.suggest.asked import SuggestedFor
from qtauthor.content.search.suggest.graph import Ends, Links

NEAR, FAR = 25, 100
"""How far apart ids are in a batch, mostly, and at most but for a few."""
_SEEDS = 20
_SPREAD = 30
_WORDED = 200
"""Articles that are looked at because of their words alone."""


class Signals(NamedTuple):
    """Of one article; 0 is nothing, and about 1 is much."""

    words: float = 0
    """Its words are those of the question: BM25 as part of the best."""
    found: float = 0
    """It has some of the words at all."""
    subject: float = 0
    votes: float = 0
    """Articles that are close, by id or words, link to it or are linked to by it."""
    spread: float = 0
    """The same, where an article with many links gives each of them less."""
    far_spread: float = 0
    """And one step further."""
    batch: float = 0
    """Its id is close to those of articles with such words."""
    worded_batch: float = 0
    near: float = 0
    far: float = 0
    closeness: float = 0
    """Of its id to that of the question."""
    worded_near: float = 0
    linked: float = 0
    """It links to the question, or the question to it."""
    shared: float = 0
    """It has a link with one of those."""


class Gathered(NamedTuple):
    """The candidates by path, and what speaks for each."""

    entries: dict[str, Entry]
    signals: dict[str, Signals]


def gather(index: Index, links: Links, asked: SuggestedFor, own: Collection[str]) -> Gathered:
    """The signals of all candidates. ``own`` are the question itself and its other filings."""
    texts = _texts(index, asked, own)
    close = _close(index, asked.id, FAR, own) if asked.id is not None else {}
    seeds = _seeds(texts, close, asked.id)
    votes, spread = _votes(links.ends(seeds), seeds, own)
    further: Mapping[str, float] = {}
    batch: Mapping[str, float] = {}
    if asked.id is None:
        further = _further(links, spread, own)
        batch = _batches(index, seeds, own)
    linked, shared = _own_links(links, asked, own)
    named = {*list(texts)[:_WORDED], *close, *votes, *further, *batch, *linked, *shared}
    entries = {entry.path: entry for entry in index.among(sorted(named))}
    signals = {
        path: _signals(
            entry,
            asked,
            word=texts.get(path, 0.0),
            votes=votes.get(path, 0.0),
            spread=spread.get(path, 0.0),
            further=further.get(path, 0.0),
            batch=batch.get(path, 0.0),
        )._replace(linked=float(path in linked), shared=float(min(2, shared.get(path, 0))))
        for path, entry in entries.items()
    }
    return Gathered(entries, signals)


def _signals(
    entry: Entry,
    asked: SuggestedFor,
    *,
    word: float,
    votes: float,
    spread: float,
    further: float,
    batch: float,
) -> Signals:
    apart = _apart(entry.id, asked.id)
    subject = (entry.subject or "").lower() == (asked.subject or "").lower()
    return Signals(
        words=word,
        found=float(word > 0),
        subject=float(subject),
        votes=_damped(votes),
        spread=_damped(spread) if asked.id is None else 0.0,
        far_spread=_damped(further),
        batch=_damped(batch),
        worded_batch=word * _damped(batch),
        near=float(apart <= NEAR),
        far=float(apart <= FAR),
        closeness=math.exp(-apart / 60),
        worded_near=word * _nearness(apart),
    )


def _texts(index: Index, asked: SuggestedFor, own: Collection[str]) -> dict[str, float]:
    """How much articles have the words of the question, from 0 to 1, best first."""
    found = words.resembling(index, asked)
    others = {path: score for path, score in found.items() if path not in own}
    best = max(others.values(), default=0)
    return {path: score / best for path, score in others.items()} if best > 0 else {}


def _close(index: Index, number: int, distance: int, own: Collection[str]) -> dict[str, Entry]:
    """The articles with ids close to one; placeholders are close to nothing."""
    return {
        entry.path: entry
        for entry in index.close_to(number, distance)
        if entry.path not in own and entry.id != number and (entry.id or 0) > 0
    }


def _seeds(
    texts: Mapping[str, float], close: Mapping[str, Entry], number: int | None
) -> dict[str, float]:
    """The articles that are surest to be of the same batch, with their weights."""
    if number is None:
        sure = {path: word**4 for path, word in texts.items()}
    else:
        sure = {path: 0.3 * word**4 for path, word in texts.items()}
        for path, entry in close.items():
            near = _nearness(_apart(entry.id, number))
            sure[path] = sure.get(path, 0.0) + (0.15 + texts.get(path, 0.0)) * near
    return _best(sure, _SEEDS)


def _votes(
    ends: Mapping[str, Ends], weights: Mapping[str, float], own: Collection[str]
) -> tuple[dict[str, float], dict[str, float]]:
    """What weighted articles give to those at the other ends of their links, all and shared out."""
    votes: dict[str, float] = {}
    spread: dict[str, float] = {}
    for path, weight in weights.items():
        out, into = ends[path].out.difference(own), ends[path].into.difference(own)
        for other in (*out, *into):
            votes[other] = votes.get(other, 0.0) + weight
        for other in out | into:
            spread[other] = spread.get(other, 0.0) + weight / len(out | into)
    return votes, spread


def _further(links: Links, spread: Mapping[str, float], own: Collection[str]) -> dict[str, float]:
    best = _best(spread, _SPREAD)
    return _votes(links.ends(best), best, own)[1]


def _batches(index: Index, seeds: Mapping[str, float], own: Collection[str]) -> dict[str, float]:
    """The weights of seeds, summed up for each article whose id is close to theirs."""
    batch: dict[str, float] = {}
    for entry in index.among(sorted(seeds)):
        if entry.id is not None and entry.id > 0:
            for path in _close(index, entry.id, NEAR, own):
                batch[path] = batch.get(path, 0.0) + seeds[entry.path]
    return batch


def _own_links(
    links: Links, asked: SuggestedFor, own: Collection[str]
) -> tuple[set[str], Mapping[str, int]]:
    """The articles with a link from or to the question; how many of these others have one with."""
    if asked.path is None:
        return set(), {}
    ends = links.ends([asked.path])[asked.path]
    linked = set(ends.out | ends.into).difference(own)
    shared = Counter(
        other
        for found in links.ends(linked).values()
        for other in (found.out | found.into).difference(own)
    )
    return linked, shared


def _best(weights: Mapping[str, float], count: int) -> dict[str, float]:
    """The largest ones, in an order that depends on nothing else."""
    items: Iterable[tuple[str, float]] = weights.items()
    best = nsmallest(count, items, key=lambda item: (-item[1], item[0]))
    return {path: weight for path, weight in best if weight > 0}


def _apart(one: int | None, other: int | None) -> float:
    if one is None or other is None or one < 1 or other < 1:
        return math.inf
    return abs(one - other)


def _nearness(apart: float) -> float:
    """About how many articles at this distance are of the same batch."""
    if apart <= NEAR // 2:
        return 1.0
    if apart <= NEAR:
        return 0.7
    return 0.2 if apart <= 40 else 0.0


def _damped(value: float) -> float:
    """The tenth vote tells less than the first."""
    return math.log1p(4 * value)
