"""Which article is meant at a place: that to which a link leads, or the one itself."""

from __future__ import annotations

from typing import NamedTuple

from lsprotocol import types

from qtauthor.content.index import Entry
from qtauthor.errors import QtauthorError
from qtauthor.lsp import cursor, related
from qtauthor.lsp.related import Block
from qtauthor.lsp.session import Target
from qtauthor.text.nodes import Mapping

TITLES = ("/title", "/question", "/article_title")
ADDRESSES = ("/url", "/file_name")


class Meant(NamedTuple):
    """``start`` and ``end`` bound what means it. ``block`` is the link, if it is one.

    ``entries`` has no article if the link is dead, and several for an id that several have.
    """

    start: int
    end: int
    block: Block | None
    entries: list[Entry]


def at(target: Target, offset: int) -> Meant | None:
    """What is meant at an offset; ``None`` where no article is."""
    spot = cursor.at(target, offset)
    if spot is None:
        return None
    start, end = spot.key if spot.on_key else spot.value
    found = related.NAME.fullmatch(spot.path[0])
    if found is not None:
        return _linked(target, int(found[1]), spot.path[1:], (start, end))
    own = target.site.index.entry(target.path)
    if own is None or spot.pointer not in (*TITLES, *ADDRESSES, "/id"):
        return None
    entries = [own]
    if spot.pointer == "/id" and own.id is not None:
        others = target.site.index.with_id(own.id)
        entries += [entry for entry in others if entry.path != own.path]
    return Meant(start, end, None, entries)


def _linked(
    target: Target, number: int, inside: tuple[str, ...], span: tuple[int, int]
) -> Meant | None:
    blocks = related.listed(target)
    block = next((one for one in blocks if one.number == number), None)
    if block is None:
        return None
    entry = related.meant(target.site, block)
    entries = [entry] if entry else []
    if inside == ("id",):
        entries = related.with_its_id(target.site, block) or entries
    return Meant(*span, block, entries)


def location(target: Target) -> types.Location:
    """Where an article begins for a reader: at its title, else at the top."""
    try:
        root = target.located().tree.root
        text = target.text
    except QtauthorError:
        root, text = None, ""
    found = {one.name: one.value for one in root.entries} if isinstance(root, Mapping) else {}
    node = found.get("title", found.get("question"))
    if node is None:
        return types.Location(target.uri, types.Range(types.Position(0, 0), types.Position(0, 0)))
    return types.Location(target.uri, target.range(*cursor.first_line(text, node)))
