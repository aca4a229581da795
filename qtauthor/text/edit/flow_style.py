"""Edits in flow style (``[a, b]``, ``{k: v}``), as splices.

A flow collection stays one: its brackets, the quotes and blanks of its other members, its comments
and a trailing comma stay as they are. A member on a line of its own comes and goes with its line.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from qtauthor.text.edit.splice import Splice
from qtauthor.text.source import lines
from qtauthor.text.yaml.extents import (
    begins_line,
    colon,
    content_start,
    entry_start,
    head_start,
)
from qtauthor.text.yaml.nodes import Mapping, MappingEntry, Node, Sequence
from qtauthor.text.yaml.tree_builder import skip_gap

FlowCollection: TypeAlias = Mapping | Sequence


class Member(NamedTuple):
    """Where a member stands, its ``?`` or key included, its comma not."""

    start: int
    end: int


def is_pair(text: str, node: FlowCollection) -> bool:
    """Whether ``node`` is a single pair without braces, as in ``[key: value]``."""
    return isinstance(node, Mapping) and not text.startswith("{", content_start(text, node))


def members(text: str, node: FlowCollection) -> list[Member]:
    """The members of a flow collection."""
    if isinstance(node, Sequence):
        return [Member(item.start, item.end) for item in node.items]
    return [
        Member(entry_start(text, node, index), _entry_end(text, node, entry))
        for index, entry in enumerate(node.entries)
    ]


def _entry_end(text: str, node: FlowCollection, entry: MappingEntry) -> int:
    """A colon without a value has the blank that parts it from a comma.

    The one before the last bracket is the bracket's, if there is one behind the first.
    """
    mark = colon(text, entry)
    if mark is None or entry.value.end > mark + 1:
        return max(entry.value.end, entry.key.end)
    end = mark + 2
    is_blank = text[mark + 1] in " \t" and text[end] not in "#"
    is_padding = end == node.end - 1 and not is_pair(text, node) and is_padded(text, node)
    return end if is_blank and not is_padding else mark + 1


def is_padded(text: str, node: FlowCollection) -> bool:
    """Whether a blank stands behind the first bracket."""
    return text.startswith(" ", content_start(text, node) + 1)


def insert(text: str, node: FlowCollection, index: int, new: str, floor: int) -> list[Splice]:
    """``new`` as the member number ``index`` of a collection in brackets."""
    found = members(text, node)
    if is_pair(text, node):
        return _braced(text, node, found[0], index, new)
    if not found:
        return _first(text, node, new)
    if index == len(found):
        return _append(text, found, new)
    start = found[index].start
    newline = lines.line_break(text, start)
    lead = leading_comma(text, found, max(1, index))
    if lead is not None:
        margin = " " * lines.column(text, lead)
        if not index:
            return [Splice(start, start, f"{new}{newline}{margin}, ")]
        line = lines.line_start(text, lead)
        return [Splice(line, line, f"{margin}, {new}{newline}")]
    if begins_line(text, start) and not _shares_line(text, found, index):
        line = head_start(text, start, floor)
        margin = " " * lines.column(text, start)
        return [Splice(line, line, f"{margin}{new},{newline}")]
    return [Splice(start, start, f"{new},{_separator(text, found)}")]


def _braced(text: str, node: FlowCollection, pair: Member, index: int, new: str) -> list[Splice]:
    """A pair without braces has room for one: it gets them with its second key."""
    start = content_start(text, node)
    if index:
        return [Splice(start, start, "{"), Splice(pair.end, pair.end, f", {new}}}")]
    return [Splice(start, start, f"{{{new}, "), Splice(pair.end, pair.end, "}")]


def _first(text: str, node: FlowCollection, new: str) -> list[Splice]:
    start, end = content_start(text, node) + 1, node.end - 1
    inside = text[start:end]
    if not inside.strip():
        return [Splice(start, end, f"{inside}{new}{inside}" if inside == " " else new)]
    line = lines.line_start(text, end)  # a comment stands inside, so the bracket has its own line
    comment = text.rindex("#", start, end)
    beside = lines.column(text, comment if begins_line(text, comment) else end + 2)
    return [Splice(line, line, f"{' ' * beside}{new}{lines.line_break(text, start)}")]


def _append(text: str, found: list[Member], new: str) -> list[Splice]:
    last = found[-1]
    newline = lines.line_break(text, last.start)
    lead = leading_comma(text, found, len(found) - 1)
    if lead is not None:
        return [Splice(last.end, last.end, f"{newline}{' ' * lines.column(text, lead)}, {new}")]
    end = _own_end(text, last)
    comma = "," if end > last.end else ""
    mark = " ," if text[last.end - 1] == ":" else ","
    before = [] if comma else [Splice(last.end, last.end, mark)]
    if not begins_line(text, last.start):
        return [*before, Splice(end, end, f"{_separator(text, found)}{new}{comma}")]
    line = f"{' ' * lines.column(text, last.start)}{new}{comma}"
    if _ends_line(text, end):
        below = lines.next_line(text, end)
        return [*before, Splice(below, below, line + newline)]
    return [*before, Splice(end, end, newline + line)]


def _separator(text: str, found: list[Member]) -> str:
    """What stands behind the first comma between members, if that is nothing but blanks."""
    if len(found) > 1:
        mark = _comma(text, found[0].end)
        blanks = text[mark + 1 : found[1].start] if mark is not None else "#"
        if not blanks.strip():
            return blanks
    return " "


def remove(text: str, node: FlowCollection, index: int, floor: int) -> list[Splice]:
    """Take a member out of a collection in brackets."""
    found = members(text, node)
    member, end = found[index], _own_end(text, found[index])
    lead = leading_comma(text, found, index) if index else None
    if lead is not None:
        if _ends_line(text, member.end):
            return [Splice(lines.line_start(text, lead), lines.next_line(text, member.end), "")]
        return [Splice(lead, member.end, "")]
    if begins_line(text, member.start) and _ends_line(text, end):
        line = Splice(head_start(text, member.start, floor), lines.next_line(text, end), "")
        if len(found) == 1:
            return _collapsed(text, node, line, member)
        return [line, *_spare_comma(text, found, index)]
    if len(found) == 1:
        return _collapsed(text, node, Splice(member.start, end, ""), member)
    if index + 1 < len(found):
        return _remove_inside(text, found, index)
    return _remove_last(text, found)


def _spare_comma(text: str, found: list[Member], index: int) -> list[Splice]:
    """The comma beside a member that goes and had none on its own line."""
    if _own_end(text, found[index]) > found[index].end:
        return []
    if index + 1 == len(found):
        return _without_comma(text, found[index - 1].end, None)
    return _without_comma(text, found[index].end, found[index + 1].start)


def _remove_inside(text: str, found: list[Member], index: int) -> list[Splice]:
    """A member with another behind it, when something else stands on its line."""
    start, end = found[index].start, _own_end(text, found[index])
    following, stop = found[index + 1].start, lines.line_end(text, end)
    if following <= stop or (not index and "#" not in text[stop:following]):
        return [Splice(start, following, "")]
    if index:
        start = len(text[:start].rstrip(" "))
    return [Splice(start, stop, ""), *_spare_comma(text, found, index)]


def _remove_last(text: str, found: list[Member]) -> list[Splice]:
    """The last member, when something else stands on its line."""
    before, member = found[-2], found[-1]
    if "#" not in text[before.end : member.start]:
        blank = text[before.end - 1] == " " == text[member.end]
        return [Splice(before.end - blank, member.end, "")]
    rest = _spare_comma(text, found, len(found) - 1)
    return [*rest, Splice(member.start, _own_end(text, member), "")]


def _without_comma(text: str, offset: int, following: int | None) -> list[Splice]:
    """The comma behind ``offset`` out, and the blanks between it and what follows.

    One that stands alone on its line goes with that.
    """
    mark = _comma(text, offset)
    if mark is None:
        return []
    end = mark + 1
    while text.startswith((" ", "\t"), end):
        end += 1
    if begins_line(text, mark):
        if text[end] in "\r\n":
            return [Splice(lines.line_start(text, mark), lines.next_line(text, mark), "")]
        return [Splice(mark, end, "")]
    blanks = following is not None and not text[mark + 1 : following].strip(" ")
    return [Splice(mark, following if blanks and following is not None else mark + 1, "")]


def _collapsed(text: str, node: FlowCollection, only: Splice, member: Member) -> list[Splice]:
    """The brackets closed up when nothing but blanks and a comma is left between them."""
    start, end = content_start(text, node) + 1, node.end - 1
    comma = [] if _own_end(text, member) > member.end else _without_comma(text, member.end, None)
    rest = text[only.end : end]
    for one in comma:
        rest = text[only.end : one.start] + text[one.end : end]
    if (text[start : only.start] + rest).strip():
        return [only, *comma]
    return [Splice(start, end, "")]


def move(
    text: str, node: FlowCollection, source: int, target: int, floors: list[int]
) -> list[Splice] | None:
    """A member to the place of another; those between move up, and all commas stay.

    ``None`` where a comment would come to stand where there is no room for it.
    """
    found = members(text, node)
    low, high = min(source, target), max(source, target)
    places = [_parts(text, found[n], floors[n]) for n in range(low, high + 1)]
    filled = [place for place in places if place.head.new or place.tail.new]
    if filled and not all(place.alone for place in places):
        return None
    turned = places[1:] + places[:1] if source < target else places[-1:] + places[:-1]
    return [
        old._replace(new=new.new)
        for place, other in zip(places, turned, strict=True)
        for old, new in zip(place[:3], other[:3], strict=True)
    ]


class _Parts(NamedTuple):
    """A member's head comment, itself and the comment behind it: where and what."""

    head: Splice
    body: Splice
    tail: Splice
    alone: bool


def _parts(text: str, member: Member, floor: int) -> _Parts:
    end = _own_end(text, member)
    begins, ends = begins_line(text, member.start), _ends_line(text, end)
    margin = lines.line_start(text, member.start) if begins else member.start
    head = head_start(text, member.start, floor) if begins else margin
    stop = lines.line_end(text, end) if ends else end
    spans = (head, margin), member, (end, stop)
    first, body, tail = (Splice(a, b, text[a:b]) for a, b in spans)
    if body.new.endswith(":"):
        body = body._replace(new=body.new + " ")
    return _Parts(first, body, tail, begins and ends)


def replace_item(text: str, node: Node, start: int, new: str) -> list[Splice]:
    """Another value for an item of a list in brackets, from ``start`` on."""
    apart = " " if _touches_mark(text, node, start) else ""
    return [Splice(start, node.end, apart + new)]


def _touches_mark(text: str, node: Node, start: int) -> bool:
    """Whether there is no value at ``start``, and an anchor or a tag right before it."""
    return start == node.end > node.start and text[start - 1] not in " \t\r\n"


def replace_value(
    text: str, entry: MappingEntry, start: int, new: str, *, padded: bool = False
) -> list[Splice]:
    """Another value for a key in braces, from ``start`` on.

    If ``padded``, a blank behind the colon belongs to the bracket behind it.
    """
    mark = colon(text, entry)
    if mark is None:
        return [Splice(entry.key.end, entry.key.end, f": {new}")]
    if start > mark + 1:
        return replace_item(text, entry.value, start, new)
    if start == entry.value.end and text.startswith(" ", start):  # nothing is there but a blank
        following = text[start + 1]
        if following == "#" or padded:
            return [Splice(start, start, f" {new}")]
        return [Splice(start + 1, start + 1, new)]
    return [Splice(start, entry.value.end, f" {new}")]


def leading_comma(text: str, found: list[Member], index: int) -> int | None:
    """The comma before a member, if it is the first thing on its line."""
    mark = _comma(text, found[index - 1].end) if len(found) > 1 else None
    return mark if mark is not None and begins_line(text, mark) else None


def _own_end(text: str, member: Member) -> int:
    """The offset behind a member, or behind its comma if that stands on the same line."""
    mark = _comma(text, member.end)
    same_line = mark is not None and _same_line(text, member.end, mark)
    return mark + 1 if mark is not None and same_line else member.end


def _shares_line(text: str, found: list[Member], index: int) -> bool:
    """Whether another member follows on the line on which this one ends."""
    return index + 1 < len(found) and _same_line(text, found[index].end, found[index + 1].start)


def _same_line(text: str, start: int, end: int) -> bool:
    return text.find("\n", start, end) < 0 and text.find("\r", start, end) < 0


def _comma(text: str, offset: int) -> int | None:
    """The comma behind a member that ends at ``offset``."""
    found = skip_gap(text, offset)
    return found if text.startswith(",", found) else None


def _ends_line(text: str, offset: int) -> bool:
    """Whether only blanks or a comment follow on the line."""
    while text.startswith((" ", "\t"), offset):
        offset += 1
    return offset == len(text) or text[offset] in "\r\n#"
