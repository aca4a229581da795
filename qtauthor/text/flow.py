"""Edits in flow style (``[a, b]``, ``{k: v}``), as splices.

A flow collection stays one: its brackets, the quotes and blanks of its other members, its comments
and a trailing comma stay as they are. A member on a line of its own comes and goes with its line.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from qtauthor.text import lines
from qtauthor.text.compose import skip_gap
from qtauthor.text.locate import begins_line, colon, content_start, entry_start, head_start
from qtauthor.text.nodes import Entry, Mapping, Node, Sequence
from qtauthor.text.span import Splice

Collection: TypeAlias = Mapping | Sequence


class Member(NamedTuple):
    """Where a member stands, its ``?`` or key included, its comma not."""

    start: int
    end: int


def is_pair(text: str, node: Collection) -> bool:
    """Whether ``node`` is a single pair without braces, as in ``[key: value]``."""
    return isinstance(node, Mapping) and not text.startswith("{", content_start(text, node))


def members(text: str, node: Collection) -> list[Member]:
    """The members of a flow collection."""
    if isinstance(node, Sequence):
        return [Member(item.start, item.end) for item in node.items]
    return [
        Member(entry_start(text, node, index), _entry_end(text, entry))
        for index, entry in enumerate(node.entries)
    ]


def _entry_end(text: str, entry: Entry) -> int:
    mark = colon(text, entry)
    return max(entry.value.end, entry.key.end, 0 if mark is None else mark + 1)


def insert(text: str, node: Collection, index: int, new: str, floor: int) -> list[Splice]:
    """``new`` as the member number ``index`` of a collection in brackets."""
    found = members(text, node)
    if not found:
        return _first(text, node, new)
    if index == len(found):
        return _append(text, found, new)
    start = found[index].start
    if begins_line(text, start):
        line = head_start(text, start, floor)
        margin = " " * lines.column(text, start)
        return [Splice(line, line, f"{margin}{new},{lines.line_break(text, line)}")]
    return [Splice(start, start, f"{new},{_separator(text, found)}")]


def _first(text: str, node: Collection, new: str) -> list[Splice]:
    start, end = content_start(text, node) + 1, node.end - 1
    inside = text[start:end]
    if inside.strip():
        return [Splice(end, end, new)]
    return [Splice(start, end, f"{inside}{new}{inside}" if inside == " " else new)]


def _append(text: str, found: list[Member], new: str) -> list[Splice]:
    last = found[-1]
    mark = _comma(text, last.end)
    end = last.end if mark is None else mark + 1
    comma = "" if mark is None else ","
    before = [] if mark is not None else [Splice(last.end, last.end, ",")]
    if begins_line(text, last.start) and _ends_line(text, end):
        below = lines.next_line(text, end)
        margin = " " * lines.column(text, last.start)
        line = f"{margin}{new}{comma}{lines.line_break(text, end)}"
        return [*before, Splice(below, below, line)]
    return [*before, Splice(end, end, f"{_separator(text, found)}{new}{comma}")]


def _separator(text: str, found: list[Member]) -> str:
    """The blanks behind the first comma between members on one line."""
    if len(found) > 1:
        mark = _comma(text, found[0].end)
        blanks = text[mark + 1 : found[1].start] if mark is not None else ""
        if mark is not None and not blanks.strip(" "):
            return blanks
    return " "


def remove(text: str, node: Collection, index: int, floor: int) -> list[Splice]:
    """Take a member out of a collection in brackets."""
    found = members(text, node)
    member = found[index]
    mark = _comma(text, member.end)
    end = member.end if mark is None else mark + 1
    if begins_line(text, member.start) and _ends_line(text, end):
        stop = lines.next_line(text, end)
        splices = [Splice(head_start(text, member.start, floor), stop, "")]
    elif index + 1 < len(found):
        following = found[index + 1].start
        stop = lines.line_end(text, end) if begins_line(text, following) else following
        return [Splice(member.start, stop, "")]
    else:
        return _remove_last(text, node, found, end)
    if mark is None and index:
        splices += _without_comma(text, found[index - 1])
    if len(found) == 1:
        splices = _collapsed(text, node, splices[0])
    return splices


def _remove_last(text: str, node: Collection, found: list[Member], end: int) -> list[Splice]:
    """The last member, when something else stands on its line."""
    member = found[-1]
    if len(found) == 1:
        return _collapsed(text, node, Splice(member.start, end, ""))
    before = found[-2]
    mark = _comma(text, before.end)
    assert mark is not None  # two members have a comma between them
    if not text[mark + 1 : member.start].strip(" "):
        return [Splice(before.end, member.end, "")]
    trailing = end > member.end
    return [*([] if trailing else _without_comma(text, before)), Splice(member.start, end, "")]


def _without_comma(text: str, member: Member) -> list[Splice]:
    mark = _comma(text, member.end)
    return [] if mark is None else [Splice(mark, mark + 1, "")]


def _collapsed(text: str, node: Collection, only: Splice) -> list[Splice]:
    """The brackets closed up when nothing but blanks is left between them."""
    start, end = content_start(text, node) + 1, node.end - 1
    if (text[start : only.start] + text[only.end : end]).strip():
        return [only]
    return [Splice(start, end, "")]


def replace_item(node: Node, start: int, new: str) -> list[Splice]:
    """Another value for an item of a list in brackets, from ``start`` on."""
    return [Splice(start, node.end, new)]


def replace_value(text: str, entry: Entry, start: int, new: str) -> list[Splice]:
    """Another value for a key in braces, from ``start`` on."""
    mark = colon(text, entry)
    if mark is None:
        return [Splice(entry.key.end, entry.key.end, f": {new}")]
    touching = start == mark + 1
    return [Splice(start, entry.value.end, f" {new}" if touching else new)]


def _comma(text: str, offset: int) -> int | None:
    """The comma behind a member that ends at ``offset``."""
    found = skip_gap(text, offset)
    return found if text.startswith(",", found) else None


def _ends_line(text: str, offset: int) -> bool:
    """Whether only blanks or a comment follow on the line."""
    rest = text[offset : lines.line_end(text, offset)].strip(" \t")
    return not rest or rest.startswith("#")
