"""An article's id and subject without reading its YAML, where that is certain.

In a front matter whose lines at the left margin are all of the form ``key: value``, and where no
value begins with a quote, bracket, tag, anchor or alias, no value goes on at the margin. So a line
``id: 5`` there is the field, whatever else the file holds. What is less certain is read as YAML.
"""

from __future__ import annotations

import re

from qtauthor.text.document import Document

_MARGIN = re.compile(rb"^[^ \t\r\n]", re.MULTILINE)
_PLAIN = re.compile(
    rb"^[A-Za-z_][A-Za-z0-9_]*:(?:[ ]+[^ \t\r\n\"'\[\]{}&*!%@`]|[ \t]*\r?$)", re.MULTILINE
)
_OPENING = re.compile(rb"^[ \t]+(?:-[ \t]+)*(?:[^\s:#][^:\n]*:[ \t]+)?[\"'\[{&*!]", re.MULTILINE)
_ID = re.compile(rb"^id:[ ]+([1-9][0-9]{0,17}|0)[ \t]*\r?$", re.MULTILINE)
_MENTIONED = re.compile(rb"^\W*id\W{1,4}([1-9][0-9]{0,17})\b", re.MULTILINE)
_SUBJECT = re.compile(rb"^subject: ([A-Za-z]+(?: [A-Za-z]+)+)\r?$", re.MULTILINE)
_FENCE = b"\n---"


def article_id(data: bytes) -> object:
    """The value of ``id``; ``None`` where the article has none.

    Raises ``ParseError`` or ``ReadError`` for what cannot be read at all.
    """
    found = _certain(data, _ID)
    return int(found) if found else _read(data, "/id")


def mentioned_ids(data: bytes) -> list[int]:
    """The ids that a file may have which cannot be read, so that nobody else gets them."""
    return [int(number) for number in _MENTIONED.findall(data)]


def subject(data: bytes) -> object:
    """The value of ``subject``; ``None`` where the article has none.

    Raises ``ParseError`` or ``ReadError`` for what cannot be read at all.
    """
    found = _certain(data, _SUBJECT)
    return found.decode("ascii") if found else _read(data, "/subject")


def _certain(data: bytes, field: re.Pattern[bytes]) -> bytes | None:
    """What ``field`` captures, if it stands once in a front matter of the simple form."""
    end = data.find(_FENCE, 3)
    if end < 0 or not data.startswith(b"---\n"):
        return None
    front = data[4 : end + 1]
    found = field.findall(front)
    if len(found) != 1 or _OPENING.search(front):
        return None
    if len(_MARGIN.findall(front)) != len(_PLAIN.findall(front)):
        return None
    value: bytes = found[0]
    return value


def _read(data: bytes, at: str) -> object:
    document = Document.parse(data)
    return document.get(at) if document.has(at) else None
