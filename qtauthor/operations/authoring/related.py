"""Articles that a new question may be related to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from qtauthor.content.index import Entry
from qtauthor.content.search.suggest.asked import SuggestedFor
from qtauthor.content.search.suggest.suggester import suggest
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.operations.authoring.draft import Draft
from qtauthor.operations.authoring.opening import first_line

_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"\d+|\S*[-/]\S*")
"""An id, a slug, a path or a url."""


class Candidate(NamedTuple):
    """An article, and the first line of its answer."""

    path: str
    id: int | None
    question: str
    subject: str
    url: str
    opening: str


def proposals(site: Site, draft: Draft, count: int = 8) -> list[Candidate]:
    """The articles that a question is best related to, best first."""
    asked = SuggestedFor(
        draft.question, ", ".join(draft.keywords), draft.answer, draft.subject or None, draft.id
    )
    found = suggest(site.index, asked, count, without=draft.related)
    return [candidate(site, one.entry) for one in found]


def among(site: Site, paths: Iterable[str]) -> list[Candidate]:
    """These articles, in this order, as far as they are there."""
    wanted = list(paths)
    found = {entry.path: entry for entry in site.index.among(wanted)}
    return [candidate(site, found[path]) for path in wanted if path in found]


def search(
    site: Site, words: str, count: int = 6, without: Collection[str] = ()
) -> list[Candidate]:
    """The articles that a person looks for by words, or the one that an id, url or path names."""
    paths = _named(site, words.strip()) or _worded(site, words, count + len(without))
    return among(site, [path for path in paths if path not in without][:count])


def _named(site: Site, name: str) -> list[str]:
    """The article that a text names; looking for it takes long where it names none."""
    if not _NAME.fullmatch(name):
        return []
    try:
        return [site.find_article(name)]
    except QtauthorError:
        return []


def _worded(site: Site, words: str, count: int) -> list[str]:
    """The articles with all words, else with all their beginnings, else with any of them."""
    terms = _WORD.findall(words)
    queries = (
        " ".join(f'"{term}"' for term in terms),
        " ".join(f'"{term}"*' for term in terms),
        " OR ".join(f'"{term}"*' for term in terms),
    )
    found = (site.index.search(query, count) for query in queries if query)
    return next(([path for path, _ in one] for one in found if one), [])


def candidate(site: Site, entry: Entry) -> Candidate:
    """What a person is shown of an article."""
    return Candidate(
        entry.path,
        entry.id,
        entry.question or entry.title or entry.path,
        entry.subject or "",
        entry.address,
        _opening(site, entry.path),
    )


def rooms(site: Site, paths: Iterable[str]) -> dict[str, int]:
    """How many more links each of these articles has room for."""
    return {path: max(0, MAX_RELATED - len(site.index.links_of(path))) for path in paths}


def _opening(site: Site, path: str) -> str:
    try:
        stored = site.article(path).get("answer")
    except QtauthorError:
        return ""
    return first_line(site.answers.decode(stored)) if isinstance(stored, str) else ""
