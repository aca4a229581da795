"""The related blocks in the text of an article, with their places, and which article each means.

Places are known also while the text is no YAML: then lines tell, as for `text.cursor`.
Offsets count code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qtauthor.content.index import Entry
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.model import numbered_blocks
from qtauthor.model.numbered_blocks import MAX_RELATED, MEMBERS
from qtauthor.text import cursor
from qtauthor.text.yaml import nodes
from qtauthor.text.yaml.located_tree import Located

_KEY = re.compile(rf"{numbered_blocks.EXPRESSION}[ \t]*:")
_MEMBER = re.compile(
    rf"^ +({'|'.join(MEMBERS)})[ \t]*:[ \t]*(?:[>|][-+0-9]*[ \t]*(?:\r\n?|\n)[ \t]*)?"
    r"(['\"]?)([^\r\n]*?)\2[ \t]*(?=[\r\n]|\Z)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"-?[0-9]{1,18}")


class BlockMember(NamedTuple):
    """A value in a block: what it reads as, and the offsets of its text's first line."""

    text: str
    start: int
    end: int


class WrittenBlock(NamedTuple):
    """``start`` and ``end`` bound the key; ``members`` are those that are there."""

    number: int
    start: int
    end: int
    members: Mapping[str, BlockMember]

    @property
    def url(self) -> str | None:
        """The url as it reads; ``None`` if there is none."""
        return self.members["url"].text if "url" in self.members else None

    @property
    def id(self) -> int | None:
        """The id; ``None`` if there is none, or no number."""
        written = self.members["id"].text if "id" in self.members else ""
        return int(written) if _NUMBER.fullmatch(written) else None


class Extent(NamedTuple):
    """The lines of the block ``number``: where they begin, and where the next key begins."""

    number: int
    start: int
    end: int


def written(text: str) -> list[WrittenBlock]:
    """The blocks in the text of an article, in their order."""
    try:
        located = Located.read(text)
        root = located.tree.root
    except QtauthorError:
        return list(_by_lines(text))
    return list(_by_tree(located.text, root)) if isinstance(root, nodes.Mapping) else []


def meant(site: Site, block: WrittenBlock) -> Entry | None:
    """The article that a block leads to: its url alone decides."""
    return site.index.at_address(block.url) if block.url else None


def with_its_id(site: Site, block: WrittenBlock) -> list[Entry]:
    """The articles that have the block's id, that which its url means first."""
    number, target = block.id, meant(site, block)
    found = site.index.with_id(number) if number is not None else []
    return sorted(found, key=lambda entry: target is None or entry.path != target.path)


def extents(text: str) -> Iterator[Extent]:
    """Each block by its lines, whether the text is YAML or not."""
    number = begun = -1
    for start in cursor.front_lines(text):
        if text[start : start + 1].strip(" \t\r\n#"):
            if number > 0:
                yield Extent(number, begun, start)
            found = _KEY.match(text, start)
            number, begun = (int(found[1]), start) if found else (-1, -1)


def extent_at(text: str, offset: int) -> Extent | None:
    """The block on whose lines an offset is."""
    return next((one for one in extents(text) if one.start <= offset < one.end), None)


def has_room(text: str) -> bool:
    """Whether there are fewer blocks than a page shows."""
    return len(list(extents(text))) < MAX_RELATED


def renumbered(block: str, number: int) -> str:
    """The lines of a block with another number."""
    return _KEY.sub(f"{numbered_blocks.key(number)}:", block, count=1)


def _by_tree(text: str, root: nodes.Mapping) -> Iterator[WrittenBlock]:
    for entry in root.entries:
        number = numbered_blocks.number(entry.name)
        if number is None:
            continue
        inside = entry.value.entries if isinstance(entry.value, nodes.Mapping) else ()
        members = {
            one.name: BlockMember(one.value.text, *cursor.first_line(text, one.value))
            for one in inside
            if one.name in MEMBERS and isinstance(one.value, nodes.Scalar)
        }
        yield WrittenBlock(number, entry.key.start, entry.key.end, members)


def _by_lines(text: str) -> Iterator[WrittenBlock]:
    for number, start, end in extents(text):
        members = {
            found[1]: BlockMember(found[3], *found.span(3))
            for found in _MEMBER.finditer(text, start, end)
        }
        yield WrittenBlock(number, start, text.index(":", start), members)
