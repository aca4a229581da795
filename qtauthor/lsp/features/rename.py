"""Rename: a question in other words, or another address, with everything that follows from it."""

from __future__ import annotations

from typing import NamedTuple

from lsprotocol import types

from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError
from qtauthor.lsp import cursor, delivery, meaning, promises, related
from qtauthor.lsp.cursor import Spot
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import Target, Work
from qtauthor.lsp.sites import source
from qtauthor.operations import filings
from qtauthor.operations import retitle as operation
from qtauthor.operations.outcome import Outcome


class _Name(NamedTuple):
    """A name of the article at ``path``: its question, or its slug.

    ``start`` and ``end`` bound where it stands under the cursor, ``old`` is what it is.
    """

    path: str
    is_slug: bool
    start: int
    end: int
    old: str


def prepare(work: Work, params: types.PrepareRenameParams) -> types.PrepareRenameResult | None:
    """What can be renamed at the cursor."""
    target = work.target(params.text_document.uri)
    found = _name(target, target.offset(params.position)) if target else None
    if target is None or found is None:
        return None
    return types.PrepareRenamePlaceholder(target.range(found.start, found.end), found.old)


def rename(work: Work, params: types.RenameParams) -> types.WorkspaceEdit:
    """What follows from another name. It is empty if the disk has it already."""
    target = work.wanted(params.text_document.uri)
    found = _name(target, target.offset(params.position))
    if found is None:
        raise RequestError(
            Code.USAGE,
            "this is no name of an article",
            remedy="rename a title, a question, a file_name or a url",
        )
    _refuse_new(target.site, found.path)
    name = params.new_name.strip()

    def plan(site: Site) -> Outcome:
        return operation.retitle(site, _request(site, found, name))

    edit = delivery.deliver(work, target.site, plan, "Retitle")
    if edit is None:
        return types.WorkspaceEdit()
    promises.of_edit(work, edit)
    return edit


def _name(target: Target, offset: int) -> _Name | None:
    """What stands at an offset. Raises ``ParseError`` for an article that cannot be read."""
    spot = cursor.at(target, offset)
    if spot is None:
        return None
    field, path = spot.pointer, target.path
    if related.NAME.fullmatch(spot.path[0]) and len(spot.path) == 2:
        field = f"/{spot.path[1]}"
        meant = meaning.at(target, offset)
        path = meant.entries[0].path if meant and meant.entries else ""
    if not path or field not in (*meaning.TITLES, *meaning.ADDRESSES):
        return None
    if field in meaning.ADDRESSES:
        slug = filings.slug(path)
        return _Name(path, True, *_within(target, spot, slug), slug)
    question = operation.words(target.site.article(path), path)
    if path == target.path:
        _refuse_other(target, field, question)
    return _Name(path, False, *_within(target, spot, ""), question)


def _within(target: Target, spot: Spot, slug: str) -> tuple[int, int]:
    """Where a name stands: in a value its slug, if it is there."""
    if spot.on_key:
        return spot.key
    start, end = spot.value
    at = target.text.rfind(slug, start, end) if slug else -1
    return (at, at + len(slug)) if at >= 0 else (start, end)


def _refuse_new(site: Site, path: str) -> None:
    """No editor gives a file another name that is not there yet."""
    if not source(site).disk.exists(path):
        raise RequestError(
            Code.USAGE,
            "this file is not on the disk yet",
            where=Place(path),
            remedy="save it, then rename",
        )


def _refuse_other(target: Target, field: str, question: str) -> None:
    """A title that is not the question has no address that would follow it."""
    article = target.site.article(target.path)
    if article.has(field) and article.get(field) != question:
        raise RequestError(
            Code.USAGE,
            f"{field[1:]} is not the question, so nothing derives from it",
            where=Place(target.path),
            excerpt=question,
            remedy="rename the question, or edit this text alone",
        )


def _request(site: Site, found: _Name, name: str) -> operation.Request:
    if not found.is_slug:
        return operation.Request(found.path, name)
    question = operation.words(site.article(found.path), found.path)
    return operation.Request(found.path, question, slug=_slug(site, found.path, name))


def _slug(site: Site, path: str, name: str) -> str:
    """The slug in what was typed: a slug, a file's name or a url."""
    if "/" not in name:
        return name.removesuffix(".md")
    parts = site.config.addresses.names(name)
    if parts is None or parts[0] != filings.folder(path):
        raise RequestError(
            Code.USAGE,
            "a rename changes the slug alone",
            excerpt=name,
            remedy="give a slug; another subject is a code action, “Move to …”",
        )
    return parts[1]


FEATURE = Feature(
    "rename",
    {
        types.TEXT_DOCUMENT_PREPARE_RENAME: (prepare, None),
        types.TEXT_DOCUMENT_RENAME: (rename, types.RenameOptions(prepare_provider=True)),
    },
    loud=True,
)
