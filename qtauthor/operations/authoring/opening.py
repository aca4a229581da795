"""The first words of an answer, and its words without the marks of Markdown."""

from __future__ import annotations

import re

_CODE = re.compile(r"(```|~~~).*?(?:\1|\Z)|`[^`\n]*`", re.DOTALL)
_MATH = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^)\[]*\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LEAD = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[-*+>|][ \t]*|\d{1,9}[.)][ \t]+)+", re.MULTILINE)
_MARKS = re.compile(r"[*_~`|]+")


def prose(markdown: str, *, math: bool = False) -> str:
    """The words of an answer, line by line, without code; formulas stay if ``math``."""
    text = _LEAD.sub("", _TAG.sub(" ", _LINK.sub(r"\1", _CODE.sub(" ", markdown))))
    pieces: list[str] = []
    position = 0
    for formula in _MATH.finditer(text):
        pieces += (_MARKS.sub("", text[position : formula.start()]), formula[0] if math else " ")
        position = formula.end()
    return "".join((*pieces, _MARKS.sub("", text[position:])))


def first_line(markdown: str) -> str:
    """The first line that says something; nothing of an empty answer."""
    lines = (" ".join(line.split()) for line in prose(markdown, math=True).split("\n"))
    return next((line for line in lines if line), "")
