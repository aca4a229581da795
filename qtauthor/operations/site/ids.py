"""Ids: what there is of them, and another one for a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from qtauthor.content.index import Entry, Link
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, Place, SiteError
from qtauthor.operations.links import inbound_links
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import same_question
from qtauthor.operations.working_copy import WorkingCopy


class Overview(NamedTuple):
    """``shared`` are ids of one question under several subjects, ``torn`` those of several ones.

    ``placeholders`` are zero and below; ``largest`` is 0 if there is none.
    """

    largest: int
    articles: int
    questions: int
    shared: tuple[int, ...]
    torn: tuple[int, ...]
    placeholders: tuple[str, ...]


class Holders(NamedTuple):
    """The articles that have an id, and the blocks that name it."""

    articles: tuple[Entry, ...]
    links: tuple[Link, ...]


def overview(site: Site) -> Overview:
    """All ids of the site. Files that cannot be read count with no id."""
    asked: dict[int, dict[str | None, int]] = {}
    placeholders: list[str] = []
    for entry in site.index.entries():
        if entry.id is None:
            continue
        if entry.id < 1:
            placeholders.append(entry.path)
            continue
        words = entry.question if entry.question is not None else entry.title
        of_id = asked.setdefault(entry.id, {})
        of_id[words] = of_id.get(words, 0) + 1
    return Overview(
        max(asked, default=0),
        sum(sum(of_id.values()) for of_id in asked.values()),
        sum(len(of_id) for of_id in asked.values()),
        tuple(sorted(n for n, of_id in asked.items() if max(of_id.values()) > 1)),
        tuple(sorted(n for n, of_id in asked.items() if len(of_id) > 1)),
        tuple(sorted(placeholders)),
    )


def holders(site: Site, number: int) -> Holders:
    """Who has an id, and who names it."""
    return Holders(tuple(site.index.with_id(number)), tuple(site.index.links_with_id(number)))


def next_ids(site: Site, count: int = 1, taken: Iterable[int] = ()) -> range:
    """The next free ids: above all of the site's, and above those ``taken`` elsewhere."""
    first = max((site.next_id() - 1, *taken)) + 1
    return range(first, first + count)


def reassign(
    site: Site, path: str, number: int | None = None, taken: Iterable[int] = ()
) -> Outcome:
    """Plan another id for a question, under all its subjects and in all blocks that name it.

    Without a ``number`` the next free one is given, and only if the question needs one: if it has
    none, a placeholder, or an id that another question has. A block means the article whose url it
    names. Raises ``ArticleError`` (``bad-id``), ``SiteError`` (``id-taken``), ``EditError``.
    """
    articles = same_question.filings(site, path)
    own = articles[0].id
    if number is None:
        if own is not None and own > 0 and not same_question.strangers(site, path):
            return Outcome(WorkingCopy(site).changes())
        number = next_ids(site, taken=taken)[0]
    elif number == own:
        return Outcome(WorkingCopy(site).changes())
    _refuse_taken(site, number, articles)
    draft = WorkingCopy(site)
    for entry in articles:
        with inbound_links.placed(entry.path):
            draft.put(entry.path, draft.article(entry.path).set("id", number), "id")
    urls = [url for entry in articles for url in same_question.urls(site, entry)]
    inbound_links.rewire(draft, {url: {"id": number} for url in urls})
    return Outcome(draft.changes(), tuple(inbound_links.guard(site, urls, leave=True)))


def _refuse_taken(site: Site, number: int, articles: list[Entry]) -> None:
    if number < 1:
        raise ArticleError(
            Code.BAD_ID,
            f"{number} is no id",
            excerpt=str(number),
            remedy="ids are positive; leave --id out to get the next one",
        )
    question = articles[0].question
    own = {entry.path for entry in articles}
    for other in site.index.with_id(number):
        if other.path not in own and other.question != question:
            raise SiteError(
                Code.ID_TAKEN,
                f"the id {number} belongs to another question",
                where=Place(other.path),
                excerpt=other.question or "",
                remedy=f"leave --id out to get {site.next_id()}",
            )
