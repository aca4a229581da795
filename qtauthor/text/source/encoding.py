"""Bytes to text and back. A byte order mark stays in the text as its first character."""

from __future__ import annotations

from qtauthor.errors import Code, ParseError, Place

MAX_BYTES = 32 * 1024 * 1024
"""Files above this size are no articles; they are refused before they are read into memory."""


def decode(data: bytes) -> str:
    """UTF-8 to text, so that encoding the result gives ``data`` again.

    Raises ``ParseError`` with ``not-utf8`` or ``too-large``.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        begin = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[begin : error.start].decode("utf-8", "replace")) + 1
        end = data.find(b"\n", error.start)
        shown = data[begin : end if end >= 0 else len(data)]
        raise ParseError(
            Code.NOT_UTF8,
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            where=Place(None, line, column),
            excerpt=shown.decode("utf-8", "replace"),
            remedy="save the file as UTF-8",
        ) from None


def too_large(size: int) -> ParseError:
    """The refusal of a file of ``size`` bytes."""
    return ParseError(
        Code.TOO_LARGE,
        f"{size:,} bytes are more than an article may have ({MAX_BYTES:,})",
        remedy="leave this file out of the selection",
    )
