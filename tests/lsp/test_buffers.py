"""The server's texts are those of the editor, whatever it types."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from lsprotocol.converters import get_converter

from qtauthor.lsp.buffers import Buffers
from qtauthor.text.source.positions import Encoding, Positions
from tests.lsp.texts import applied

TEXTS = st.text(st.sampled_from("ab\n\r😀é語\u2028\f\x85"), max_size=20)
CONVERTER = get_converter()


@st.composite
def edits(draw: st.DrawFn, encoding: Encoding) -> tuple[str, list[dict[str, Any]], str]:
    """A text, edits of ranges one after the other, and what becomes of it."""
    text = before = draw(TEXTS)
    made: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 4))):
        at = Positions(text, encoding, marked=True)
        ends = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        spots = [at.spot(end) for end in ends]
        if any(text[end - 1 : end + 1] == "\r\n" for end in ends):
            continue  # no place is between the two
        start, end = ({"line": spot.line, "character": spot.unit} for spot in spots)
        made.append({"range": {"start": start, "end": end}, "text": draw(TEXTS)})
        text = applied(text, [{**made[-1], "newText": made[-1]["text"]}], encoding)
    return before, made, text


@pytest.mark.parametrize("encoding", get_args(Encoding))
@given(st.data())
def test_edits_of_ranges_do_what_they_do_in_the_editor(
    encoding: Encoding, data: st.DataObject
) -> None:
    before, made, after = data.draw(edits(encoding))
    buffers = Buffers()
    uri = Path("/site/a.md").as_uri()
    buffers.open(types.TextDocumentItem(uri, "markdown", 1, before))
    identity = {"uri": uri, "version": 2}
    params = CONVERTER.structure(
        {"textDocument": identity, "contentChanges": made}, types.DidChangeTextDocumentParams
    )
    changed = buffers.change(params, encoding)
    assert changed is not None
    assert (changed.text, changed.version) == (after, 2)


def test_a_mark_that_the_editor_took_off_stays_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"\xef\xbb\xbf---\n")
    buffers = Buffers()
    opened = buffers.open(types.TextDocumentItem(file.as_uri(), "markdown", 1, "---\n"))
    assert opened is not None
    assert opened.data == file.read_bytes()
    identity = types.VersionedTextDocumentIdentifier(2, file.as_uri())
    whole = types.TextDocumentContentChangeWholeDocument("x")
    changed = buffers.change(types.DidChangeTextDocumentParams(identity, [whole]), "utf-16")
    assert changed is not None
    assert changed.data == b"\xef\xbb\xbfx"


def test_who_works_on_the_texts_of_a_moment_keeps_them(tmp_path: Path) -> None:
    buffers = Buffers()
    uri = (tmp_path / "a.md").as_uri()
    buffers.open(types.TextDocumentItem(uri, "markdown", 1, "old"))
    kept = buffers.now
    buffers.open(types.TextDocumentItem(uri, "markdown", 1, "new"))
    buffers.close(uri)
    assert [buffer.text for buffer in kept.values()] == ["old"]
    assert not buffers.now


def test_half_of_a_surrogate_pair_is_no_end_of_the_server(tmp_path: Path) -> None:
    buffers = Buffers()
    uri = (tmp_path / "a.md").as_uri()
    opened = buffers.open(types.TextDocumentItem(uri, "markdown", 1, "a\ud83db"))
    assert opened is not None
    assert opened.data == b"a\xed\xa0\xbdb"
