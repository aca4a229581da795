"""Scaffold a new question: an article from a template, with all that derives from it."""

from __future__ import annotations

import datetime
from functools import cache
from typing import NamedTuple

import msgspec

from qtauthor.changes.change import Create
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content import subject_names
from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, Place, SiteError
from qtauthor.model import article_fields, derived_names, numbered_blocks
from qtauthor.model.article_fields import Related
from qtauthor.model.derived_names import Names
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.operations.site import redirects
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import Value


class CreateRequest(NamedTuple):
    """What an author says of a new question. ``answer`` is Markdown, ``related`` are ids.

    A subject that is not known yet is refused unless it is said to be a ``new_subject``.
    ``taken`` are ids that no file of the site shows: the next one is above them, too.
    """

    question: str
    subject: str
    date: datetime.date
    description: str = ""
    keywords: tuple[str, ...] = ()
    answer: str = ""
    related: tuple[int, ...] = ()
    id: int | None = None
    score: float | None = None
    slug: str | None = None
    no_index: bool = False
    new_subject: bool = False
    taken: tuple[int, ...] = ()


class Created(NamedTuple):
    """A new article: its path, names and id, and the change set that makes it.

    ``notices`` tell of the redirects that started at its address, and that go.
    """

    path: str
    names: Names
    id: int
    changes: ChangeSet
    notices: tuple[str, ...] = ()


def create(site: Site, request: CreateRequest, template: Document | None = None) -> Created:
    """Plan a new article after ``template``, or the site's own.

    Raises ``ArticleError`` (names, answer, related), ``SiteError`` (collisions, unknown ids,
    ``bad-redirects``, ``unknown-subject``).
    Call it with the site's lock held: the next id is taken from what is there now.
    """
    if not request.new_subject:
        subject_names.refuse_new(site, request.subject.strip())
    subject = site.canonical_subject(request.subject.strip())
    question = request.question.strip()
    names = derived_names.derive(question, subject, slug=request.slug, naming=site.config.naming)
    path = site.path_of(names.path)
    _refuse_taken(site, names, path, request)
    number = _id(site, request, question)
    related = _related(site, request.related, number)
    values = data(site, request._replace(question=question, subject=subject), names, number)
    document = fill(template or site.template, values, related)
    listed, notices = redirects.arrive(site, (names.url,))
    changes = ChangeSet((Create(path, document.to_bytes()), *listed.changes))
    return Created(path, names, number, changes, tuple(notices))


def fill(
    template: Document, values: dict[str, Value], related: tuple[Related, ...] = ()
) -> Document:
    """The template with these values, without the optional fields that got none.

    The template's style stays: it is edited as any other article is. What ``values`` do not give
    is kept if every article must have it. Raises ``ArticleError`` with ``control-character``.
    """
    return template.update(*filling(values, related))


def filling(
    values: dict[str, Value], related: tuple[Related, ...] = ()
) -> tuple[dict[str, Value], list[str]]:
    """What ``fill`` gives to a template, by pointers, and what it takes out.

    Raises ``ArticleError`` with ``control-character``.
    """
    wanted: dict[str, Value] = dict(values)
    for number, link in enumerate(related, 1):
        for name, value in msgspec.structs.asdict(link).items():
            wanted[f"{numbered_blocks.pointer(number)}/{name}"] = value
    for at, value in wanted.items():
        article_fields.refuse_faults(at, value)
    kept = {at for pointer in wanted for at in (pointer, pointer.rpartition("/")[0])}
    return wanted, [at for at in _optional() if at not in kept]


@cache
def _optional() -> tuple[str, ...]:
    """The fields without which an article may be."""
    return tuple(known.pointer for known in article_fields.fields().values() if not known.required)


def _refuse_taken(site: Site, names: Names, path: str, request: CreateRequest) -> None:
    if site.is_taken(path):
        raise SiteError(
            Code.SLUG_TAKEN,
            "this question is there already",
            where=Place(path),
            excerpt=names.url,
            remedy="edit that article, or give another --slug",
        )
    elsewhere = site.with_slug(names.slug)
    if elsewhere and request.id is None:
        number = site.article(elsewhere[0]).id
        raise SiteError(
            Code.SLUG_TAKEN,
            f"this question is filed under another subject, with the id {number}",
            where=Place(elsewhere[0]),
            excerpt=names.slug,
            remedy=f"to file it under this one too, give --id {number}; else another --slug",
        )


def _id(site: Site, request: CreateRequest, question: str) -> int:
    """The id that was given, if it is free or belongs to the same question; else the next."""
    if request.id is None:
        return max((site.next_id() - 1, *request.taken)) + 1
    if request.id < 1:
        raise ArticleError(
            Code.BAD_ID,
            f"{request.id} is no id",
            excerpt=str(request.id),
            remedy="ids are positive; leave --id out to get the next one",
        )
    for path in site.index.paths_with_id(request.id):
        other = site.article(path).question
        if other != question:
            raise SiteError(
                Code.ID_TAKEN,
                f"the id {request.id} belongs to another question",
                where=Place(path),
                excerpt=other,
                remedy=f"leave --id out to get {site.next_id()}",
            )
    return request.id


def _related(site: Site, numbers: tuple[int, ...], own: int) -> tuple[Related, ...]:
    """Links to the articles with these ids, in this order, none twice."""
    wanted = list(dict.fromkeys(numbers))
    if len(wanted) > MAX_RELATED:
        raise ArticleError(
            Code.TOO_MANY_RELATED,
            f"{len(wanted)} related articles are more than the {MAX_RELATED} that a page shows",
            remedy=f"choose {MAX_RELATED}",
        )
    if own in wanted:
        raise ArticleError(
            Code.BAD_ID,
            f"the article {own} cannot be related to itself",
            remedy="leave its own id out of the related ones",
        )
    return tuple(_link(site.by_id(number)) for number in wanted)


def _link(article: Article) -> Related:
    return Related(
        id=article.id,
        title=str(article.get("title")),
        subject=article.subject,
        url=article.url,
    )


def data(site: Site, request: CreateRequest, names: Names, number: int) -> dict[str, Value]:
    """The fields of a new article by their pointers. Raises ``ArticleError`` for its answer."""
    values: dict[str, Value] = {
        "/id": number,
        "/date": request.date,
        "/title": request.question,
        "/article_title": request.question,
        "/seo/title": names.seo_title,
        "/seo/page_description": request.description,
        "/seo/page_keywords": ", ".join(request.keywords),
        "/question": request.question,
        "/answer": site.answers.encode(request.answer),
        "/subject": request.subject,
        "/file_name": names.file_name,
        "/url": names.url,
    }
    if request.no_index:
        values["/no_index"] = True
    if request.score is not None:
        values["/score"] = request.score
    return values
