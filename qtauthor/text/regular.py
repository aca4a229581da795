"""The trees of regular front matter, some times faster than a parser of all YAML can make them.

Regular is what no reader of YAML can read in two ways, and what nearly every article is: block
mappings whose keys are words, and whose values are plain text, text between quotes without escapes
or a folded block, each on one line. For anything else there is no tree here, and ruamel reads it.
Where there is one it equals ruamel's in every node, offset and shape; tests hold them together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from qtauthor.text.nodes import Entry, Mapping, Scalar, Shape, Tree
from qtauthor.text.parser import MAX_DEPTH

# What no line of a regular text has: control characters, the breaks of YAML 1.1, what is no
# character (YAML 1.2, section 5.1), and the line feed.
_NOT = "\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ud800-\\udfff\\ufffe\\uffff"
# No colon before a blank or the end, no number sign behind a blank (sections 7.3.3 and 6.6).
_INSIDE = f"[^{_NOT}:#]*+(?:(?::(?![ \\n])|(?<! )#)[^{_NOT}:#]*+)*+"
_PLAIN = f"(?:[^{_NOT}\\-?:, [\\]{{}}#&*!|>'\"%@`]|-[0-9])(?:{_INSIDE}(?<! ))?"
_QUOTED = f"'[^{_NOT}']*+'|\"[^{_NOT}\"\\\\]*+\""
_ENTRY = re.compile(
    "( *+)([A-Za-z_][A-Za-z0-9_]{0,99}+):"
    f"(?: (?:>-\\n( +)([^{_NOT} ][^{_NOT}]*+)|({_PLAIN})|({_QUOTED})))?\\n"
    "|(\\n+)\\Z"
    "|((?s:.++))"  # the rest, at once, where an entry should be and is not
)
_OPEN: Shape = ("{", None, None, None, None)
_CLOSE: Shape = ("}",)
_EMPTY: Shape = ("=", "", "", None, None)
_HEADER = len(" >-\n")


def read(text: str, start: int, end: int) -> Tree | None:
    """The tree of ``text[start:end]``, or ``None`` if that is not regular."""
    reader = _Reader(start)
    whole = reader.read(_ENTRY.findall(text, start, end)) and reader.reached == end
    if not whole or len(reader.shape) == 1:
        return None
    return Tree(reader.finish(), reader.shape, {})


class _Open(NamedTuple):
    """A mapping whose end has not been seen yet; ``key`` is the one that it is the value of."""

    indent: int
    start: int
    first: int
    key: Scalar | None
    entries: list[Entry]


class _Reader:
    """Makes nodes of what the expression found, which is the whole text if it reaches its end.

    ``waiting`` is a key whose value is empty, or a mapping in the lines below.
    """

    __slots__ = ("inside", "outside", "reached", "shape", "waiting")

    def __init__(self, start: int) -> None:
        self.reached = start
        self.shape: list[Shape] = [_OPEN]
        self.inside = _Open(0, start, 0, None, [])
        self.outside: list[_Open] = []
        self.waiting: Scalar | None = None

    def read(self, found: list[tuple[str, ...]]) -> bool:
        """Whether the indentation of every entry fits."""
        shape, reached, inside = self.shape, self.reached, self.inside
        for indent, name, deeper, folded, plain, quoted, blank, rest in found:
            if blank or rest:
                reached += len(blank)
                break
            start = reached + len(indent)
            if self.waiting is not None or len(indent) != inside.indent:
                if not self.go_to(len(indent), start):
                    return False
                inside = self.inside
            first = len(shape) + 1
            reached = start + len(name) + 1
            key = Scalar(start, reached - 1, first - 1, name, "", None, None)
            shape.append(("=", name, "", None, None))
            if folded:
                if len(deeper) <= len(indent):
                    return False
                text, style, start = folded, ">", reached + 1
                reached += _HEADER + len(deeper) + len(text) + 1
                end = reached
            elif plain:
                text, style, start = plain, "", reached + 1
                end, reached = start + len(text), start + len(text) + 1
            elif quoted:
                text, style, start = quoted[1:-1], quoted[0], reached + 1
                end, reached = start + len(quoted), start + len(quoted) + 1
            else:
                self.waiting = key
                reached += 1
                continue
            shape.append(("=", text, style, None, None))
            value = Scalar(start, end, first, text, style, None, None)
            inside.entries.append(Entry(key, value))
        self.reached = reached
        return True

    def go_to(self, indent: int, start: int) -> bool:
        """Enter or leave mappings for a key that stands at ``start``, ``indent`` deep."""
        if self.waiting is not None and indent > self.inside.indent:
            self.outside.append(self.inside)
            self.inside = _Open(indent, start, len(self.shape), self.waiting, [])
            self.shape.append(_OPEN)
            self.waiting = None
            return len(self.outside) < MAX_DEPTH
        self.settle()
        while indent < self.inside.indent:
            self.leave()
        return indent == self.inside.indent

    def settle(self) -> None:
        """Give the key that waits an empty value."""
        key = self.waiting
        if key is not None:
            place = key.end + 1
            value = Scalar(place, place, len(self.shape), "", "", None, None)
            self.shape.append(_EMPTY)
            self.inside.entries.append(Entry(key, value))
            self.waiting = None

    def leave(self) -> None:
        """End the innermost mapping."""
        key, node = self.inside.key, self.mapping()
        self.inside = self.outside.pop()
        if key is not None:
            self.inside.entries.append(Entry(key, node))

    def mapping(self) -> Mapping:
        self.shape.append(_CLOSE)
        _, start, first, _, entries = self.inside
        end = entries[-1].value.end
        return Mapping(start, end, first, len(self.shape), tuple(entries), False, None, None)

    def finish(self) -> Mapping:
        """The whole, when everything was read."""
        self.settle()
        while self.outside:
            self.leave()
        return self.mapping()
