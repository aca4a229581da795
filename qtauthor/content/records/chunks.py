"""The text of a batch, piece by piece, however it is encoded. No more than a piece is in memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from qtauthor.errors import Code, Place, RequestError
from qtauthor.text.source.encoding import MAX_BYTES

_PIECE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = {
    b"PK\x03\x04": "a workbook of a spreadsheet",
    b"\xd0\xcf\x11\xe0": "a workbook of a spreadsheet",
    b"\x1f\x8b": "compressed",
    b"%PDF": "a PDF",
}
_LIKE_UTF16 = 0.3
"""The part of zero bytes from which on text is UTF-16 without a mark."""


def pieces(stream: BinaryIO, encoding: str | None, label: str) -> Iterator[str]:
    """The text of a stream, decoded: UTF-8, or as its first bytes say, or as ``encoding`` names it.

    Raises ``RequestError``: ``bad-batch`` for what is no text, ``not-utf8``, ``usage``.
    """
    head = stream.read(_PIECE)
    for mark, kind in _NO_TEXT.items():
        if head.startswith(mark):
            raise RequestError(
                Code.BAD_BATCH,
                f"this is {kind}, not text",
                where=Place(label),
                remedy="save it as CSV (UTF-8), and import that",
            )
    name = encoding or _encoding(head)
    try:
        decoder = codecs.getincrementaldecoder(name)()
    except LookupError:
        raise RequestError(
            Code.USAGE,
            f"there is no encoding {name!r}",
            excerpt=name,
            remedy="name one such as utf-8, utf-16, cp1252 or latin-1",
        ) from None
    line = 1
    while True:
        try:
            text = decoder.decode(head, final=not head)
        except UnicodeError as error:
            raise _undecodable(error, name, line, label) from None
        if text:
            yield text
        if not head:
            return
        line += text.count("\n")
        head = stream.read(_PIECE)


def split(text: Iterator[str]) -> Iterator[str]:
    """The lines of a text, each with its line feed.

    One that is longer than a record may be is cut off behind that length, and its rest passed over.
    """
    rest, size = [], 0
    for piece in text:
        *whole, last = piece.split("\n")
        for part in whole:
            if size <= MAX_BYTES:
                rest.append(part)
            yield "".join((*rest, "\n"))
            rest, size = [], 0
        if size <= MAX_BYTES:
            rest.append(last)
        size += len(last)
    if last := "".join(rest):
        yield last


def too_long(text: str) -> bool:
    """Whether a record of this text is more than an article may have."""
    return len(text) > MAX_BYTES


def _encoding(head: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head.count(b"\0") > len(head) * _LIKE_UTF16:
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    return "utf-8"


def _undecodable(error: UnicodeError, name: str, line: int, label: str) -> RequestError:
    told = f"the batch is not {name.upper()}"
    if isinstance(error, UnicodeDecodeError):
        line += error.object.count(b"\n", 0, error.start)
        told = f"byte 0x{error.object[error.start]:02x} is not {name.upper().removesuffix('-SIG')}"
    return RequestError(
        Code.NOT_UTF8,
        told,
        where=Place(label, line, 1),
        remedy="save it as UTF-8, in a spreadsheet as “CSV UTF-8”, or name its encoding, as in "
        "--encoding cp1252",
    )
