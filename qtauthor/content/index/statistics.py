"""Counts over all articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec


class SubjectCount(msgspec.Struct, frozen=True):
    """A folder of articles; ``name`` is the spelling of most of them, ``None`` if none has one.

    ``no_index`` and ``broken`` count those that are hidden from search engines or cannot be read.
    """

    key: str
    name: str | None
    articles: int
    no_index: int
    broken: int


class Statistics(msgspec.Struct, frozen=True):
    """Numbers of articles, but for ``links`` and ``shared_ids``.

    ``broken`` counts them by the code of their problem, ``related`` by their number of related
    blocks. ``shared_ids`` are ids of more than one article; ``negative_ids`` placeholders.
    """

    articles: int
    links: int
    no_index: int
    scored: int
    negative_ids: int
    without_id: int
    shared_ids: int
    broken: dict[str, int]
    related: dict[int, int]
    subjects: list[SubjectCount]


LINKS = "SELECT count(*) FROM links_"
SHARED = """SELECT count(*) FROM
    (SELECT 1 FROM articles_ WHERE id NOT NULL GROUP BY id HAVING count(*) > 1)"""
TOTALS = """SELECT count(*), coalesce(sum(no_index), 0), count(score),
    coalesce(sum(id < 0), 0), coalesce(sum(id IS NULL AND problem IS NULL), 0) FROM articles_"""
BROKEN = """SELECT problem, count(*) FROM articles_ WHERE problem NOT NULL
    GROUP BY problem ORDER BY count(*) DESC, problem"""
RELATED = """SELECT related, count(*) FROM articles_ WHERE problem IS NULL
    GROUP BY related ORDER BY related"""
SUBJECTS = """SELECT folder_of(path), subject, count(*), sum(no_index), count(problem)
    FROM articles_ GROUP BY 1, 2 ORDER BY count(*) DESC, min(path)"""

Rows = list[tuple[Any, ...]]


def statistics(ask: Callable[[str], Rows]) -> Statistics:
    """The counts, from the answers to the queries above."""
    [(articles, no_index, scored, negative, without)] = ask(TOTALS)
    [(links,)], [(shared,)] = ask(LINKS), ask(SHARED)
    return Statistics(
        articles,
        links,
        no_index,
        scored,
        negative,
        without,
        shared,
        dict(ask(BROKEN)),
        dict(ask(RELATED)),
        subjects(ask(SUBJECTS)),
    )


def subjects(rows: Rows) -> list[SubjectCount]:
    """The folders from the rows of ``SUBJECTS``, the largest first."""
    sums: dict[str, list[int]] = {}
    spelled: dict[str, str] = {}
    for key, subject, *counts in rows:
        sums[key] = [a + b for a, b in zip(sums.get(key, (0, 0, 0)), counts, strict=True)]
        if subject is not None:
            spelled.setdefault(key, subject)
    largest = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
    return [SubjectCount(key, spelled.get(key), *counts) for key, counts in largest]
