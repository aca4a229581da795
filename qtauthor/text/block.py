"""Edits in block style, as splices.

Each function works out the splices of one edit and touches nothing. A value in block style has
two parts: what stands behind its key (``head``) and the whole lines below (``body``); a comment
behind the head keeps its place between them.
"""

from __future__ import annotations

from qtauthor.text import lines
from qtauthor.text.locate import (
    Slot,
    content_start,
    end_line,
    head_start,
    is_block_collection,
    is_block_scalar,
)
from qtauthor.text.nodes import Entry, Scalar
from qtauthor.text.render import Rendered
from qtauthor.text.span import Splice


def replace_value(text: str, slot: Slot, new: Rendered) -> list[Splice]:
    """Put ``new`` in the place of the value that stands in ``slot``."""
    node = slot.node
    if is_block_collection(node):
        return _replace_collection(text, slot, new)
    start = content_start(text, node)
    if is_block_scalar(node):
        below = lines.next_line(text, start)
        head_end = start + len(text[start : lines.line_end(text, start)].split(maxsplit=1)[0])
        body = Splice(below, node.end, new.body)
    else:
        head_end = node.end
        below = lines.next_line(text, node.end)
        body = Splice(below, below, new.body)
    return [_head(text, start, head_end, new.head), body]


def _head(text: str, start: int, end: int, head: str) -> Splice:
    """The splice of a head, with exactly the blanks around it that it needs."""
    if not head:
        while text[start - 1] in " \t" and text[end : end + 1] in ("", "\r", "\n", " ", "\t"):
            start -= 1
        return Splice(start, end, "")
    before = "" if text[start - 1] in " \t\r\n" else " "
    return Splice(start, end, before + head)


def _replace_collection(text: str, slot: Slot, new: Rendered) -> list[Splice]:
    """A block collection gives way: its lines go, the comment behind its key stays."""
    node = slot.node
    below = lines.next_line(text, slot.after)
    splices = [Splice(below, end_line(text, node), new.body)]
    if new.head:
        splices.append(Splice(slot.after, slot.after, " " + new.head))
    return splices


def insert_after(text: str, entry: Entry, rendered: str) -> list[Splice]:
    """New lines below ``entry``."""
    offset = end_line(text, entry.value)
    return [Splice(offset, offset, rendered)]


def insert_before(text: str, offset: int, rendered: str, floor: int) -> list[Splice]:
    """New lines above the entry at ``offset`` and the comment that belongs to it."""
    start = head_start(text, offset, floor)
    return [Splice(start, start, rendered)]


def remove(text: str, offset: int, entry: Entry, floor: int) -> list[Splice]:
    """Take the lines of the entry at ``offset`` out, with its head and line comment."""
    return [Splice(head_start(text, offset, floor), end_line(text, entry.value), "")]


def rename(key: Scalar, name: str) -> list[Splice]:
    """Put another key text in the place of ``key``."""
    return [Splice(key.start, key.end, name)]
