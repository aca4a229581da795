"""The lines of a front matter by a grammar that is narrower than YAML, and where they leave it.

An entry is a key on one line, at the top or one level below it, with a value on that line, a block
of text or a list below. Anything else is a fault, also where YAML would read something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from qtauthor.model import article_fields
from qtauthor.rules.repair import values
from qtauthor.rules.repair.draft import NumberedLine
from qtauthor.text.yaml import pointer

KEY = re.compile(r"(?P<indent>[ \t]*)(?P<key>[A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(?P<value>.*))?")
HEADER = re.compile(r"[|>](?:[-+][1-9]?|[1-9][-+]?)?[ \t]*(?:[ \t]#.*)?")
_BLOCK = re.compile(r": +[|>][-+0-9]*[ ]*\Z")
_ITEM = re.compile(r"( *)-(?: |\Z)")
_UNFINISHED = re.compile(r"[\w,;)’'-]\Z")
_CONTINUED = re.compile(r" *[a-z0-9($]")
_NAME = re.compile(r"[ \t]*(?P<key>[A-Za-z_]\w*)(?=[ \t:]|\Z)")

FaultKind: TypeAlias = Literal["line", "tab", "text-tab", "no-text", "uneven", "value", "hopeless"]


class KeyLines(NamedTuple):
    """A key; ``row`` is that of its line, ``text`` those of the lines of its block."""

    row: int
    at: str
    indent: int
    value: str
    text: tuple[int, ...] = ()

    @property
    def is_block(self) -> bool:
        return HEADER.fullmatch(self.value) is not None


class GrammarFault(NamedTuple):
    """The first line that does not fit. ``parent`` is the pointer of the mapping that is open
    there, ``column`` that of its keys if one was seen, ``entry`` the key that the line is of."""

    kind: FaultKind
    row: int
    parent: str = ""
    column: int | None = None
    entry: KeyLines | None = None
    value: str = ""


def outside(text: str) -> Iterator[tuple[int, str]]:
    """The lines of the front matter that are not blank and belong to no block, by number."""
    block: int | None = None
    for number, line in enumerate(text.split("\n")):
        bare = line.rstrip("\r")
        if number == 0:
            continue
        if bare.startswith(("---", "...")):
            return
        depth = len(bare) - len(bare.lstrip(" "))
        if not bare.strip() or (block is not None and depth > block):
            continue
        block = depth if _BLOCK.search(bare) else None
        yield number, bare


def read(lines: tuple[NumberedLine, ...], stop: int) -> tuple[list[KeyLines], GrammarFault | None]:
    """The entries between the fences up to the first fault."""
    reader = _Reader(lines, stop)
    return reader.entries, reader.fault()


class _Reader:
    """One pass over the lines."""

    def __init__(self, lines: tuple[NumberedLine, ...], stop: int) -> None:
        self.lines = lines
        self.stop = stop
        self.entries: list[KeyLines] = []
        self.seen: set[str] = set()
        self.parent = ""
        self.column: int | None = None
        self.index = 1

    def fault(self) -> GrammarFault | None:
        """Read on to the first fault."""
        while self.index < self.stop:
            text = self.lines[self.index].text
            if not text.strip(" \t") or text.lstrip(" \t").startswith("#"):
                self.index += 1
                continue
            found = KEY.fullmatch(text)
            fault = self._fault("line") if found is None else self._key(found)
            if fault is not None:
                return fault
        return None

    def _fault(
        self, kind: FaultKind, entry: KeyLines | None = None, index: int | None = None
    ) -> GrammarFault:
        at = self.index if index is None else index
        last = entry or (self.entries[-1] if self.entries else None)
        return GrammarFault(kind, at, self.parent, self.column, last, entry.value if entry else "")

    def _key(self, found: re.Match[str]) -> GrammarFault | None:
        indent = found["indent"]
        if "\t" in indent:
            return self._fault("tab")
        if not indent:
            self.parent, self.column = "", None
        elif not self.parent or self.column not in (None, len(indent)):
            return self._fault("hopeless")
        else:
            self.column = len(indent)
        at = self.parent + pointer.join([found["key"]])
        if at in self.seen:
            return self._fault("hopeless")
        self.seen.add(at)
        return self._value(KeyLines(self.index, at, len(indent), found["value"] or ""))

    def _value(self, entry: KeyLines) -> GrammarFault | None:
        if entry.is_block:
            return self._block(entry)
        if values.fault(entry.value, entry.at) is not None:
            return self._fault("value", entry)
        self.index += 1
        if not entry.value.strip():
            if not entry.indent:
                self.parent = entry.at
            start = self.index
            self._list(entry)
            self.entries.append(entry._replace(text=tuple(range(start, self.index))))
            return None
        self.entries.append(entry)
        if not entry.indent:
            self.parent = ""
        return self._fault("hopeless") if self._goes_on(entry) else None

    def _goes_on(self, entry: KeyLines) -> bool:
        """Whether the next line stands deeper, so that the value is not only on its own line."""
        index = self.index
        while index < self.stop and not self.lines[index].text.strip(" \t"):
            index += 1
        after = self.lines[index].text if index < self.stop else ""
        return depth(after) > entry.indent and not after.lstrip().startswith("#")

    def _list(self, entry: KeyLines) -> None:
        """Read the items of a list that stands below a key, each on one line."""
        column: int | None = None
        while self.index < self.stop:
            item = _ITEM.match(self.lines[self.index].text)
            if not item or len(item[1]) < entry.indent or column not in (None, len(item[1])):
                return
            column = len(item[1])
            self.index += 1

    def _block(self, entry: KeyLines) -> GrammarFault | None:
        """Read the lines of a block of text."""
        text: list[int] = []
        column = 0
        index = entry.row + 1
        for index in range(entry.row + 1, self.stop + 1):
            line = self.lines[index].text
            if index == self.stop or (line.strip(" \t") and not self._is_text(line, entry)):
                break
            if not line.strip(" \t"):
                continue
            fault = self._text_fault(line, index, entry, text, column)
            if fault is not None:
                return fault
            column = column or depth(line)
            text.append(index)
        if not text:
            return self._fault("no-text", entry)
        self.entries.append(entry._replace(text=tuple(text)))
        self.index = index
        return None

    def _is_text(self, line: str, entry: KeyLines) -> bool:
        """Whether a line belongs to a block by its indentation; a tab may be that of a key."""
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" not in indent or depth(line) > entry.indent:
            return depth(line) > entry.indent
        return not self._is_key(line)

    def _text_fault(
        self, line: str, index: int, entry: KeyLines, before: list[int], column: int
    ) -> GrammarFault | None:
        entry = entry._replace(text=tuple(before))
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent:
            indents = not before and depth(line) <= entry.indent
            return self._fault("text-tab" if indents else "hopeless", entry, index)
        if not before:
            return None
        if self._is_key(line):
            return self._fault("hopeless", entry, index)
        if len(indent) < column:
            return self._fault("uneven", entry, index)
        if len(indent) > column and entry.value.startswith(">"):
            return self._fault("hopeless", entry, index)
        return None

    def _is_key(self, line: str) -> bool:
        """Whether a line names a field that the article has not shown so far."""
        found = _NAME.match(line)
        if found is None:
            return False
        places = ("/" + found["key"], f"{self.parent}/{found['key']}")
        return any(at in article_fields.fields() and at not in self.seen for at in places)


def depth(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


def goes_on(line: str, below: str) -> bool:
    """Whether a sentence goes from one line to the next."""
    return bool(_UNFINISHED.search(line.rstrip()) and _CONTINUED.match(below))
