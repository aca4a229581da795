"""Texts and edits as an editor handles them: positions in UTF-16 unless it says otherwise."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def where(text: str, part: str, encoding: str = "utf-16") -> tuple[int, int]:
    """The line and the unit at which a part of a text begins."""
    before = text[: text.index(part)].replace("\r\n", "\n").replace("\r", "\n")
    codec, width = _CODECS[encoding]
    return before.count("\n"), len(before.rpartition("\n")[2].encode(codec)) // width


def offset(text: str, place: dict[str, int], encoding: str = "utf-16") -> int:
    """The code points before a place."""
    codec, width = _CODECS[encoding]
    rows = _rows(text)
    row = rows[place["line"]]
    shown = row.rstrip("\r\n").encode(codec)[: place["character"] * width].decode(codec)
    return sum(map(len, rows[: place["line"]])) + len(shown)


def _rows(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text)


def applied(text: str, edits: list[dict[str, Any]], encoding: str = "utf-16") -> str:
    """A text after edits, whose places are those before any of them; none may overlap."""
    spans = sorted(
        (
            offset(text, edit["range"]["start"], encoding),
            offset(text, edit["range"]["end"], encoding),
            edit["newText"],
        )
        for edit in edits
    )
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for start, end, new in reversed(spans):
        text = text[:start] + new + text[end:]
    return text


def after(editor_text: dict[str, str], edit: dict[str, Any]) -> dict[str, str]:
    """Files by URI after a workspace edit; a renamed one is under its new name."""
    found = dict(editor_text)
    for step in edit["documentChanges"]:
        if step.get("kind") == "rename":
            found[step["newUri"]] = found.pop(step["oldUri"])
        elif step.get("kind") == "delete":
            del found[step["uri"]]
        elif step.get("kind") == "create":
            found[step["uri"]] = ""
        else:
            uri = step["textDocument"]["uri"]
            found[uri] = applied(found[uri], step["edits"])
    return found
