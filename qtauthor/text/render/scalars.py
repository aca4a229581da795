"""Text as a YAML scalar, in each of the five styles.

What is written here is read back as the same text by YAML 1.2, by YAML 1.1 and by js-yaml 3.
Where the three differ about a construct, it is not used.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias, get_args

from qtauthor.text.render import implicit_types

Style: TypeAlias = Literal["plain", "single-quoted", "folded", "literal", "double-quoted"]

STYLES: tuple[Style, ...] = get_args(Style)
BLOCK_STYLES: tuple[Style, ...] = ("folded", "literal")
"""In the order in which they are tried."""

_INDICATORS: dict[str, Style] = {
    "": "plain",
    "'": "single-quoted",
    ">": "folded",
    "|": "literal",
    '"': "double-quoted",
}

_UNWRITABLE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK_OR_TAB = re.compile(r"[\t\n]")
_BREAKS = re.compile(r"\n+")
_PLAIN_FIRST = re.compile(r"[^-?:,\[\]{}#&*!|>'\"%@`\s]|[-?:](?=[^\s,\[\]{}])")
_PLAIN_STOP = re.compile(r":(?=\s|\Z)|\s#")
_FLOW_STOP = re.compile(r"[,?\[\]{}]|:(?=[,\[\]{}\s]|\Z)|\A[-:]")  # PyYAML stops at any “?”
_MARKER = re.compile(r"---|\.\.\.")
_BLANK_LINE = re.compile(r"^[ \t]+$", re.MULTILINE)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(f'[\\\\"\n\t]|{_SPECIAL.pattern}')


class BlockHeader(NamedTuple):
    """How a block scalar begins: ``>`` or ``|``, chomping, and an indentation indicator."""

    indicator: str
    chomp: str = "-"
    indent: str = ""

    def __str__(self) -> str:
        return self.indicator + self.indent + self.chomp


def style_of(indicator: str) -> Style:
    """The name of a node's style."""
    return _INDICATORS[indicator]


def writable(text: str) -> bool:
    """Whether ``text`` can be written as UTF-8 at all; lone surrogates cannot."""
    return text.isascii() or _UNWRITABLE.search(text) is None


def halved(value: object) -> str | None:
    """The first text in a value, keys included, that has half of a surrogate pair."""
    if isinstance(value, str):
        return None if writable(value) else value
    inner: list[object] = []
    if isinstance(value, dict):
        inner = [*value, *value.values()]
    elif isinstance(value, list | tuple):
        inner = list(value)
    return next((found for one in inner if (found := halved(one)) is not None), None)


def plain(text: str, *, flow: bool = False) -> str | None:
    """``text`` as a plain scalar on one line, or ``None`` if that would not be this text."""
    if not _PLAIN_FIRST.match(text) or text != text.strip() or _MARKER.match(text):
        return None
    if _BREAK_OR_TAB.search(text) or _SPECIAL.search(text) or _PLAIN_STOP.search(text):
        return None
    if flow and _FLOW_STOP.search(text):
        return None
    return text if implicit_types.is_text(text) else None


def single_quoted(text: str) -> str | None:
    """``text`` in single quotes on one line, or ``None``."""
    if _BREAK_OR_TAB.search(text) or _SPECIAL.search(text):
        return None
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """``text`` in double quotes on one line, with escapes; every text can be written so."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if code < 0x100:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def block(text: str, header: BlockHeader) -> tuple[BlockHeader, list[str]] | None:
    """``text`` as the header and the unindented lines of a block scalar, or ``None``.

    The header given is kept as far as it can hold the text; chomping changes where it must.
    A last empty line stands for a line break that ``+`` keeps.
    """
    if text.isprintable() and text[:1] not in ("", " "):  # one line, as most are
        return header if header.chomp == "-" else header._replace(chomp="-"), [text]
    content = text.rstrip("\n")
    if not content or _SPECIAL.search(text) or _BLANK_LINE.search(text):
        return None
    breaks = len(text) - len(content)
    chomp = _chomp(breaks, header.chomp)
    if chomp is None:
        return None
    lines = content.split("\n")
    first = next(line for line in lines if line)
    if first[0] == "\t" or (first[0] == " " and not header.indent):
        return None
    if header.indicator == ">":
        if any(line[:1] in (" ", "\t") for line in lines if line):
            return None
        lines = _folded(content)
    return header._replace(chomp=chomp), lines + [""] * (breaks - 1)


def _chomp(breaks: int, chomp: str) -> str | None:
    """The chomping that gives ``breaks`` final line breaks; the present one if it does.

    More than one needs ``+``, which would also take blank lines that follow; so it is only kept
    where it stands already.
    """
    if chomp == "+" and breaks:
        return "+"
    return ("-", "")[breaks] if breaks < 2 else None


def _folded(content: str) -> list[str]:
    """The lines that fold to ``content``: a run of line breaks needs one more than it gives."""
    lead = len(content) - len(content.lstrip("\n"))
    return [""] * lead + _BREAKS.sub(r"\g<0>\n", content[lead:]).split("\n")
