"""Related articles that are looked for by typing words where their block is to stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.content.index import Entry
from qtauthor.content.links.written_blocks import extent_at, extents
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.model.numbered_blocks import EXPRESSION, MEMBERS
from qtauthor.operations.links.block_text import BlockWriter
from qtauthor.operations.title_search import Titles
from qtauthor.text.source import lines
from qtauthor.text.yaml.values import Value

_MOST = 15
_NAMES = "|".join((EXPRESSION, *MEMBERS))
_VALUE = re.compile(rf"(?:{_NAMES})[ \t]*:[ \t]*(?:[>|]-?)?")
_URL = re.compile(r"^ +url:[ \t]*['\"]?([^\s'\"]+)", re.MULTILINE)
_DIGITS = re.compile(r"[0-9]{1,18}")


class LinkQuery(NamedTuple):
    """Words in the block ``number``, whose lines are ``start`` to ``end``.

    ``line`` is where the text of the cursor's line begins, behind its indentation; ``on_key`` tells
    that it is the first line of the block.
    """

    number: int
    start: int
    end: int
    line: int
    cursor: int
    words: str
    on_key: bool


def link_query(text: str, offset: int) -> LinkQuery | None:
    """What is looked for at this place; ``None`` where no related article can stand."""
    here = lines.line_start(text, offset)
    block = extent_at(text, here)
    if block is None:
        return None
    number, start, end = block
    line = here + len(text[here:offset]) - len(text[here:offset].lstrip(" "))
    if here != start and (line == here or not text[start:here].strip()):
        return None  # a line that is not indented begins another field
    typed = text[line:offset]
    found = _VALUE.match(typed)
    if here == start and found is None:
        return None  # on the key
    words = typed[found.end() :] if found else typed
    words = words.strip(" '\"")
    if words.startswith("/"):
        words = words.rpartition("/")[2].replace("-", " ")
    return LinkQuery(number, start, end, line, offset, words, here == start)


class LinkCompletion(NamedTuple):
    """An article that may be meant, and the edits that put its block here.

    ``text`` stands in place of the text from ``start`` to the end of the cursor's line, and what is
    between the offsets of each pair in ``cut`` goes.
    """

    entry: Entry
    start: int
    text: str
    cut: tuple[tuple[int, int], ...]


def completions(
    site: Site, path: str, text: str, wanted: LinkQuery, titles: Titles
) -> Iterator[LinkCompletion]:
    """The articles that may be meant, best first; not itself, and none that it lists already."""
    style = BlockWriter(site, text, wanted.number)
    cut = tuple(_others(text, wanted))
    for entry in _entries(site, path, text, wanted, titles):
        if entry.id is None or entry.title is None or entry.subject is None:
            continue
        values: list[Value] = [entry.id, entry.title, entry.subject, entry.address]
        try:
            block = style.block(wanted.number, values)
        except QtauthorError:
            continue
        start, new = _placed(text, wanted, block)
        yield LinkCompletion(entry, start, new, cut)


def _entries(site: Site, path: str, text: str, wanted: LinkQuery, known: Titles) -> Iterator[Entry]:
    index = site.index
    page = site.config.addresses.page
    listed = set(map(page, _listed(text, wanted.number)))
    own = known.hit(path)
    if wanted.words:
        hits = known.search(wanted.words, _MOST, subject=own.subject if own else None)
    else:
        hits = known.like(own.title, _MOST) if own else []
    paths = [hit.path for hit in hits]
    if _DIGITS.fullmatch(wanted.words):
        paths = [entry.path for entry in index.with_id(int(wanted.words))] + paths
    entries = {entry.path: entry for entry in index.among(paths)}
    for found in dict.fromkeys(paths):
        entry = entries.get(found)
        if entry is not None and found != path and page(entry.address) not in listed:
            yield entry


def _listed(text: str, without: int) -> Iterator[str]:
    """The urls in the other blocks. The index does not know them while the file is no YAML."""
    for number, start, end in extents(text):
        found = _URL.search(text, start, end)
        if found is not None and number != without:
            yield found[1]


def _placed(text: str, wanted: LinkQuery, block: str) -> tuple[int, str]:
    """Where on the line the block begins, and what of it goes there.

    An edit of the completion has to stay on the line of the cursor, so behind the key it begins
    with the first member.
    """
    if wanted.on_key:
        return wanted.line, block
    members = block[lines.next_line(block, 0) :]
    indent = len(members) - len(members.lstrip(" "))
    here = lines.line_start(text, wanted.line)
    if wanted.line - here < indent:
        return here, members
    return here + indent, members[indent:]


def _others(text: str, wanted: LinkQuery) -> Iterator[tuple[int, int]]:
    """The other lines of the block, but for its key: what stands there gives way."""
    here = lines.line_start(text, wanted.line)
    first = lines.next_line(text, wanted.start)
    if not wanted.on_key and first < here:
        yield first, here
    after = lines.next_line(text, wanted.line)
    if after < wanted.end:
        yield after, wanted.end
