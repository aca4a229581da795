"""The format of journals and of the history's entries."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from qtauthor.changes.change import Change, Create, Delete, Modify, Move
from qtauthor.errors import Code, SiteError
from qtauthor.sinks.transaction.journal import (
    FOLDER,
    MADE,
    VERSION,
    Filing,
    Journal,
    JournalHeader,
    Writer,
    encoded,
    record_of,
    text,
)
from qtauthor.sinks.transaction.roll import old_content
from tests.sinks.scenes import TIME, body, modify, move

FILING = Filing(1, "000001.new", "000001")
HEADER = JournalHeader(
    VERSION, "0abc1234", "qtauthor set", TIME, "1 changed", 4, ("x",), "c", FILING
)
CHANGES: tuple[Change, ...] = (
    modify("a.md", body(1), body(2)),
    move("b.md", "\udcff.md", body(3), body(4)),
    Create("c.md", body(5)),
    Delete("d.md", body(6)),
)
NEW = (body(2), body(4), body(5), None)


def write(path: Path) -> Journal:
    writer = Writer(str(path), HEADER)
    writer.folder(FOLDER, "s")
    writer.folder(MADE, "\udcff")
    for number, (change, new) in enumerate(zip(CHANGES, NEW, strict=True)):
        writer.record(encoded(record_of(change, (change.path, "to"), new, 0o100644, number)))
    writer.finish()
    return Journal(str(path))


def test_what_was_written_is_read(tmp_path: Path) -> None:
    journal = write(tmp_path / "j")
    assert journal.header == HEADER
    assert journal.folders(FOLDER) == ["s"]
    assert journal.folders(MADE) == ["\udcff"]
    kept = tuple(map(without_declaration, CHANGES))
    assert tuple(record.change() for record in journal.records()) == kept


def without_declaration(change: Change) -> Change:
    """A change as the journal has it, which tells of bytes and not of keys."""
    if isinstance(change, Modify | Move):
        return msgspec.structs.replace(change, declared=())
    return change


def test_a_record_has_both_contents(tmp_path: Path) -> None:
    records = list(write(tmp_path / "j").records())
    assert [record.content for record in records] == [body(2), body(4), body(5), body(6)]
    assert [old_content(record) for record in records[:2]] == [body(1), body(3)]


def test_a_file_cut_or_bent_anywhere_is_damaged(tmp_path: Path) -> None:
    write(tmp_path / "j")
    whole = (tmp_path / "j").read_bytes()
    torn = [whole[:size] for size in range(len(whole))]
    bent = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole))]
    for number, data in enumerate([*torn, *bent, b""]):
        path = tmp_path / f"{number}"
        path.write_bytes(data)
        with pytest.raises(SiteError) as caught:
            list(Journal(str(path)).records())
        assert caught.value.code is Code.DAMAGED_JOURNAL


def test_a_large_file_is_written_in_pieces(tmp_path: Path) -> None:
    writer = Writer(str(tmp_path / "j"), HEADER)
    large = Create("l.md", os.urandom(3 << 20))
    for _ in range(3):
        writer.record(encoded(record_of(large, ("l.md", ""), None, 0, 0)))
    writer.finish()
    assert [record.change() for record in Journal(str(tmp_path / "j")).records()] == [large] * 3


def test_a_label_need_not_be_unicode() -> None:
    assert text("a\udcff") == "a\\udcff"
