"""The links between articles, as far as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from qtauthor.content.index import Index


class Ends(NamedTuple):
    """The articles that an article links to, and those that link to it."""

    out: frozenset[str]
    into: frozenset[str]


class Links(Protocol):
    """What is known of links; a benchmark hides some."""

    def ends(self, paths: Iterable[str]) -> dict[str, Ends]:
        """Of each of these articles. A target may be dead."""


class Graph:
    """The links of a site."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def ends(self, paths: Iterable[str]) -> dict[str, Ends]:
        """The links out of and into each of the articles, by its path."""
        asked = set(paths)
        out: dict[str, set[str]] = {path: set() for path in asked}
        into: dict[str, set[str]] = {path: set() for path in asked}
        for source, target in self._index.linked(sorted(asked)):
            if source in asked:
                out[source].add(target)
            if target in asked:
                into[target].add(source)
        return {path: Ends(frozenset(out[path]), frozenset(into[path])) for path in asked}
