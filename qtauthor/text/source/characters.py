"""The characters that no file of a site may hold, nor any text in it, however YAML spells it.

YAML allows none of them as they are, and a page shows a box for those that an escape brings in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from qtauthor.text.yaml import pointer

FAULT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""One such character: a control but tab and line breaks, half of a pair, or none at all."""

_USUAL = bytes({*range(256)} - {*range(32), 127} | {*b"\t\n\r"})
_BEGINNINGS = (b"\xc2", b"\xef\xbf")
_TABLE = """
    NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI
    DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US
"""
_NAMES = _TABLE.split()


class CharacterFault(NamedTuple):
    """A character that may not be: the pointer of the text or key, the text, its place there."""

    at: str
    text: str
    offset: int

    @property
    def character(self) -> str:
        """The character itself."""
        return self.text[self.offset]


def called(character: str) -> str:
    """A character as people name it: ``U+0000 NUL``."""
    number = ord(character)
    if number < len(_NAMES):
        name = _NAMES[number]
    elif number <= 0x9F:
        name = "DEL" if number == 0x7F else "a control character"
    else:
        name = "half of a surrogate pair" if number < 0xE000 else "no character"
    return f"U+{number:04X} {name}"


def faults(value: Any, at: str = "") -> Iterator[CharacterFault]:
    """The first fault of each text in a value, keys too. ``at`` is the value's own pointer."""
    if isinstance(value, str):
        found = None if value.isprintable() else FAULT.search(value)
        if found:
            yield CharacterFault(at, value, found.start())
    elif isinstance(value, dict):
        for key, inner in value.items():
            inside = at + pointer.join([str(key)])
            if isinstance(key, str):
                yield from (fault._replace(at=inside) for fault in faults(key))
            yield from faults(inner, inside)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from faults(inner, f"{at}/{number}")


def may_stand_in(data: bytes) -> bool:
    """Whether one may stand in a file as it is; where this says no, none does."""
    return bool(data.translate(None, _USUAL)) or any(begin in data for begin in _BEGINNINGS)
