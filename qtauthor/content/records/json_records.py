"""The records of JSON: one a line, in an array, or one after the other over several lines."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from qtauthor.content.records import chunks
from qtauthor.errors import ArticleError, Code, QtauthorError
from qtauthor.text.source.encoding import MAX_BYTES

Found = tuple[int, str, Any]
"""The line where a record begins, its text, and what it says or why that cannot be read."""

_OUTSIDE = re.compile(r'["{}\[\],]')
_OPEN = "["
_INSIDE = re.compile(r'["\\]')


def records(pieces: Iterator[str]) -> Iterator[Found]:
    """Every record of a text. What cannot be read does not hide the next one."""
    before = []
    for piece in pieces:
        before.append(piece)
        if piece.strip():
            break
    shown = "".join(before).lstrip()
    text = itertools.chain(before, pieces)
    if shown.startswith("["):
        yield from _loaded(_Values(in_array=True).read(text))
    elif shown.startswith("{") and not shown[1:].partition("\n")[0].strip() and "\n" in shown:
        yield from _loaded(_Values(in_array=False).read(text))
    else:
        lines = enumerate(chunks.split(text), 1)
        yield from _loaded((number, line.strip()) for number, line in lines if line.strip())


def _loaded(texts: Iterator[tuple[int, str]]) -> Iterator[Found]:
    for line, text in texts:
        yield line, text, _value(text)


def _value(text: str) -> Any:
    if chunks.too_long(text):
        return bad("this is more than an article may have", "", "leave it out")
    if text == _OPEN:
        return bad("the array is not closed", "", "see whether the end of the batch is missing")
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        return bad("lists stand in each other too deep", text, "flatten the data")
    except ValueError as error:
        return bad(f"this is no JSON: {error}", text, "write one object a line, or an array")


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def bad(message: str, excerpt: str, remedy: str) -> QtauthorError:
    """Why a record cannot be read."""
    return ArticleError(Code.BAD_RECORD, message, excerpt=excerpt[:200], remedy=remedy)


class _Values:
    """Cuts a text into the values at its top, or those of its array, without reading them."""

    def __init__(self, *, in_array: bool) -> None:
        self.base = int(in_array)
        self.depth = 0
        self.quoted = self.escaped = self.closed = False
        self.parts: list[str] = []
        self.size = 0
        self.line = 1

    def read(self, pieces: Iterator[str]) -> Iterator[tuple[int, str]]:
        """Each value with the line where it begins. What is left open is a value, too."""
        for piece in pieces:
            yield from self._piece(piece)
        rest = self._taken()
        if rest is not None:
            yield rest
        if self.base and not self.closed:
            yield self.line, _OPEN

    def _piece(self, piece: str) -> Iterator[tuple[int, str]]:
        start = at = 0
        while True:
            if self.escaped and at < len(piece):
                self.escaped, at = False, at + 1
            found = (_INSIDE if self.quoted else _OUTSIDE).search(piece, at)
            if found is None:
                break
            sign, at = found[0], found.end()
            if self.quoted:
                self.quoted, self.escaped = sign != '"', sign == "\\"
                continue
            self.quoted = sign == '"'
            opens, closes = sign in "{[", sign in "}]"
            self.depth += opens - closes
            begins = opens and self.base and self.depth == 1 and not self.closed and not self._any()
            if begins and sign == "[":
                self._keep(piece[start : at - 1])
                start = at
                self.line += self._lines()
            elif self._ends(sign):
                self._keep(piece[start : at - 1])
                start = at
                self.closed = closes
                value = self._taken(empty=sign == ",")
                if value is not None:
                    yield value
            elif not self.base and closes and self.depth == 0:
                self._keep(piece[start:at])
                start = at
                value = self._taken()
                if value is not None:
                    yield value
        self._keep(piece[start:])

    def _ends(self, sign: str) -> bool:
        """Whether a member of the array ends before ``sign``."""
        if not self.base or self.closed:
            return False
        return (sign == "," and self.depth == 1) or (sign in "}]" and self.depth == 0)

    def _keep(self, text: str) -> None:
        if self.size <= MAX_BYTES:
            self.parts.append(text)
        else:
            self.line += text.count("\n")
        self.size += len(text)

    def _any(self) -> bool:
        return any(part.strip() for part in self.parts)

    def _lines(self) -> int:
        """How many line breaks are kept; they are let go."""
        count = sum(part.count("\n") for part in self.parts)
        self.parts, self.size = [], 0
        return count

    def _taken(self, *, empty: bool = False) -> tuple[int, str] | None:
        """What is kept, and the line where it begins; ``None`` for blanks, unless these count."""
        text = "".join(self.parts)
        begin = self.line + text[: len(text) - len(text.lstrip())].count("\n")
        self.line += self._lines()
        return (begin, text.strip()) if text.strip() or empty else None
