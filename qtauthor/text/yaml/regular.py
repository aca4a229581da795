"""The trees of regular front matter, some times faster than a parser of all YAML can make them.

Regular is what no reader of YAML can read in two ways, and what nearly every article is: block
mappings whose keys are words, and whose values are plain text, text between quotes without escapes
or a folded block, each on one line. For anything else there is no tree here, and ruamel reads it.
Where there is one it equals ruamel's in every node, offset and shape; tests hold them together.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from qtauthor.text.yaml.nodes import Mapping, MappingEntry, Scalar, Shape, Tree
from qtauthor.text.yaml.parser import MAX_DEPTH

# What no line of a regular text has: control characters, the breaks of YAML 1.1, what is no
# character (YAML 1.2, section 5.1), and the line feed.
_OTHER = "\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ud800-\\udfff\\ufffe\\uffff"
_NOT = f"\\n{_OTHER}"
_NAME = "[A-Za-z_][A-Za-z0-9_]{0,99}+"


def _values(no: str) -> tuple[str, str]:
    """A plain value and a quoted one, of characters that are not in the set ``no``.

    No colon before a blank or the end, no number sign behind a blank (sections 7.3.3 and 6.6).
    """
    inside = f"[^{no}:#]*+(?:(?::(?![ \\n])|(?<! )#)[^{no}:#]*+)*+"
    plain = f"(?:[^{no}\\-?:, [\\]{{}}#&*!|>'\"%@`]|-[0-9])(?:{inside}(?<! ))?"
    return plain, f"'[^{no}']*+'|\"[^{no}\"\\\\]*+\""


_PLAIN, _QUOTED = _values(_NOT)
_ENTRY = re.compile(
    f"(( *+)({_NAME}):"
    f"(?: (?:>-\\n( +)([^{_NOT} ][^{_NOT}]*+)|({_PLAIN})|({_QUOTED})))?\\n"
    "|(\\n+)\\Z"
    "|((?s:.++)))"  # the rest, at once, where an entry should be and is not
)
_FORBIDDEN = re.compile(f"[{_OTHER}]")
_CONTROLS = bytes(code for code in (*range(32), 127) if code != ord("\n"))
_ANY = "|".join(_values("\\n"))
_BELOW = f"{_NAME}:(?: (?:>-\\n(?P=indent) ++[^ \\n][^\\n]*+|{_ANY}))?\\n"
_SIMPLE = re.compile(
    f"(?:{_NAME}:(?: (?:>-\\n ++[^ \\n][^\\n]*+|{_ANY})\\n"
    f"|\\n(?:(?P<indent> ++){_BELOW}(?:(?P=indent){_BELOW})*+)?+))++\\n*+"
)
"""Entries no more than two deep, in a text without characters that are forbidden."""

_KEY = re.compile(_NAME)
_TOP = re.compile("\\n(?! )")
_OPEN: Shape = ("{", None, None, None, None)
_CLOSE: Shape = ("}",)
_EMPTY: Shape = ("=", "", "", None, None)
_HEADER = len(" >-\n")


RegularMatch: TypeAlias = tuple[str, str, str, str, str, str, str, str, str]
"""What the expression captures of one entry: all of it, with its line break, then its parts."""


class Outline:
    """The entries of a regular text, found out when they are asked for."""

    __slots__ = ("_found", "_text", "end", "start")

    def __init__(
        self, text: str, start: int, end: int, found: list[RegularMatch] | None = None
    ) -> None:
        self.start = start
        self.end = end
        self._text = text
        self._found = found

    def tree(self) -> Tree:
        """The whole tree."""
        reader = _Reader(self.start)
        reader.read(self._entries())
        return Tree(reader.finish(), reader.shape, {})

    def names(self) -> list[str]:
        """The keys at the top."""
        return [entry[2] for entry in self._entries() if entry[2] and not entry[1]]

    def has(self, name: str) -> bool:
        """Whether ``name`` is a key at the top."""
        return self._first(name) >= 0

    def lines(self, name: str) -> tuple[int, int] | None:
        """From where to where the lines of ``name`` at the top stand, if that is there once."""
        begin = self._first(name)
        if begin < 0 or self._text.find(f"\n{name}:", begin, self.end) >= 0:
            return None
        last = _TOP.search(self._text, begin, self.end)
        return (begin, last.end()) if last else None

    def _first(self, name: str) -> int:
        """Where the first line begins that has ``name`` at its start, which is at the top: whatever
        is not is indented. Below 0 if there is none."""
        if not _KEY.fullmatch(name):
            return -1
        if self._text.startswith(f"{name}:", self.start):
            return self.start
        return self._text.find(f"\n{name}:", self.start, self.end) + 1 or -1

    def _entries(self) -> list[RegularMatch]:
        if self._found is None:
            self._found = _ENTRY.findall(self._text, self.start, self.end)
        return self._found


def outline(text: str, start: int, end: int) -> Outline | None:
    """The entries of ``text[start:end]``, or ``None`` if that is not regular."""
    if _is_simple(text, start, end):
        return Outline(text, start, end)
    found: list[RegularMatch] = _ENTRY.findall(text, start, end)
    return Outline(text, start, end, found) if _is_whole(found, end - start) else None


def _is_simple(text: str, start: int, end: int) -> bool:
    """Whether a text is regular as most are; it takes a quarter of the time to know that."""
    part = text[start:end]
    if part.isascii():
        clean = len(part.encode().translate(None, _CONTROLS)) == len(part)
    else:
        clean = not _FORBIDDEN.search(part)
    return clean and _SIMPLE.fullmatch(part) is not None


def read(text: str, start: int, end: int) -> Tree | None:
    """The tree of ``text[start:end]``, or ``None`` if that is not regular."""
    regular = outline(text, start, end)
    return None if regular is None else regular.tree()


def _is_whole(found: list[RegularMatch], size: int) -> bool:
    """Whether these entries are all that there is, and the indentation of each fits."""
    reached, inside, outside, waiting = 0, 0, [-1], False
    for whole, indent, name, deeper, folded, plain, quoted, _, rest in found:
        if rest:
            return False
        reached += len(whole)
        if not name:
            break
        depth = len(indent)
        if depth != inside:
            if depth > inside and waiting:
                outside.append(inside)
                inside = depth
            while depth < inside:
                inside = outside.pop()
            if depth != inside or len(outside) > MAX_DEPTH:
                return False
        if folded and len(deeper) <= depth:
            return False
        waiting = not (folded or plain or quoted)
    return reached == size and bool(found and found[0][2])


class _Open(NamedTuple):
    """A mapping whose end has not been seen yet; ``key`` is the one that it is the value of."""

    indent: int
    start: int
    first: int
    key: Scalar | None
    entries: list[MappingEntry]


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

    def read(self, found: list[RegularMatch]) -> None:
        """Make the nodes of entries whose indentation fits."""
        shape, reached, inside = self.shape, self.reached, self.inside
        for _, indent, name, deeper, folded, plain, quoted, blank, _ in found:
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
            inside.entries.append(MappingEntry(key, value))
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
            self.inside.entries.append(MappingEntry(key, value))
            self.waiting = None

    def leave(self) -> None:
        """End the innermost mapping."""
        key, node = self.inside.key, self.mapping()
        self.inside = self.outside.pop()
        if key is not None:
            self.inside.entries.append(MappingEntry(key, node))

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
