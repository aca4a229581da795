"""Which article is meant at a place of a text: that to which a link leads, or the one itself."""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.content.index import Entry
from qtauthor.content.links import written_blocks
from qtauthor.content.links.written_blocks import WrittenBlock
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.model import numbered_blocks
from qtauthor.model.article_fields import ADDRESSES, TITLES
from qtauthor.text import cursor
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Mapping


class Meant(NamedTuple):
    """``start`` and ``end`` bound what means it. ``block`` is the link, if it is one.

    ``entries`` has no article if the link is dead, and several for an id that several have.
    """

    start: int
    end: int
    block: WrittenBlock | None
    entries: list[Entry]


def article_at(site: Site, path: str, text: str, offset: int) -> Meant | None:
    """What is meant at an offset in the ``text`` of ``path``; ``None`` where no article is."""
    spot = cursor.at(text, offset)
    if spot is None:
        return None
    start, end = spot.key if spot.on_key else spot.value
    number = numbered_blocks.number(spot.path[0])
    if number is not None:
        return _linked(site, text, number, spot.path[1:], (start, end))
    own = site.index.entry(path)
    if own is None or spot.pointer not in (*TITLES, *ADDRESSES, "/id"):
        return None
    entries = [own]
    if spot.pointer == "/id" and own.id is not None:
        others = site.index.with_id(own.id)
        entries += [entry for entry in others if entry.path != own.path]
    return Meant(start, end, None, entries)


def _linked(
    site: Site, text: str, number: int, inside: tuple[str, ...], span: tuple[int, int]
) -> Meant | None:
    blocks = written_blocks.written(text)
    block = next((one for one in blocks if one.number == number), None)
    if block is None:
        return None
    entry = written_blocks.meant(site, block)
    entries = [entry] if entry else []
    if inside == ("id",):
        entries = written_blocks.with_its_id(site, block) or entries
    return Meant(*span, block, entries)


def heading(text: str) -> tuple[int, int] | None:
    """Where an article begins for a reader: at its title; ``None`` if it has none to be seen."""
    try:
        root = Located.read(text).tree.root
    except QtauthorError:
        return None
    found = {one.name: one.value for one in root.entries} if isinstance(root, Mapping) else {}
    node = found.get("title", found.get("question"))
    return None if node is None else cursor.first_line(text, node)
