"""A change set in the words of a site: articles, related blocks, redirects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from qtauthor.changes.change import Change, Modify, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.links import related_list
from qtauthor.content.site import Site
from qtauthor.model import numbered_blocks
from qtauthor.operations.site import redirects
from qtauthor.text.document import Document
from qtauthor.text.plural import counted


class Summary(NamedTuple):
    """``articles`` changed apart from their links; ``blocks`` changed in ``holders`` articles.

    ``moved`` addresses are no longer where they were.
    """

    articles: int
    blocks: int
    holders: int
    redirects: int
    moved: int

    def __str__(self) -> str:
        parts = [counted(self.articles, "article")] if self.articles else []
        if self.blocks:
            held = f"{counted(self.blocks, 'related block')} in {counted(self.holders, 'article')}"
            parts.append(held)
        if self.redirects or self.moved:
            parts.append(counted(self.redirects, "redirect"))
        return ", ".join(parts) or "nothing"


def summarise(site: Site, changes: ChangeSet) -> Summary:
    """Count what a change set does; ``site`` still is as it was before."""
    articles = moved = holders = blocks = listed = 0
    for change in changes.changes:
        if change.path == site.config.redirects.path:
            listed += _redirects(site, change)
            continue
        moved += change.leaves is not None
        articles += _is_more_than_links(change)
        count = _blocks(site, change)
        holders += bool(count)
        blocks += count
    return Summary(articles, blocks, holders, listed, moved)


def _is_more_than_links(change: Change) -> bool:
    if isinstance(change, Modify):
        return any(not numbered_blocks.is_inside(at) for at in change.touched)
    return True


def _blocks(site: Site, change: Change) -> int:
    """How many related blocks differ; what only got another number does not count."""
    if not isinstance(change, Modify | Move) or not any(
        map(numbered_blocks.is_inside, change.touched)
    ):
        return 0
    old = site.source.read(change.path)
    return _differing(_listed(old), _listed(change.result(old)))


def _listed(data: bytes) -> list[Any]:
    document = Document.parse(data)
    return [
        tuple(sorted(map(repr, block.items()))) for block in related_list.blocks(document).values()
    ]


def _redirects(site: Site, change: Change) -> int:
    old = site.source.read(change.origin) if change.origin else b""
    new = change.result(old) or b""
    before = redirects.parsed(site, old) if change.origin else []
    return _differing(before, redirects.parsed(site, new))


def _differing(old: Sequence[Any], new: Sequence[Any]) -> int:
    """How many items came or went; of those that only changed places, how many did."""
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if not gone and not come:
        return sum(one != two for one, two in zip(old, new, strict=True))
    return max(gone.total(), come.total())
