"""The trees of regular front matter, some times faster than a parser of all YAML can make them.

Regular is what no reader of YAML can read in two ways, and what nearly every article is: block
mappings whose keys are words, and whose values are plain text, text between quotes without escapes
or a folded block, each on one line. For anything else there is no tree here, and ruamel reads it.
Where there is one it equals ruamel's in every node, offset and shape; tests hold them together.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

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
_FOLDED = len(": >-\n\n")
_INLINE = len(": \n")
_BARE = len(":\n")


Found: TypeAlias = tuple[str, str, str, str, str, str, str, str]
"""What the expression captures of one entry."""


class Outline:
    """The entries of a regular text. The nodes are made when they are asked for."""

    __slots__ = ("_found", "end", "start")

    def __init__(self, start: int, end: int, found: list[Found]) -> None:
        self.start = start
        self.end = end
        self._found = found

    def tree(self) -> Tree:
        """The whole tree."""
        reader = _Reader(self.start)
        reader.read(self._found)
        return Tree(reader.finish(), reader.shape, {})

    def names(self) -> list[str]:
        """The keys at the top."""
        return [entry[1] for entry in self._found if entry[1] and not entry[0]]

    def lines(self, name: str) -> tuple[int, int] | None:
        """From where to where the lines of ``name`` at the top stand, if that is there once."""
        reached, begin, spans = self.start, -1, []
        for entry in self._found:
            if not entry[0]:
                if begin >= 0:
                    spans.append((begin, reached))
                begin = reached if entry[1] == name else -1
            reached += _length(entry)
        if begin >= 0:
            spans.append((begin, reached))
        return spans[0] if len(spans) == 1 else None


def outline(text: str, start: int, end: int) -> Outline | None:
    """The entries of ``text[start:end]``, or ``None`` if that is not regular."""
    found: list[Found] = _ENTRY.findall(text, start, end)
    if not _is_whole(found, end - start):
        return None
    return Outline(start, end, found)


def read(text: str, start: int, end: int) -> Tree | None:
    """The tree of ``text[start:end]``, or ``None`` if that is not regular."""
    regular = outline(text, start, end)
    return None if regular is None else regular.tree()


def _is_whole(found: list[Found], size: int) -> bool:
    """Whether these entries are all that there is, and the indentation of each fits."""
    reached, inside, outside, waiting = 0, 0, [-1], False
    for entry in found:
        indent, name, deeper, folded, plain, quoted, _, rest = entry
        if rest:
            return False
        reached += _length(entry)
        if not name:
            break
        depth = len(indent)
        if depth > inside and waiting:
            outside.append(inside)
            inside = depth
        while depth < inside:
            inside = outside.pop()
        if depth != inside or (folded and len(deeper) <= depth) or len(outside) > MAX_DEPTH:
            return False
        waiting = not (folded or plain or quoted)
    return reached == size and bool(found and found[0][1])


def _length(entry: Found) -> int:
    """How many characters an entry has, with its line break."""
    indent, name, deeper, folded, plain, quoted, blank, _ = entry
    if blank:
        return len(blank)
    if folded:
        return len(indent) + len(name) + len(deeper) + len(folded) + _FOLDED
    value = len(plain) or len(quoted)
    return len(indent) + len(name) + value + (_INLINE if value else _BARE)


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

    def read(self, found: list[Found]) -> None:
        """Make the nodes of entries whose indentation fits."""
        shape, reached, inside = self.shape, self.reached, self.inside
        for indent, name, deeper, folded, plain, quoted, blank, _ in found:
            if blank:
                break
            start = reached + len(indent)
            if self.waiting is not None or len(indent) != inside.indent:
                self.go_to(len(indent), start)
                inside = self.inside
            first = len(shape) + 1
            reached = start + len(name) + 1
            key = Scalar(start, reached - 1, first - 1, name, "", None, None)
            shape.append(("=", name, "", None, None))
            if folded:
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

    def go_to(self, indent: int, start: int) -> None:
        """Enter or leave mappings for a key that stands at ``start``, ``indent`` deep."""
        if self.waiting is not None and indent > self.inside.indent:
            self.outside.append(self.inside)
            self.inside = _Open(indent, start, len(self.shape), self.waiting, [])
            self.shape.append(_OPEN)
            self.waiting = None
            return
        self.settle()
        while indent < self.inside.indent:
            self.leave()

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
