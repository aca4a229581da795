"""Where the parts of an entry stand: its lines, its colon, its comments.

The rule for comments: lines of comment directly above a key, in the key's own column and with no
blank line between, belong to it (head); a comment behind its value on the same line does too.
Everything else belongs to nobody and stays where it is.
"""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.text import lines
from qtauthor.text.compose import skip_gap, skip_properties
from qtauthor.text.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence


class Slot(NamedTuple):
    """A place in block style that holds a value: behind a colon or a dash.

    ``after`` is the offset behind the indicator, ``column`` that of the key or dash, and ``node``
    the value that stands there.
    """

    after: int
    column: int
    node: Node


def is_block_scalar(node: Node) -> bool:
    """Whether ``node`` is a literal or folded block."""
    return isinstance(node, Scalar) and node.style in ("|", ">")


def is_block_collection(node: Node) -> bool:
    """Whether ``node`` is a mapping or list in block style."""
    return isinstance(node, Mapping | Sequence) and not node.flow


def content_start(text: str, node: Node) -> int:
    """Where a node begins behind its tag and anchor."""
    if isinstance(node, Alias):
        return node.start
    return skip_properties(text, node.start, node.tag, node.anchor)


def entry_start(text: str, mapping: Mapping, index: int) -> int:
    """Where an entry begins: its key with tag and anchor, or the ``?`` before it."""
    if index:
        reached = mapping.entries[index - 1].value.end
        offset = skip_gap(text, reached)
        return skip_gap(text, offset + 1) if mapping.flow and text[offset] == "," else offset
    return skip_gap(text, content_start(text, mapping) + mapping.flow)


def colon(text: str, entry: Entry) -> int | None:
    """The offset of the colon behind an entry's key, or ``None`` if there is none."""
    offset = skip_gap(text, entry.key.end)
    return offset if text.startswith(":", offset) else None


def begins_line(text: str, offset: int) -> bool:
    """Whether only spaces stand before ``offset`` on its line."""
    return not text[lines.line_start(text, offset) : offset].strip(" ")


def end_line(text: str, node: Node) -> int:
    """The start of the line after a node in block context, its line comment included."""
    while is_block_collection(node):
        node = node.items[-1] if isinstance(node, Sequence) else node.entries[-1].value  # type: ignore[union-attr]
    if is_block_scalar(node):
        return node.end
    return lines.next_line(text, node.end)


def head_start(text: str, offset: int, floor: int) -> int:
    """Where the head comment of the key at ``offset`` begins, or else its line.

    ``floor`` is the start of the YAML.
    """
    start = lines.line_start(text, offset)
    mark = text[start:offset] + "#"
    while start > floor:
        above = lines.line_start(text, start - 1 - text.startswith("\r\n", start - 2))
        if not text.startswith(mark, above):
            break
        start = above
    return start


def content_column(text: str, node: Scalar) -> int | None:
    """The column of a block scalar's text, or ``None`` if it has none."""
    first = lines.next_line(text, content_start(text, node))
    content = text[first : node.end]
    line = content.lstrip("\r\n ")
    if not line:
        return None
    offset = first + len(content) - len(line)
    value = node.text.lstrip("\n")
    return lines.column(text, offset) - (len(value) - len(value.lstrip(" ")))
