"""Code lens: how many articles link here, with the list behind it."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from qtauthor.errors import Code, RequestError
from qtauthor.lsp.article import locations
from qtauthor.lsp.article.words import told_inbound
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext, RequestFile
from qtauthor.operations.site import same_question

SHOW = "qtauthor.showReferences"
_MOST = 20
"""Titles in a message."""


def lenses(work: RequestContext, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """One, above the title."""
    target = work.target(params.text_document.uri)
    own = target.site.index.entry(target.path) if target else None
    if target is None or own is None:
        return None
    count = len({link.source for link in same_question.inbound(target.site, own)})
    place = locations.of_article(target).range
    line = types.Range(place.start, place.start)
    arguments = [target.uri, {"line": place.start.line, "character": place.start.character}]
    return [types.CodeLens(line, types.Command(told_inbound(count), SHOW, arguments=arguments))]


def show(
    work: RequestContext, uri: Any = None, _position: Any = None, quiet: Any = False
) -> list[types.Location]:
    """The links to an article as locations; a message lists the articles.

    A client that shows the locations by itself asks to be spared the message.
    """
    if not isinstance(uri, str):
        raise RequestError(
            Code.USAGE,
            f"{SHOW} has other arguments",
            excerpt=SHOW,
            remedy="the first is the URI of an article",
        )
    target = work.wanted(uri)
    own = target.site.index.entry(target.path)
    links = same_question.inbound(target.site, own) if own else []
    paths = dict.fromkeys(link.source for link in links)
    if quiet is not True:
        work.say("\n".join([told_inbound(len(paths)), *_titles(target, list(paths))]))
    return locations.of_links(work, target.site, links)


def _titles(target: RequestFile, paths: list[str]) -> list[str]:
    entries = target.site.index.among(paths[:_MOST])
    more = [f"and {len(paths) - _MOST:,} more"] if len(paths) > _MOST else []
    return [entry.title or entry.path for entry in entries] + more


FEATURE = Feature(
    "code_lens",
    {types.TEXT_DOCUMENT_CODE_LENS: (lenses, types.CodeLensOptions(resolve_provider=False))},
    {SHOW: show},
    loud=True,
)
