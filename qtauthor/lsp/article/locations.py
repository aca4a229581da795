"""Places in articles as the protocol has them."""

from __future__ import annotations

from lsprotocol import types

from qtauthor.content.index import Link
from qtauthor.content.links import written_blocks
from qtauthor.content.links.article_at import Meant, article_at, heading
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.lsp.session import RequestContext, RequestFile

TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


def meant(target: RequestFile, position: types.Position) -> Meant | None:
    """The article that is meant at a place that the client named."""
    return article_at(target.site, target.path, target.text, target.offset(position))


def of_article(target: RequestFile) -> types.Location:
    """Where an article begins for a reader: at its title, else at the top."""
    try:
        found = heading(target.text)
    except QtauthorError:  # it cannot be read
        found = None
    return types.Location(target.uri, TOP if found is None else target.range(*found))


def of_links(work: RequestContext, site: Site, links: list[Link]) -> list[types.Location]:
    """Where the urls of these links stand."""
    numbers: dict[str, list[int]] = {}
    for link in links:
        numbers.setdefault(link.source, []).append(link.number)
    return [place for path, found in numbers.items() for place in _places(work, site, path, found)]


def _places(
    work: RequestContext, site: Site, path: str, numbers: list[int]
) -> list[types.Location]:
    target = work.file(site, path)
    try:
        blocks = {block.number: block for block in written_blocks.written(target.text)}
    except QtauthorError:  # the file is gone since it was read
        return []
    found: list[types.Location] = []
    for block in (blocks[number] for number in numbers if number in blocks):
        part = block.members.get("url")
        start, end = (part.start, part.end) if part else (block.start, block.end)
        found.append(types.Location(target.uri, target.range(start, end)))
    return found
