"""From what speaks for each candidate to the few that are proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from qtauthor.content.index import Entry
from qtauthor.content.search import similar
from qtauthor.content.search.suggest.signals import Gathered, Signals

WITH_ID = Signals(
    words=1.35, found=0.6, subject=0.18, votes=0.8, near=0.53, far=2.82, closeness=1.43,
    worded_near=-0.95, linked=0.68, shared=0.38,
)  # fmt: skip
WITHOUT_ID = Signals(
    words=3.33, found=0.56, subject=0.35, votes=0.13, spread=1.23, far_spread=1.58, batch=1.27,
    worded_batch=-1.35, linked=0.68, shared=0.38,
)  # fmt: skip
"""Fitted to the links of the sample (softmax over candidates), and rounded."""

_COPY = 0.9
"""The likeness from which two questions are one, for a reader who is offered both."""


class Suggestion(msgspec.Struct, frozen=True):
    """An article to link to. ``score`` orders those of one question and means nothing else.

    ``reasons`` are of ``words``, ``ids``, ``links``: what speaks for it, the most first.
    """

    entry: Entry
    score: float
    reasons: tuple[str, ...] = ()


def score(signals: Signals, *, with_id: bool) -> float:
    """The sum of what speaks for an article."""
    return sum(_parts(signals, with_id=with_id))


def best(
    gathered: Gathered, question: str, count: int, *, with_id: bool, without: Collection[str]
) -> list[Suggestion]:
    """The best ones: no ``no_index`` article, none of ``without``, and no near-copies."""
    chosen: list[Suggestion] = []
    ids: set[int] = set()
    asked = [similar.normal(question)]
    for rank, path in _ordered(gathered, with_id=with_id):
        entry = gathered.entries[path]
        if len(chosen) >= count:
            break
        if entry.no_index or entry.problem or not entry.question or path in without:
            continue
        normal = similar.normal(entry.question)
        if entry.id in ids or any(similar.likeness(normal, one) >= _COPY for one in asked):
            continue
        asked.append(normal)
        if entry.id is not None and entry.id > 0:
            ids.add(entry.id)
        chosen.append(Suggestion(entry, rank, _reasons(gathered.signals[path])))
    return chosen


def _ordered(gathered: Gathered, *, with_id: bool) -> list[tuple[float, str]]:
    ranked = ((score(s, with_id=with_id), path) for path, s in gathered.signals.items())
    return sorted(ranked, key=lambda item: (-item[0], item[1]))


def _parts(signals: Signals, *, with_id: bool) -> Iterator[float]:
    weights = WITH_ID if with_id else WITHOUT_ID
    return (weight * signal for weight, signal in zip(weights, signals, strict=True))


def _reasons(signals: Signals) -> tuple[str, ...]:
    told = {
        "words": signals.words,
        "ids": max(signals.near, signals.batch / 2),
        "links": max(signals.linked, signals.shared / 2, signals.votes / 2, signals.spread),
    }
    return tuple(sorted((n for n, v in told.items() if v >= 0.3), key=lambda n: (-told[n], n)))
