"""Where the parts of an entry stand: its lines, its colon, its comments.

The rule for comments: lines of comment directly above a key, in the key's own column and with no
blank line between, belong to it (head); a comment behind its value on the same line does too.
So do lines of comment directly below its value that stand deeper than the key, or, unless the key
is the last one, in its column with a blank line below them (foot). Everything else belongs to
nobody and stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.text.source import lines
from qtauthor.text.yaml.nodes import Alias, Mapping, MappingEntry, Node, Scalar, Sequence
from qtauthor.text.yaml.tree_builder import properties_end, skip_gap, skip_properties

_COMMENT_LINE = re.compile(r"( *)#[^\r\n]*(?:\r\n?|\n)")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n?|\n)")


class ValueSlot(NamedTuple):
    """A place in block style that holds a value: behind a colon or a dash.

    ``after`` is the offset behind the indicator, ``column`` that of the key or dash, and ``node``
    the value that stands there.
    """

    after: int
    column: int
    node: Node

    def head(self, text: str) -> int:
        """Where a value on this line would begin if a block collection gives way to it."""
        if isinstance(self.node, Alias) or not (self.node.tag or self.node.anchor):
            return self.after
        return properties_end(text, self.node.start, self.node.tag, self.node.anchor)


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
    return min(node.end, skip_properties(text, node.start, node.tag, node.anchor))


def entry_start(text: str, mapping: Mapping, index: int) -> int:
    """Where an entry begins: its key with tag and anchor, or the ``?`` before it."""
    if index:
        reached = mapping.entries[index - 1].value.end
        offset = skip_gap(text, reached)
        return skip_gap(text, offset + 1) if mapping.flow and text[offset] == "," else offset
    return skip_gap(text, content_start(text, mapping) + mapping.flow)


def member_start(text: str, collection: Mapping | Sequence, index: int) -> int:
    """Where an entry begins, or an item: at its dash in block style."""
    if isinstance(collection, Mapping):
        return entry_start(text, collection, index)
    if collection.flow:
        return collection.items[index].start
    if index:
        return skip_gap(text, collection.items[index - 1].end)
    return content_start(text, collection)


def children(collection: Mapping | Sequence) -> tuple[Node, ...]:
    """The items of a list, or the values of a mapping."""
    if isinstance(collection, Sequence):
        return collection.items
    return tuple(entry.value for entry in collection.entries)


def count(collection: Mapping | Sequence) -> int:
    """How many members a collection has."""
    return len(collection.items if isinstance(collection, Sequence) else collection.entries)


def collections(node: Node | None) -> Iterator[Mapping | Sequence]:
    """A collection and all that stand in it."""
    if isinstance(node, Mapping | Sequence):
        yield node
        for child in children(node):
            yield from collections(child)


def key_column(text: str, mapping: Mapping) -> int:
    """The column of a block mapping's keys, or of the ``?`` before them."""
    return lines.column(text, entry_start(text, mapping, 0))


def colon(text: str, entry: MappingEntry) -> int | None:
    """The offset of the colon behind an entry's key, or ``None`` if there is none."""
    offset = skip_gap(text, entry.key.end)
    return offset if text.startswith(":", offset) else None


def begins_line(text: str, offset: int) -> bool:
    """Whether only spaces stand before ``offset`` on its line."""
    while text.startswith(" ", offset - 1) and offset:  # a line can be megabytes long
        offset -= 1
    return not offset or text[offset - 1] in "\r\n"


def end_line(text: str, node: Node) -> int:
    """The start of the line after a node in block context, its line comment included."""
    node = last_leaf(node)
    return node.end if is_block_scalar(node) else lines.next_line(text, node.end)


def last_leaf(node: Node) -> Node:
    """The node of one line, flow collection or block scalar with which ``node`` ends."""
    while isinstance(node, Mapping | Sequence) and not node.flow:
        node = node.items[-1] if isinstance(node, Sequence) else node.entries[-1].value
    return node


def reach_below(text: str, offset: int, stop: int) -> int:
    """How far the comments and blanks in the lines from ``offset`` to the next token reach."""
    reach = 0
    while offset < stop:
        end = lines.line_end(text, offset)
        line = text[offset:end].lstrip(" ")
        if line and line[0] != "#":
            break
        reach = max(reach, end - offset - len(line) + bool(line))
        offset = lines.next_line(text, offset)
    return reach


def keeps_breaks(text: str, node: Node) -> bool:
    """Whether ``node`` ends with a block scalar that takes the blank lines below as content."""
    leaf = last_leaf(node)
    if not is_block_scalar(leaf):
        return False
    start = content_start(text, leaf)
    return "+" in text[start : lines.line_end(text, start)].split("#", 1)[0]


def blanks_end(text: str, offset: int) -> int:
    """The start of the first line from ``offset`` on that is not blank."""
    while offset < len(text) and lines.blank(text[offset : lines.next_line(text, offset)]):
        offset = lines.next_line(text, offset)
    return offset


def head_start(text: str, offset: int, floor: int) -> int:
    """Where the head comment of the key at ``offset`` begins, or else its line.

    ``floor`` is where what stands before it ends.
    """
    start = lines.line_start(text, offset)
    mark = text[start:offset] + "#"
    while start > floor:
        above = lines.line_start(text, start - 1 - text.startswith("\r\n", start - 2))
        if above < floor or not text.startswith(mark, above):
            break
        start = above
    return start


def foot_end(text: str, offset: int, column: int, *, last: bool) -> int:
    """Where the foot comment ends that begins at ``offset``, below a member in ``column``.

    Lines in its own column below the ``last`` member are none: they end the collection.
    """
    end = run = offset
    deeper = True
    while (line := _COMMENT_LINE.match(text, run)) and len(line[1]) >= column:
        deeper = deeper and len(line[1]) > column
        run = line.end()
        end = run if deeper else end
    return run if not last and _BLANK_LINE.match(text, run) else end


def room_below(text: str, node: Node, column: int, *, last: bool) -> int:
    """Where a new member can stand below the one in ``column`` whose value is ``node``.

    It leaves that one its foot, and takes no other comment for its own.
    """
    end = end_line(text, node)
    offset = foot_end(text, end, column, last=last)
    margin = " " * column + "#"
    above = "" if offset == end or deeper_only(text, end, offset, column) else margin
    while above.startswith(margin) or foot_end(text, offset, column, last=last) > offset:
        line = _COMMENT_LINE.match(text, offset) or _BLANK_LINE.match(text, offset)
        if line is None:
            return end
        above, offset = line[0], line.end()
    return offset


def deeper_only(text: str, start: int, end: int, column: int) -> bool:
    """Whether no line of the foot ``text[start:end]`` stands in the member's own column."""
    return re.search(rf"(?m)^ {{{column}}}#", text[start:end]) is None


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
