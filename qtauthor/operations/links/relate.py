"""Change the related articles of a question: add, take out, replace, order."""

from __future__ import annotations

from collections.abc import Sequence

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.links import related_list
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, Place, SiteError
from qtauthor.model import numbered_blocks
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.operations.links import inbound_links
from qtauthor.operations.site import same_question
from qtauthor.operations.site.remove import link_to
from qtauthor.operations.working_copy import WorkingCopy
from qtauthor.text.document import Document

Numbers = dict[str, list[int]]


def add(site: Site, path: str, others: Sequence[str], *, both: bool = False) -> ChangeSet:
    """Add links at the end of a list; those that are there stay as they are.

    ``both`` adds a link to ``path`` in the lists of ``others``, too. Raises ``ArticleError``
    (``too-many-related``), ``SiteError`` (``self-related``), ``EditError``.
    """
    draft = WorkingCopy(site)
    _refuse_itself(path, others)
    for holder, wanted in _pairs(path, others, both=both):
        _add(draft, holder, wanted)
    return draft.changes()


def remove(site: Site, path: str, others: Sequence[str], *, both: bool = False) -> ChangeSet:
    """Take the links to ``others`` out of a list; those behind them move up."""
    draft = WorkingCopy(site)
    for holder, unwanted in _pairs(path, others, both=both):
        _take_out(draft, holder, unwanted)
    return draft.changes()


def replace(site: Site, path: str, others: Sequence[str], *, both: bool = False) -> ChangeSet:
    """Make ``others`` the whole list, in this order. Blocks that are there keep their bytes.

    ``both`` adds a link to ``path`` in the lists of ``others``, and takes it out of those that are
    no longer in this one. Raises as ``add`` does.
    """
    draft = WorkingCopy(site)
    _refuse_itself(path, others)
    wanted = list(dict.fromkeys(others))
    if both:
        for other in _listed(site, path):
            if other not in wanted:
                _take_out(draft, other, [path])
    kept = [numbers[0] for other in wanted if (numbers := _numbers(draft, path, other))]
    _arrange(draft, path, sorted(kept))
    for holder, new in _pairs(path, wanted, both=both):
        _add(draft, holder, new)
    _order(draft, path, wanted)
    return draft.changes()


def order(site: Site, path: str, others: Sequence[str]) -> ChangeSet:
    """Put the links to ``others`` first, in this order; the others follow in theirs.

    Raises ``SiteError`` with ``not-related`` for one that is not in the list.
    """
    draft = WorkingCopy(site)
    for other in others:
        if not _numbers(draft, path, other):
            raise SiteError(
                Code.NOT_RELATED,
                "this article is not among the related ones",
                where=Place(other),
                excerpt=path,
                remedy="add it first",
            )
    _order(draft, path, list(dict.fromkeys(others)))
    return draft.changes()


def without(site: Site, path: str, number: int) -> ChangeSet:
    """Take out the block with a number, wherever it leads; those behind it move up.

    Raises ``ParseError``, ``SiteError``, ``EditError``.
    """
    draft = WorkingCopy(site)
    _arrange(draft, path, [one for one in _all(draft, path) if one != number])
    return draft.changes()


def first(site: Site, path: str, number: int) -> ChangeSet:
    """Put the block with a number before the others; nothing if it is the first or not there.

    Raises as ``without`` does.
    """
    draft = WorkingCopy(site)
    there = _all(draft, path)
    if number in there[1:]:
        _arrange(draft, path, [number, *(one for one in there if one != number)])
    return draft.changes()


def clear(site: Site, path: str, *, both: bool = False) -> ChangeSet:
    """Take every link out of a list, also those that lead nowhere."""
    return replace(site, path, (), both=both)


def _pairs(path: str, others: Sequence[str], *, both: bool) -> list[tuple[str, list[str]]]:
    wanted = list(dict.fromkeys(others))
    return [(path, wanted), *((other, [path]) for other in wanted if both)]


def _refuse_itself(path: str, others: Sequence[str]) -> None:
    if path in others:
        raise SiteError(
            Code.SELF_RELATED,
            "an article cannot be related to itself",
            where=Place(path),
            remedy="leave it out of its own related articles",
        )


def _add(draft: WorkingCopy, holder: str, wanted: Sequence[str]) -> None:
    new = [other for other in wanted if not _numbers(draft, holder, other)]
    if not new:
        return
    _arrange(draft, holder, _all(draft, holder))
    document = draft.article(holder).document
    count = len(related_list.numbers(document))
    if count + len(new) > MAX_RELATED:
        raise ArticleError(
            Code.TOO_MANY_RELATED,
            f"{count + len(new)} related articles are more than a page shows: {MAX_RELATED}",
            where=Place(holder),
            remedy="take one out first, with related remove",
        )
    pointers = [numbered_blocks.pointer(count + n) for n in range(1, len(new) + 1)]
    for at, other in zip(pointers, new, strict=True):
        with inbound_links.placed(holder):
            document = document.set(at, link_to(draft, other))
    inbound_links.put_document(draft, holder, document, *pointers)


def _take_out(draft: WorkingCopy, holder: str, unwanted: Sequence[str]) -> None:
    dead = [n for other in unwanted for n in _numbers(draft, holder, other)]
    if dead:
        _arrange(draft, holder, [n for n in _all(draft, holder) if n not in dead])


def _order(draft: WorkingCopy, path: str, wanted: Sequence[str]) -> None:
    first = [n for other in wanted for n in _numbers(draft, path, other)]
    _arrange(draft, path, [*first, *(n for n in _all(draft, path) if n not in first)])


def _arrange(draft: WorkingCopy, path: str, numbers: list[int]) -> None:
    document = draft.article(path).document
    if numbers == related_list.numbers(document) == list(range(1, len(numbers) + 1)):
        return
    with inbound_links.placed(path):
        document = related_list.arranged(document, numbers)
    inbound_links.put_document(draft, path, document, *related_list.pointers())


def _all(draft: WorkingCopy, path: str) -> list[int]:
    return related_list.numbers(draft.article(path).document)


def _numbers(draft: WorkingCopy, holder: str, other: str) -> list[int]:
    """The numbers of the blocks in ``holder`` that lead to the article ``other``."""
    urls = same_question.urls(draft.site, same_question.entry(draft.site, other))
    wanted = set(map(draft.site.config.addresses.page, urls))
    document: Document = draft.article(holder).document
    with inbound_links.placed(holder):
        found = inbound_links.pages(draft.site, document)
    return [number for number, page in found.items() if page in wanted]


def _listed(site: Site, path: str) -> list[str]:
    """The paths of the articles that a list names, without those that are not there."""
    there = (site.index.at_address(link.url) for link in site.index.links_of(path) if link.url)
    return list(dict.fromkeys(entry.path for entry in there if entry and entry.path != path))
