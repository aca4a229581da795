"""Take proposals over into the lists of related articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.links import related_list
from qtauthor.content.search.suggest.asked import asked
from qtauthor.content.search.suggest.suggester import Suggestion, suggest
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.operations.links import relate
from qtauthor.operations.outcome import Outcome

Progress = Callable[[int, int], None]


class Proposal(NamedTuple):
    """What is proposed for the article at ``path``, best first."""

    path: str
    suggestions: tuple[Suggestion, ...]


def propose(site: Site, path: str, count: int = MAX_RELATED) -> Proposal:
    """Up to ``count`` articles that this one does not link to yet.

    Raises ``ParseError``, ``SiteError``.
    """
    return Proposal(path, tuple(suggest(site.index, asked(site, path), count)))


def missing(site: Site, path: str, count: int = MAX_RELATED) -> Proposal:
    """As many as there is room for in the list of this article, but no more than ``count``.

    Raises ``ParseError``, ``SiteError``.
    """
    room = MAX_RELATED - len(related_list.numbers(site.article(path).document))
    if min(room, count) < 1:
        return Proposal(path, ())
    return propose(site, path, min(room, count))


def missing_everywhere(
    site: Site, count: int = MAX_RELATED, progress: Progress | None = None
) -> tuple[list[Proposal], list[str]]:
    """``missing`` for every article but those with ``no_index``, and the paths of unreadable ones.

    All are worked out from the links as they are, so no proposal depends on another.
    """
    found: list[Proposal] = []
    unreadable: list[str] = []
    wanted = [entry for entry in site.index.entries() if not entry.no_index]
    for done, entry in enumerate(wanted, 1):
        try:
            proposal = missing(site, entry.path, count)
        except QtauthorError:
            unreadable.append(entry.path)
        else:
            if proposal.suggestions:
                found.append(proposal)
        if progress is not None:
            progress(done, len(wanted))
    return found, unreadable


def apply(site: Site, proposals: Iterable[Proposal]) -> Outcome:
    """Add what is proposed at the end of each list; the links that are there stay as they are.

    Raises ``ArticleError`` with ``too-many-related``, ``SiteError``, ``EditError``.
    """
    wanted = {p.path: [one.entry.path for one in p.suggestions] for p in proposals}
    changes = (
        change
        for path, others in sorted(wanted.items())
        for change in relate.add(site, path, others).changes
    )
    return Outcome(ChangeSet(tuple(changes)))
