"""From YAML text to a located :class:`~qtauthor.text.yaml.nodes.Tree`.

ruamel says what there is and where. This module gives every node the same offsets whichever of
ruamel's readers was used, and refuses what those are known to read otherwise than the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias, cast

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from qtauthor.errors import Code, ParseError
from qtauthor.text.source import lines
from qtauthor.text.yaml import parse_errors, parser, regular
from qtauthor.text.yaml.nodes import (
    Alias,
    Mapping,
    MappingEntry,
    Node,
    Scalar,
    Sequence,
    Shape,
    Tree,
)

_PROPERTY = re.compile(r"&(?P<anchor>[^\s,\[\]{}]*)|!(?:<[^>\s]*>|[^\s,\[\]{}]*)")
_GAP = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_LINE = re.compile(r"[^\r\n]+")
_HEADER = re.compile(r"[|>](?:[1-9][+-]?|[+-][1-9]?)?(?=[ \t\r\n])")
_NAME = re.compile(r"[^\s,\[\]{}]*")


def compose(text: str, start: int = 0, end: int | None = None, *, pure: bool = False) -> Tree:
    """Locate the YAML in ``text[start:end]``; offsets in the tree are those of ``text``.

    ``pure`` leaves all but ruamel's own parser aside. Raises ``ParseError``.
    """
    end = len(text) if end is None else end
    tree = None if pure else regular.read(text, start, end)
    return parsed(text, start, end, pure=pure) if tree is None else tree


def parsed(text: str, start: int, end: int, *, pure: bool = False) -> Tree:
    """As ``compose``, always by a parser of all YAML. Raises ``ParseError``."""
    part = text[start:end]
    if part.startswith("\ufeff"):
        raise ParseError(
            Code.UNCERTAIN_YAML,
            "a byte order mark begins the front matter, and the site takes it for a letter",
            where=lines.place(text, start),
            excerpt=lines.excerpt(text, start),
            remedy="remove the mark; it may only stand at the very beginning of the file",
        )
    try:
        return parser.read(part, lambda events: _Builder(text, start).build(events), pure=pure)
    except YAMLError as error:
        raise parse_errors.invalid(error, text, start, part) from None
    except RecursionError:
        raise parse_errors.too_deep(text, start) from None


def skip_gap(text: str, offset: int) -> int:
    """The offset of the next character that is neither white space nor comment."""
    found = _GAP.match(text, offset)
    assert found is not None  # the pattern matches the empty string
    return found.end()


def skip_properties(text: str, offset: int, tag: str | None, anchor: str | None) -> int:
    """The offset behind a node's tag and anchor and the gap after them, if it has any."""
    end = properties_end(text, offset, tag, anchor)
    return skip_gap(text, end) if end > offset else offset


def properties_end(text: str, offset: int, tag: str | None, anchor: str | None) -> int:
    """The offset behind the tag and anchor of the node at ``offset``, if it has any."""
    for _ in range((tag is not None) + (anchor is not None)):
        found = _PROPERTY.match(text, skip_gap(text, offset))
        offset = found.end() if found else offset
    return offset


_Marked: TypeAlias = ScalarEvent | CollectionStartEvent
"""The events of nodes that may have a tag and an anchor."""


class _Open:
    """A collection whose end has not been seen yet."""

    __slots__ = ("children", "event", "first", "start")

    def __init__(self, event: CollectionStartEvent, start: int, first: int) -> None:
        self.event = event
        self.start = start
        self.first = first
        self.children: list[Node] = []


class _Builder:
    """Collects the nodes of one document, innermost first.

    ``reached`` is the end of the last token that is known for certain: of the node before, or of
    the beginning of the collection around.
    """

    def __init__(self, text: str, base: int) -> None:
        self.text = text
        self.base = base
        self.reached = base
        self.shape: list[Shape] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.targets: dict[int, Node] = {}
        self.root: Node | None = None
        self.documents = 0

    def build(self, events: Iterator[Event]) -> Tree:
        for event in events:
            kind = type(event)
            if kind is ScalarEvent:
                self.add(self.scalar(cast("ScalarEvent", event)))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.open(cast("CollectionStartEvent", event))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.add(self.close(event))
            elif kind is AliasEvent:
                self.add(self.alias(cast("AliasEvent", event)))
            elif kind is DocumentStartEvent:
                self.document(event)
        return Tree(self.root, self.shape, self.targets)

    def add(self, node: Node) -> None:
        self.reached = node.end
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node
        if not isinstance(node, Alias) and node.anchor:
            self.anchors[node.anchor] = node

    def scalar(self, event: ScalarEvent) -> Scalar:
        start = self.base + event.start_mark.index
        end = self.base + event.end_mark.index
        style, text = event.style or "", event.value
        if event.anchor or event.tag:
            start = self.property_start(start, event)
        if style in ("|", ">"):
            content = skip_properties(self.text, start, event.tag, event.anchor)
            end = self.block_end(content, end, text)
        elif not style:
            start, end = self.plain_span(start, end, event)
        self.shape.append(("=", text, style, event.tag, event.anchor))
        return Scalar(start, end, len(self.shape) - 1, text, style, event.tag, event.anchor)

    def plain_span(self, start: int, end: int, event: ScalarEvent) -> tuple[int, int]:
        text = event.value
        if not text and not (event.tag or event.anchor):
            start = end = self.empty_place()
        elif not text:
            end = self.properties_end(start, event)
        elif self.in_flow() and text.endswith(":"):
            raise self.uncertain(
                end - 1, "this colon is valid YAML, and for the site it ends a key without a value"
            )
        elif self.in_flow() and self.text[start - 1] == "?":
            raise self.uncertain(start, "a question mark touches a plain value")
        return start, end

    def in_flow(self) -> bool:
        return bool(self.stack and self.stack[-1].event.flow_style)

    def open(self, event: CollectionStartEvent) -> None:
        if len(self.stack) >= parser.MAX_DEPTH:
            raise parse_errors.too_deep(self.text, self.base + event.start_mark.index)
        start = self.base + event.start_mark.index
        content = start
        if event.anchor or event.tag:
            start = self.property_start(start, event)
            content = skip_properties(self.text, start, event.tag, event.anchor)
        self.reached = content + 1 if event.flow_style else content
        self.stack.append(_Open(event, start, len(self.shape)))
        mark = "{" if type(event) is MappingStartEvent else "["
        self.shape.append((mark, None, None, event.tag, event.anchor))

    def close(self, event: Event) -> Mapping | Sequence:
        begun = self.stack.pop()
        children, opening = begun.children, begun.event
        flow = bool(opening.flow_style)
        end = self.base + event.end_mark.index if flow else children[-1].end
        self.shape.append(("}",) if type(event) is MappingEndEvent else ("]",))
        last, tag, anchor = len(self.shape), opening.tag, opening.anchor
        if type(event) is SequenceEndEvent:
            return Sequence(begun.start, end, begun.first, last, tuple(children), flow, tag, anchor)
        pairs = iter(children)
        entries = tuple([MappingEntry(key, value) for key, value in zip(pairs, pairs, strict=True)])
        return Mapping(begun.start, end, begun.first, last, entries, flow, tag, anchor)

    def alias(self, event: AliasEvent) -> Alias:
        start = self.base + event.start_mark.index
        name = event.anchor
        if self.name_at(start + 1) != name:
            raise self.uncertain(start, f"it is unclear where the name of *{name} ends")
        if name not in self.anchors:
            raise ParseError(
                Code.UNKNOWN_ALIAS,
                f"*{name} names no anchor that is complete before it",
                where=lines.place(self.text, start),
                excerpt=lines.excerpt(self.text, start),
                remedy=f"mark the value that is meant with &{name}, or write it out",
            )
        self.targets[len(self.shape)] = self.anchors[name]
        self.shape.append(("*", name))
        return Alias(start, start + 1 + len(name), len(self.shape) - 1, name)

    def document(self, event: Event) -> None:
        self.documents += 1
        if self.documents > 1:
            raise MarkedYAMLError(
                problem="a second document begins here", problem_mark=event.start_mark
            )

    def property_start(self, start: int, event: _Marked) -> int:
        """Where the first of a node's properties stands; ruamel may mark the last of them."""
        offset = skip_gap(self.text, self.reached)
        while offset < start and self.text[offset] in "-?:,":
            offset = skip_gap(self.text, offset + 1)
        start = min(start, offset)
        self.properties_end(start, event)
        return start

    def properties_end(self, start: int, event: _Marked) -> int:
        """The offset behind the last property. Raises where its name is not ruamel's."""
        end = start
        for _ in range((event.tag is not None) + (event.anchor is not None)):
            found = _PROPERTY.match(self.text, skip_gap(self.text, end))
            if found is None or found.group("anchor") not in (None, event.anchor):
                raise self.uncertain(start, "it is unclear where a tag or anchor ends")
            end = found.end()
        return end

    def block_end(self, offset: int, end: int, text: str) -> int:
        """The line after the last line of content. Blank lines that are no content stay outside."""
        header = _HEADER.match(self.text, offset)
        if header is None:
            raise self.uncertain(offset, "something touches the header of the block")
        if "+" in header.group():
            return end
        first = lines.next_line(self.text, offset)
        content = self.text[first:end]
        stop = first + len(content.rstrip(" \r\n"))
        stop = lines.next_line(self.text, stop) if stop > first else first
        indent = _content_indent(content, text)
        for line in _LINE.finditer(self.text, stop, end):
            if len(line[0]) > indent:
                stop = lines.next_line(self.text, line.start())
        return stop

    def empty_place(self) -> int:
        """Where a value would stand that is not there: behind its indicator."""
        offset = skip_gap(self.text, self.reached)
        if not self.stack:
            return self.reached
        inside = self.stack[-1]
        if type(inside.event) is SequenceStartEvent:
            return offset + 1 if self.text[offset] == "-" else self.reached
        if len(inside.children) % 2:
            return offset + 1 if self.text.startswith(":", offset) else self.reached
        if self.text.startswith(",", offset):
            offset = skip_gap(self.text, offset + 1)
        return offset + 1 if self.text.startswith("?", offset) else offset

    def name_at(self, offset: int) -> str:
        found = _NAME.match(self.text, offset)
        return found.group() if found else ""

    def uncertain(self, offset: int, message: str) -> ParseError:
        return ParseError(
            Code.UNCERTAIN_YAML,
            f"{message}, and readers of YAML do not agree on it",
            where=lines.place(self.text, offset),
            excerpt=lines.excerpt(self.text, offset),
            remedy="set it apart with blanks, or quote the value",
        )


def _content_indent(content: str, value: str) -> int:
    """How deep a block scalar is indented: its first line's blanks that are not in the value."""
    line = content.lstrip("\r\n ")
    if not line:
        return len(content)
    indented = content[: len(content) - len(line)]
    blanks = len(indented) - 1 - max(indented.rfind("\n"), indented.rfind("\r"))
    text = value.lstrip("\n")
    return blanks - (len(text) - len(text.lstrip(" ")))
