"""Scaffold a new question: an article from a template, with all that derives from it."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import msgspec

from qtauthor.changes.change import Create
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content import naming, schema
from qtauthor.content.article import Article
from qtauthor.content.naming import Names
from qtauthor.content.schema import MAX_RELATED, Related, related_pointer
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, Place, SiteError
from qtauthor.text.document import Document
from qtauthor.text.values import Value


class Request(NamedTuple):
    """What an author says of a new question. ``answer`` is Markdown, ``related`` are ids."""

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


class Created(NamedTuple):
    """A new article: its names, its id, and the change set that makes it."""

    names: Names
    id: int
    changes: ChangeSet


def create(site: Site, request: Request, template: Document | None = None) -> Created:
    """Plan a new article after ``template``, or the site's own.

    Raises ``ArticleError`` (names, answer, related), ``SiteError`` (collisions, unknown ids).
    Call it with the site's lock held: the next id is taken from what is there now.
    """
    subject = site.canonical_subject(request.subject.strip())
    question = request.question.strip()
    names = naming.derive(question, subject, slug=request.slug, naming=site.config.naming)
    path = site.path_of(names.path)
    _refuse_taken(site, names, path, request)
    number = _id(site, request, question)
    related = _related(site, request.related, number)
    data = _data(site, request._replace(question=question, subject=subject), names, number)
    document = fill(template or site.template, data, related)
    return Created(names, number, ChangeSet((Create(path, document.to_bytes()),)))


def fill(template: Document, data: dict[str, Value], related: tuple[Related, ...] = ()) -> Document:
    """The template with these values, without the optional fields that got none.

    The template's style stays: it is edited as any other article is. What ``data`` does not give
    is kept if every article must have it.
    """
    document = template
    wanted: dict[str, Any] = dict(data)
    for number, link in enumerate(related, 1):
        wanted[related_pointer(number)] = msgspec.structs.asdict(link)
    for at, value in wanted.items():
        document = document.set(at, value)
    for known in schema.fields().values():
        optional = not known.required and known.pointer not in wanted
        if optional and document.has(known.pointer):
            document = document.remove(known.pointer)
    return document


def _refuse_taken(site: Site, names: Names, path: str, request: Request) -> None:
    if site.source.exists(path):
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


def _id(site: Site, request: Request, question: str) -> int:
    """The id that was given, if it is free or belongs to the same question; else the next."""
    if request.id is None:
        return site.next_id()
    if request.id < 1:
        raise ArticleError(
            Code.BAD_ID,
            f"{request.id} is no id",
            excerpt=str(request.id),
            remedy="ids are positive; leave --id out to get the next one",
        )
    for path in site.ids.get(request.id, ()):
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


def _data(site: Site, request: Request, names: Names, number: int) -> dict[str, Value]:
    data: dict[str, Value] = {
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
        data["/no_index"] = True
    if request.score is not None:
        data["/score"] = request.score
    return data
