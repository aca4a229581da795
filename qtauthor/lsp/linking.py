"""Related articles that are looked for by typing words where their block is to stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types

from qtauthor.content.index import Entry
from qtauthor.errors import QtauthorError
from qtauthor.lsp import blocks, titles
from qtauthor.lsp.insertion import insertion
from qtauthor.lsp.session import Target, Work
from qtauthor.text import lines

_MOST = 15
_VALUE = re.compile(r"(?:related_article[1-9][0-9]*|id|title|subject|url)[ \t]*:[ \t]*(?:[>|]-?)?")
_URL = re.compile(r"^ +url:[ \t]*['\"]?([^\s'\"]+)", re.MULTILINE)
_DIGITS = re.compile(r"[0-9]{1,18}")


class Asked(NamedTuple):
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


def asked(target: Target, offset: int) -> Asked | None:
    """What is looked for at this place; ``None`` where no related article can stand."""
    text = target.text
    here = lines.line_start(text, offset)
    block = next((one for one in blocks.extents(text) if one[1] <= here < one[2]), None)
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
    return Asked(number, start, end, line, offset, words, here == start)


def items(work: Work, target: Target, wanted: Asked) -> list[types.CompletionItem]:
    """The articles that may be meant, best first; each puts its whole block here."""
    style = blocks.Related(target.site, target.text, wanted.number)
    found = _entries(work, target, wanted)
    return [
        item
        for place, entry in enumerate(found)
        if (item := _item(work, target, wanted, style, entry, place)) is not None
    ]


def _entries(work: Work, target: Target, wanted: Asked) -> Iterator[Entry]:
    """Not the article itself, and none that it lists already."""
    index = target.site.index
    page = target.site.config.addresses.page
    listed = set(map(page, _listed(target.text, wanted.number)))
    known = titles.of(work, target.site)
    own = known.hit(target.path)
    if wanted.words:
        hits = known.search(wanted.words, _MOST, subject=own.subject if own else None)
    else:
        hits = known.like(own.title, _MOST) if own else []
    paths = [hit.path for hit in hits]
    if _DIGITS.fullmatch(wanted.words):
        paths = [entry.path for entry in index.with_id(int(wanted.words))] + paths
    entries = {entry.path: entry for entry in index.among(paths)}
    for path in dict.fromkeys(paths):
        entry = entries.get(path)
        if entry is not None and path != target.path and page(entry.address) not in listed:
            yield entry


def _listed(text: str, without: int) -> Iterator[str]:
    """The urls in the other blocks. The index does not know them while the file is no YAML."""
    for number, start, end in blocks.extents(text):
        found = _URL.search(text, start, end)
        if found is not None and number != without:
            yield found[1]


def _item(
    work: Work, target: Target, wanted: Asked, style: blocks.Related, entry: Entry, place: int
) -> types.CompletionItem | None:
    if entry.id is None or entry.title is None or entry.subject is None:
        return None
    try:
        block = style.block(wanted.number, [entry.id, entry.title, entry.subject, entry.address])
    except QtauthorError:
        return None
    text = target.text
    start, block = _placed(text, wanted, block)
    put = insertion(work, block, text[lines.line_start(text, start) : start])
    span = target.range(start, lines.line_end(text, wanted.line))
    return types.CompletionItem(
        entry.title,
        kind=types.CompletionItemKind.Reference,
        detail=f"{entry.subject} · {entry.id}",
        documentation=entry.address,
        sort_text=f"{place:04}",
        filter_text=text[start : wanted.cursor] or entry.title,
        insert_text_format=put.format,
        insert_text_mode=put.mode,
        text_edit=types.TextEdit(span, put.text),
        additional_text_edits=[
            types.TextEdit(target.range(start, end), "") for start, end in _others(text, wanted)
        ],
    )


def _placed(text: str, wanted: Asked, block: str) -> tuple[int, str]:
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


def _others(text: str, wanted: Asked) -> Iterator[tuple[int, int]]:
    """The other lines of the block, but for its key: what stands there gives way."""
    here = lines.line_start(text, wanted.line)
    first = lines.next_line(text, wanted.start)
    if not wanted.on_key and first < here:
        yield first, here
    after = lines.next_line(text, wanted.line)
    if after < wanted.end:
        yield after, wanted.end
