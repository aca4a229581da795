"""What stands under the cursor: which key or value of the front matter.

While someone types, the text is often no YAML for a moment. Then lines and their indentation tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.errors import QtauthorError
from qtauthor.text.source import lines
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Mapping, MappingEntry, Node, Scalar

_KEY = re.compile(r"( *)([A-Za-z_][\w-]*)[ \t]*:(?=[ \t\r\n]|\Z)[ \t]*")
_BLOCK = re.compile(r"[>|][-+0-9]*[ \t]*(?:#.*)?$")
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_KEYED = re.compile(r"( *)([A-Za-z_]\w*)[ \t]*:")


class CursorPlace(NamedTuple):
    """A place in the front matter. Spans are offsets (code points) in the text of the file.

    ``path`` are the keys from the outermost to the one at the cursor. ``value`` is the first line
    of its text, empty where there is none yet; ``on_key`` tells that the cursor is on the key.
    """

    path: tuple[str, ...]
    key: tuple[int, int]
    value: tuple[int, int]
    on_key: bool

    @property
    def pointer(self) -> str:
        """As in ``qtauthor.text.yaml.pointer``; no key of the schema needs an escape."""
        return "".join(f"/{name}" for name in self.path)


def at(text: str, offset: int) -> CursorPlace | None:
    """What is at an offset of a file's text; ``None`` outside of the front matter's keys."""
    try:
        located = Located.read(text)
        root = located.tree.root
    except QtauthorError:
        *_, end = front_lines(text)
        return by_lines(text, offset) if offset < end or end == len(text) else None
    front = located.front
    if not front.start <= offset < front.end or not isinstance(root, Mapping):
        return None
    return _in_mapping(located, root, front.end, offset, ())


def _in_mapping(
    located: Located, mapping: Mapping, end: int, offset: int, above: tuple[str, ...]
) -> CursorPlace | None:
    for entry, after in _bounded(located.text, mapping, end):
        if _row(located.text, entry.key) <= offset < after and entry.name is not None:
            path = (*above, entry.name)
            if isinstance(entry.value, Mapping):
                inner = _in_mapping(located, entry.value, after, offset, path)
                if inner is not None:
                    return inner
            key = (entry.key.start, entry.key.end)
            value = first_line(located.text, entry.value)
            return CursorPlace(path, key, value, offset <= entry.key.end)
    return None


def _bounded(text: str, mapping: Mapping, end: int) -> Iterator[tuple[MappingEntry, int]]:
    """Each entry, and where the next one begins."""
    entries = mapping.entries
    for number, entry in enumerate(entries):
        yield entry, _row(text, entries[number + 1].key) if number + 1 < len(entries) else end


def _row(text: str, node: Node) -> int:
    """Where a node begins, with the blanks before it on its line."""
    start = lines.line_start(text, node.start)
    return node.start if text[start : node.start].strip(" ") else start


def first_line(text: str, node: Node) -> tuple[int, int]:
    """The offsets of the first line of a value's text, without quotes and signs of blocks."""
    if isinstance(node, Scalar) and node.text:
        first = node.text.partition("\n")[0]
        start = text.find(first, node.start, node.end)
        if start >= 0:
            return start, min(start + len(first), lines.line_end(text, start))
    return node.start, min(node.end, lines.line_end(text, node.start))


def by_lines(text: str, offset: int) -> CursorPlace | None:
    """What `at` gives for text that cannot be read."""
    here = lines.line_start(text, offset)
    if here == 0 or text.startswith(("---", "..."), here):
        return None
    found = _KEY.match(text, here)
    top = here
    while found is None or is_text(text, top, len(found[1])):
        top = lines.line_start(text, top - 1) if top > 0 else 0
        if top == 0:
            return None
        found = _KEY.match(text, top)
    path = (*parents(text, top, len(found[1])), found[2])
    start = found.end()
    if _BLOCK.match(text, start, lines.line_end(text, start)):
        start = lines.next_line(text, start)
        start += len(text[start : lines.line_end(text, start)]) - len(
            text[start : lines.line_end(text, start)].lstrip(" ")
        )
    return CursorPlace(
        path, found.span(2), (start, lines.line_end(text, start)), offset <= found.end(2)
    )


def is_text(text: str, at: int, indent: int) -> bool:
    """Whether the line that begins at ``at`` is the text of a block scalar above it."""
    above = lines.line_start(text, at - 1)
    header = _KEY.match(text, above)
    if header is None or len(header[1]) >= indent:
        return False
    return _BLOCK.match(text, header.end(), lines.line_end(text, header.end())) is not None


def parents(text: str, top: int, indent: int) -> tuple[str, ...]:
    """The keys around a line, outermost first."""
    path: tuple[str, ...] = ()
    while indent > 0 and top > 0:
        top = lines.line_start(text, top - 1)
        found = _KEY.match(text, top)
        if found is not None and len(found[1]) < indent:
            path = (found[2], *path)
            indent = len(found[1])
    return path


def around(text: str, top: int, indent: int) -> str:
    """The pointer of the mapping around a line."""
    return "".join(f"/{name}" for name in parents(text, top, indent))


def keys_beside(text: str, line: int, indent: int) -> Iterator[str]:
    """The other keys of the mapping that a line is in, as far as lines tell."""
    above = around(text, line, indent)
    for start in front_lines(text):
        found = _KEYED.match(text, start)
        if found is None or start == line or is_text(text, start, len(found[1])):
            continue
        if around(text, start, len(found[1])) == above:
            yield found[2]


def is_in_front(text: str, offset: int) -> bool:
    """Whether a place is between the fences, as far as there are any."""
    *_, end = front_lines(text)
    return text.removeprefix("\ufeff").startswith("---") and lines.line_end(text, 0) < offset < end


def front_lines(text: str) -> Iterator[int]:
    """Where the lines between the fences begin, and the closing fence or the end of the text."""
    start = lines.next_line(text, 0)
    while start < len(text):
        yield start
        if _FENCE.match(text, start, lines.line_end(text, start)):
            return
        start = lines.next_line(text, start)
    yield len(text)
