"""The texts that the editor holds, as it last told them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from types import MappingProxyType

from lsprotocol import types

from qtauthor.files.file_bytes import beginning
from qtauthor.lsp.files import uris
from qtauthor.text.source.positions import Encoding, Positions

_MARK = "\ufeff"
_serials = count(1)

Open = Mapping[Path, "Buffer"]
"""The open files at one moment. It is never changed: a keystroke makes another one."""


class Buffer:
    """An open file, at one of its versions. Immutable.

    ``text`` is what the file would hold if it were saved now: with the byte order mark that it has
    on disk, which editors take off (then ``marked`` is false). ``serial`` is no other buffer's, at
    whatever time: versions begin anew when a file is opened again.
    """

    def __init__(
        self, uri: str, path: Path, version: int, text: str, *, mark: bool = False
    ) -> None:
        self.uri = uri
        self.path = path
        self.version = version
        self.mark = mark
        self.marked = text.startswith(_MARK)
        self.text = _MARK + text if mark and not self.marked else text
        self.serial = next(_serials)

    @cached_property
    def data(self) -> bytes:
        """The file's bytes if it were saved now."""
        return self.text.encode("utf-8", "surrogatepass")

    def changed(
        self,
        version: int,
        changes: Sequence[types.TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) -> Buffer:
        """The buffer after an edit of the client's."""
        text = self.text.removeprefix(_MARK) if not self.marked else self.text
        for change in changes:
            text = _edited(text, change, encoding)
        return Buffer(self.uri, self.path, version, text, mark=self.mark)


def _edited(text: str, change: types.TextDocumentContentChangeEvent, encoding: Encoding) -> str:
    if not isinstance(change, types.TextDocumentContentChangePartial):
        return change.text
    at = Positions(text, encoding, marked=True)
    start = at.offset(change.range.start.line, change.range.start.character)
    end = at.offset(change.range.end.line, change.range.end.character)
    return text[:start] + change.text + text[max(start, end) :]


class Buffers:
    """What is open. ``now`` may be kept by whoever works on it: it stays as it is."""

    def __init__(self) -> None:
        self.now: Open = MappingProxyType({})

    def get(self, uri: str) -> Buffer | None:
        """The open file with this URI."""
        path = uris.to_path(uri)
        return self.now.get(path) if path else None

    def open(self, item: types.TextDocumentItem) -> Buffer | None:
        """A file was opened; ``None`` for what is no file."""
        path = uris.to_path(item.uri)
        if path is None:
            return None
        return self._put(Buffer(item.uri, path, item.version, item.text, mark=_has_mark(path)))

    def change(
        self, params: types.DidChangeTextDocumentParams, encoding: Encoding
    ) -> Buffer | None:
        """A file was edited; ``None`` if it is not open."""
        known = self.get(params.text_document.uri)
        if known is None:
            return None
        version = params.text_document.version
        return self._put(known.changed(version, params.content_changes, encoding))

    def close(self, uri: str) -> Path | None:
        """A file was closed: it is what it is on the disk. Gives its path if it was open."""
        path = uris.to_path(uri)
        if path is None or path not in self.now:
            return None
        self.now = MappingProxyType({p: b for p, b in self.now.items() if p != path})
        return path

    def _put(self, buffer: Buffer) -> Buffer:
        self.now = MappingProxyType({**self.now, buffer.path: buffer})
        return buffer


def _has_mark(path: Path) -> bool:
    """Whether the file begins with a byte order mark, which the editor may have taken off."""
    return beginning(path, 3) == _MARK.encode()
