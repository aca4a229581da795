"""Text of several lines for a completion, in the form in which editors take over all of it.

Of a plain edit Neovim takes one word. A snippet is taken whole, but the editor puts the indentation
of the line before all lines that follow.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lsprotocol import types

from qtauthor.lsp.session import RequestContext

_SPECIAL = re.compile(r"[\\$}]")


class Insertion(NamedTuple):
    """The new text of the edit of a completion, and how the editor is to read it."""

    text: str
    format: types.InsertTextFormat
    mode: types.InsertTextMode


def insertion(work: RequestContext, text: str, indent: str) -> Insertion:
    """``text`` as it is to stand in the file; ``indent`` are the blanks before its first line.

    Editors write line breaks of snippets as the file has them.
    """
    if not work.client.takes_snippets:
        return Insertion(text, types.InsertTextFormat.PlainText, types.InsertTextMode.AsIs)
    lines = _SPECIAL.sub(lambda found: "\\" + found[0], text).replace("\r\n", "\n").split("\n")
    shifted = "\n".join((lines[0], *(line.removeprefix(indent) for line in lines[1:])))
    mode = types.InsertTextMode.AdjustIndentation
    return Insertion(shifted, types.InsertTextFormat.Snippet, mode)
