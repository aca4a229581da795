"""What a rename at a place of a text means: other words for a question, or another slug."""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.content.links.article_at import article_at
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError
from qtauthor.model import numbered_blocks
from qtauthor.model.article_fields import ADDRESSES, TITLES
from qtauthor.operations.site import retitle, same_question
from qtauthor.text import cursor
from qtauthor.text.cursor import CursorPlace


class ArticleName(NamedTuple):
    """A name of the article at ``path``: its question, or its slug.

    ``start`` and ``end`` bound where it stands under the cursor, ``old`` is what it is.
    """

    path: str
    is_slug: bool
    start: int
    end: int
    old: str


def name_at(site: Site, path: str, text: str, offset: int) -> ArticleName | None:
    """The name that stands at an offset in the ``text`` of ``path``; ``None`` where none does.

    Raises ``ParseError`` for an article that cannot be read, and ``RequestError`` for a title that
    is not the question.
    """
    spot = cursor.at(text, offset)
    if spot is None:
        return None
    field, named = spot.pointer, path
    if numbered_blocks.number(spot.path[0]) is not None and len(spot.path) == 2:
        field = f"/{spot.path[1]}"
        meant = article_at(site, path, text, offset)
        named = meant.entries[0].path if meant and meant.entries else ""
    if not named or field not in (*TITLES, *ADDRESSES):
        return None
    if field in ADDRESSES:
        slug = same_question.slug(named)
        return ArticleName(named, True, *_within(text, spot, slug), slug)
    question = retitle.words(site.article(named), named)
    if named == path:
        _refuse_other(site, path, field, question)
    return ArticleName(named, False, *_within(text, spot, ""), question)


def request(site: Site, found: ArticleName, new: str) -> retitle.RetitleRequest:
    """The request that gives an article the ``new`` name.

    Raises ``RequestError`` for what names another subject, too.
    """
    if not found.is_slug:
        return retitle.RetitleRequest(found.path, new)
    question = retitle.words(site.article(found.path), found.path)
    return retitle.RetitleRequest(found.path, question, slug=_slug(site, found.path, new))


def _within(text: str, spot: CursorPlace, slug: str) -> tuple[int, int]:
    """Where a name stands: in a value its slug, if it is there."""
    if spot.on_key:
        return spot.key
    start, end = spot.value
    at = text.rfind(slug, start, end) if slug else -1
    return (at, at + len(slug)) if at >= 0 else (start, end)


def _refuse_other(site: Site, path: str, field: str, question: str) -> None:
    """A title that is not the question has no address that would follow it."""
    article = site.article(path)
    if article.has(field) and article.get(field) != question:
        raise RequestError(
            Code.USAGE,
            f"{field[1:]} is not the question, so nothing derives from it",
            where=Place(path),
            excerpt=question,
            remedy="rename the question, or edit this text alone",
        )


def _slug(site: Site, path: str, name: str) -> str:
    """The slug in what was typed: a slug, a file's name or a url."""
    if "/" not in name:
        return name.removesuffix(".md")
    parts = site.config.addresses.names(name)
    if parts is None or parts[0] != same_question.folder(path):
        raise RequestError(
            Code.USAGE,
            "a rename changes the slug alone",
            excerpt=name,
            remedy="give a slug; another subject is a code action, “Move to …”",
        )
    return parts[1]
