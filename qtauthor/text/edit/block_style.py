"""Edits in block style, as splices.

Each function works out the splices of one edit and touches nothing. A value in block style has
two parts: what stands behind its key (``head``) and the whole lines below (``body``); a comment
behind the head keeps its place between them.
"""

from __future__ import annotations

from qtauthor.text.edit.splice import Splice
from qtauthor.text.render.block_values import Rendered, ValueLayout
from qtauthor.text.source import lines
from qtauthor.text.yaml.extents import (
    ValueSlot,
    begins_line,
    blanks_end,
    children,
    content_start,
    deeper_only,
    end_line,
    foot_end,
    head_start,
    is_block_collection,
    is_block_scalar,
    keeps_breaks,
    room_below,
)
from qtauthor.text.yaml.lookup import FoundNode


def replace_value(
    text: str, slot: ValueSlot, new: Rendered, *, keep_tag: bool = True
) -> list[Splice]:
    """Put ``new`` in the place of the value that stands in ``slot``."""
    node = slot.node
    if is_block_collection(node):
        return _replace_collection(text, slot, new)
    content = content_start(text, node)
    start = content if keep_tag else node.start
    if is_block_scalar(node):
        below = lines.next_line(text, content)
        header = text[content : lines.line_end(text, content)].split(maxsplit=1)[0]
        head = _head(text, start, content + len(header), new.head)
        return [head, Splice(below, node.end, new.body)]
    below = lines.next_line(text, node.end)
    if not new.head and begins_line(text, start) and lines.blank(text[node.end : below]):
        return [Splice(lines.line_start(text, start), below, new.body)]
    return [_head(text, start, node.end, new.head), Splice(below, below, new.body)]


def add_colon(text: str, found: FoundNode, new: Rendered, manner: ValueLayout) -> list[Splice]:
    """A value for a key with ``?`` that has no colon yet: it stands on the line below the key."""
    offset = end_line(text, found.entry.key)
    separator = " " if new.head else ""
    head = f"{' ' * manner.column}:{separator}{new.head}{manner.newline}"
    return [Splice(offset, offset, head + new.body)]


def _head(text: str, start: int, end: int, head: str) -> Splice:
    """The splice of a head, with exactly the blanks around it that it needs."""
    if not head:
        while text[start - 1] in " \t" and text[end : end + 1] in ("", "\r", "\n", " ", "\t"):
            start -= 1
        return Splice(start, end, "")
    before = "" if text[start - 1] in " \t\r\n" else " "
    return Splice(start, end, before + head)


def _replace_collection(text: str, slot: ValueSlot, new: Rendered) -> list[Splice]:
    """A block collection gives way: its lines go, the comment behind its key stays."""
    place, end = slot.head(text), end_line(text, slot.node)
    below = lines.next_line(text, place)
    content = content_start(text, slot.node)
    if content < below:  # the first item stands behind the indicator
        start = content if new.head else place
        return [Splice(start, end, new.head + lines.line_break(text, place) + new.body)]
    splices = [Splice(below, end, new.body)]
    return [*splices, put_head(text, slot, new.head)] if new.head else splices


def put_head(text: str, slot: ValueSlot, head: str) -> Splice:
    """A value on the line where the block collection in ``slot`` is announced."""
    place = slot.head(text)
    return Splice(place, place, " " + head)


def insert_after(text: str, found: FoundNode, column: int, rendered: str) -> list[Splice]:
    """New lines below a member and its foot comment."""
    offset = room_below(text, found.node, column, last=found.last)
    return [Splice(offset, offset, rendered)]


def insert_before(text: str, found: FoundNode, rendered: str) -> list[Splice]:
    """New lines above a member and the comment that belongs to it.

    Where the member begins behind a dash, as in ``- key: value``, the new one takes its place
    there, and it begins a line of its own.
    """
    if begins_line(text, found.start):
        start = head_start(text, found.start, found.floor)
        return [Splice(start, start, rendered)]
    margin = " " * lines.column(text, found.start)
    return [Splice(found.start, found.start, rendered.removeprefix(margin) + margin)]


def remove(text: str, found: FoundNode) -> Splice:
    """Take the lines of a member out, with its head, line and foot comment.

    Blank lines below go too where the value above would take them for its own. Where the member
    begins behind a dash, what follows moves up to there.
    """
    column = lines.column(text, found.start)
    end = foot_end(text, end_line(text, found.node), column, last=found.last)
    if not begins_line(text, found.start):
        following = text[end:]
        return Splice(found.start, end + len(following) - len(following.lstrip(" \r\n")), "")
    if found.number and keeps_breaks(text, children(found.collection)[found.number - 1]):
        end = blanks_end(text, end)
    return Splice(head_start(text, found.start, found.floor), end, "")


def cut(text: str, found: FoundNode) -> Splice:
    """As ``remove``, for a member that moves: what sets its foot apart goes with it."""
    gone = remove(text, found)
    column = lines.column(text, found.start)
    below = end_line(text, found.node)
    foot = foot_end(text, below, column, last=found.last)
    if deeper_only(text, below, foot, column):
        return gone
    return gone._replace(end=max(gone.end, lines.next_line(text, foot)))


def taken(text: str, found: FoundNode, gone: Splice) -> str:
    """The whole lines of a member that ``cut`` takes from where it stands."""
    lost = text[gone.start : gone.end]
    if begins_line(text, found.start):
        return lost
    return " " * lines.column(text, found.start) + lost.rstrip(" ")
