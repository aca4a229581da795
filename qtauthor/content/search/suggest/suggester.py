"""Proposals for an article or a new question."""

from __future__ import annotations

from collections.abc import Collection

from qtauthor.content.index import Index
from qtauthor.content.search.suggest import ranking
from qtauthor.content.search.suggest.asked import SuggestedFor
from qtauthor.content.search.suggest.graph import Graph, Links
from qtauthor.content.search.suggest.ranking import Suggestion
from qtauthor.content.search.suggest.signals import gather
from qtauthor.model.numbered_blocks import MAX_RELATED

__all__ = ["SuggestedFor", "Suggestion", "suggest"]


def suggest(
    index: Index,
    asked: SuggestedFor,
    count: int = MAX_RELATED,
    *,
    without: Collection[str] = (),
    links: Links | None = None,
) -> list[Suggestion]:
    """Up to ``count`` articles to link to, best first; the same each time.

    Never the question itself, under whatever subject, nor one of ``without`` (paths), nor one that
    the article links to already. ``links`` are those of the site, if others are not given.
    """
    known = Graph(index) if links is None else links
    own = _own(index, asked)
    gathered = gather(index, known, asked, own)
    there = known.ends([asked.path])[asked.path].out if asked.path is not None else ()
    return ranking.best(
        gathered,
        asked.question,
        count,
        with_id=asked.id is not None,
        without={*own, *without, *there},
    )


def _own(index: Index, asked: SuggestedFor) -> frozenset[str]:
    """The article itself, and its question under other subjects."""
    entry = index.entry(asked.path) if asked.path is not None else None
    if asked.path is None or entry is None:
        return frozenset()
    slug = asked.path.rsplit("/", 1)[-1].removesuffix(".md")
    same = index.with_slug(slug)
    if entry.id is not None and entry.id > 0:
        same += index.with_id(entry.id)
    return frozenset((asked.path, *(one.path for one in same)))
