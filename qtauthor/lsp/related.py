"""The related blocks of an article with their places, and which article each means.

Places are known also while the text is no YAML: then lines tell, as for `cursor`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qtauthor.content.index import Entry
from qtauthor.content.links import MEMBERS
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.lsp import blocks, cursor
from qtauthor.lsp.session import Target
from qtauthor.text import nodes
from qtauthor.text.located import Located

NAME = re.compile(r"related_article([1-9][0-9]*)")
_MEMBER = re.compile(
    rf"^ +({'|'.join(MEMBERS)})[ \t]*:[ \t]*(?:[>|][-+0-9]*[ \t]*(?:\r\n?|\n)[ \t]*)?"
    r"(['\"]?)([^\r\n]*?)\2[ \t]*(?=[\r\n]|\Z)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"-?[0-9]{1,18}")


class Part(NamedTuple):
    """A value: what it reads as, and the offsets of its text's first line."""

    text: str
    start: int
    end: int


class Block(NamedTuple):
    """``start`` and ``end`` bound the key; ``members`` are those that are there."""

    number: int
    start: int
    end: int
    members: Mapping[str, Part]

    @property
    def url(self) -> str | None:
        return self.members["url"].text if "url" in self.members else None

    @property
    def id(self) -> int | None:
        written = self.members["id"].text if "id" in self.members else ""
        return int(written) if _NUMBER.fullmatch(written) else None


def listed(target: Target) -> list[Block]:
    """The blocks of an article, in their order. Raises ``SiteError``."""
    return written(target.text)


def written(text: str) -> list[Block]:
    """The blocks in the text of an article."""
    try:
        located = Located.read(text)
        root = located.tree.root
    except QtauthorError:
        return list(_by_lines(text))
    return list(_by_tree(located.text, root)) if isinstance(root, nodes.Mapping) else []


def meant(site: Site, block: Block) -> Entry | None:
    """The article that a block leads to: its url alone decides."""
    return site.index.at_address(block.url) if block.url else None


def with_its_id(site: Site, block: Block) -> list[Entry]:
    """The articles that have the block's id, that which its url means first."""
    number, target = block.id, meant(site, block)
    found = site.index.with_id(number) if number is not None else []
    return sorted(found, key=lambda entry: target is None or entry.path != target.path)


def _by_tree(text: str, root: nodes.Mapping) -> Iterator[Block]:
    for entry in root.entries:
        found = NAME.fullmatch(entry.name or "")
        if found is None:
            continue
        inside = entry.value.entries if isinstance(entry.value, nodes.Mapping) else ()
        members = {
            one.name: Part(one.value.text, *cursor.first_line(text, one.value))
            for one in inside
            if one.name in MEMBERS and isinstance(one.value, nodes.Scalar)
        }
        yield Block(int(found[1]), entry.key.start, entry.key.end, members)


def _by_lines(text: str) -> Iterator[Block]:
    for number, start, end in blocks.extents(text):
        members = {
            found[1]: Part(found[3], *found.span(3)) for found in _MEMBER.finditer(text, start, end)
        }
        yield Block(number, start, text.index(":", start), members)
