"""Places in a text as editors tell them: lines from 0, and code units of an encoding in a line.

The encodings are those of the Language Server Protocol 3.17. A line ends at LF, CR LF or CR there,
as in YAML 1.2.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from qtauthor.text.source import lines

Encoding: TypeAlias = Literal["utf-8", "utf-16", "utf-32"]

_MARK = "\ufeff"
_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Spot(NamedTuple):
    """A line, and the code units before the place in it; both from 0."""

    line: int
    unit: int


class Positions:
    """A text whose offsets (code points) are told as lines and units, and back.

    Editors do not show a byte order mark. If they have taken it off (``marked`` is false for a text
    that begins with one), it is not counted, though it is in ``text``.
    """

    def __init__(self, text: str, encoding: Encoding, *, marked: bool = False) -> None:
        self.text = text
        self.encoding = encoding
        self._codec, self._width = _CODECS[encoding]
        self._hidden = int(text.startswith(_MARK) and not marked)

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line begins; of the first, behind a mark that is not shown."""
        return [self._hidden, *lines.LineIndex(self.text).starts[1:]]

    def spot(self, offset: int) -> Spot:
        """The place of an offset; one outside of the text is the nearest inside."""
        offset = min(max(offset, self._hidden), len(self.text))
        line = bisect_right(self.starts, offset) - 1
        return Spot(line, self._units(self.text[self.starts[line] : offset]))

    def offset(self, line: int, unit: int) -> int:
        """The offset of a place. What is beyond the end of a line is its end.

        A place in the middle of a character is that before it.
        """
        if line >= len(self.starts):
            return len(self.text)
        start = self.starts[max(line, 0)]
        end = self.starts[line + 1] if 0 <= line < len(self.starts) - 1 else len(self.text)
        shown = self.text[start:end].rstrip("\r\n")
        return start + self._points(shown, unit if line >= 0 else 0)

    def _units(self, text: str) -> int:
        if self._width == 4 or text.isascii():
            return len(text)
        return len(text.encode(self._codec, "surrogatepass")) // self._width

    def _points(self, text: str, units: int) -> int:
        units = max(units, 0)
        if self._width == 4 or text.isascii():
            return min(units, len(text))
        low, high = 0, min(units, len(text))  # no character has less than one unit
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._units(text[:middle]) <= units else (low, middle - 1)
        return low
