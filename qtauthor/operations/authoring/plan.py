"""All that a new question changes: its own file, and the lists of others that link back to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qtauthor.changes.change import Create
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.sequence import then
from qtauthor.content.links import related_list
from qtauthor.content.site import Site
from qtauthor.content.staged_site import staged
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.operations.links import relate
from qtauthor.operations.site.create import Created, CreateRequest, create
from qtauthor.text.document import Document


class PlannedQuestion(NamedTuple):
    """``created`` has the article's names, ``changes`` everything that happens.

    ``back`` are the articles that get a link to it, ``full`` those that have no room for one.
    """

    created: Created
    changes: ChangeSet
    back: tuple[str, ...] = ()
    full: tuple[str, ...] = ()

    @property
    def content(self) -> bytes:
        """The new file."""
        [new] = [change for change in self.changes.changes if isinstance(change, Create)]
        return new.content


def plan(
    site: Site,
    request: CreateRequest,
    others: Sequence[str] = (),
    *,
    both: bool = False,
    template: Document | None = None,
) -> PlannedQuestion:
    """Plan a new article that is related to ``others`` (paths), in this order.

    Those come behind the ones that ``request`` names by their ids. ``both`` adds a link to the new
    one in the lists of ``others``, where there is room. Raises what ``create`` and ``relate.add``
    raise; call it with the site's lock held.
    """
    created = create(site, request, template)
    planned = PlannedQuestion(created, created.changes)
    if not others:
        return planned
    path = created.path
    now = _after(site, created.changes)
    changes = then(created.changes, relate.add(now, path, others), site.source.read)
    planned = planned._replace(changes=changes)
    return _linked_back(site, planned, path, others) if both else planned


def _linked_back(
    site: Site, planned: PlannedQuestion, path: str, others: Sequence[str]
) -> PlannedQuestion:
    wanted = dict.fromkeys(others)
    full = [other for other in wanted if not _has_room(site, other)]
    back = [other for other in wanted if other not in full]
    now = _after(site, planned.changes)
    changes = planned.changes
    for other in back:
        changes = then(changes, relate.add(now, other, [path]), site.source.read)
    return planned._replace(changes=changes, back=tuple(back), full=tuple(full))


def _has_room(site: Site, path: str) -> bool:
    return len(related_list.numbers(site.article(path).document)) < MAX_RELATED


def _after(site: Site, changes: ChangeSet) -> Site:
    """The site in which the new file is there."""
    files = {one.path: one.content for one in changes.changes if isinstance(one, Create)}
    return staged(site, files)
