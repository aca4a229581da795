"""Who links to an article, with the places of the links."""

from __future__ import annotations

from lsprotocol import types

from qtauthor.content.index import Entry, Link
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.lsp import related
from qtauthor.lsp.session import Work
from qtauthor.operations import filings


def to(site: Site, entry: Entry) -> list[Link]:
    """The related blocks that lead to an article, by path and number."""
    found = [link for url in filings.urls(site, entry) for link in site.index.links_to(url)]
    return sorted(found, key=lambda link: (link.source, link.number))


def told(count: int) -> str:
    """So many articles link here, in words."""
    words = {0: "no article links here", 1: "1 article links here"}
    return words.get(count, f"{count:,} articles link here")


def locations(work: Work, site: Site, links: list[Link]) -> list[types.Location]:
    """Where the urls of these links stand."""
    numbers: dict[str, list[int]] = {}
    for link in links:
        numbers.setdefault(link.source, []).append(link.number)
    return [place for path, found in numbers.items() for place in _places(work, site, path, found)]


def _places(work: Work, site: Site, path: str, numbers: list[int]) -> list[types.Location]:
    target = work.file(site, path)
    try:
        blocks = {block.number: block for block in related.listed(target)}
    except QtauthorError:  # the file is gone since it was read
        return []
    found: list[types.Location] = []
    for block in (blocks[number] for number in numbers if number in blocks):
        part = block.members.get("url")
        start, end = (part.start, part.end) if part else (block.start, block.end)
        found.append(types.Location(target.uri, target.range(start, end)))
    return found
