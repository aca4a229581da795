"""Files that an earlier version left are read by this one, and what it writes they could read."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from qtauthor.changes.change import Change, Create, Delete, Modify, Move, digest
from qtauthor.changes.change import Edit as Bytes
from qtauthor.sinks.transaction.journal import (
    FOLDER,
    MADE,
    Filing,
    Journal,
    JournalHeader,
    Writer,
    encoded,
    record_of,
)
from tests.cli.support import here
from tests.contract.record import FOLDER as CONTRACT
from tests.sinks.scenes import TIME
from tests.support import state
from tests.support.sites import contents

STORED = CONTRACT / "stored"
HISTORY = STORED / "history-1"
RULES = "QT206,QT509,QT701,QT702,QT704"
"""Those of the kept baseline."""

STEPS = len(list((HISTORY / "entries").iterdir()))

OLD, NEW = b"---\nid: 1\n---\n", b"---\nid: 2\n---\n"
EDITS = (Bytes(8, b"1", b"2"),)
DIGESTS = (digest(OLD), digest(NEW))
CHANGES: tuple[tuple[Change, str, bytes | None], ...] = (
    (Modify("a.md", *DIGESTS, EDITS), "", NEW),
    (Move("b.md", "\udcff.md", *DIGESTS, EDITS), "\udcff.md", NEW),
    (Create("c.md", NEW), "", NEW),
    (Delete("d.md", OLD), "", None),
)
HEADER = JournalHeader(
    1, "0abc1234", "qtauthor set", TIME, "1 changed", 4, ("x",), "c", Filing(1, "000001.new", "1")
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site as the recorded commands left it, with their history."""
    root = tmp_path.resolve() / "site"
    shutil.copytree(HISTORY / "after", root)
    shutil.copytree(HISTORY / "entries", state.made(root) / "history")
    monkeypatch.chdir(root)
    return root


def test_a_history_that_was_kept_is_undone_and_redone(site: Path) -> None:
    undone = here("undo", str(STEPS))
    assert undone.code == 0, undone.err
    assert contents(site) == contents(HISTORY / "before")
    redone = here("redo", str(STEPS))
    assert redone.code == 0, redone.err
    assert contents(site) == contents(HISTORY / "after")


def test_a_history_that_was_kept_is_listed(site: Path) -> None:
    listed = here("log", "--format", "json").json["changes"]
    assert len(listed) == STEPS
    moments = {datetime.datetime.fromisoformat(entry["time"]) for entry in listed}
    assert moments == {datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)}


def test_a_baseline_that_was_kept_is_known(site: Path, tmp_path: Path) -> None:
    kept = STORED / "baseline-1.json"
    rules = ("--select", RULES)
    found = here("check", *rules, "--baseline", str(kept))
    assert (found.code, found.out) == (0, b"")
    assert here("check", *rules).code == 1
    again = tmp_path / "again.json"
    here("check", *rules, "--write-baseline", str(again))
    assert again.read_bytes() == kept.read_bytes()


def journal(path: Path) -> Path:
    writer = Writer(str(path), HEADER)
    writer.folder(FOLDER, "s")
    writer.folder(MADE, "\udcff")
    for number, (change, to, new) in enumerate(CHANGES):
        writer.record(encoded(record_of(change, (change.path, to), new, 0o100644, number)))
    writer.finish()
    return path


def test_a_journal_is_written_as_before(tmp_path: Path) -> None:
    assert journal(tmp_path / "j").read_bytes() == (STORED / "journal-1").read_bytes()


def test_a_journal_that_was_left_is_read() -> None:
    found = Journal(str(STORED / "journal-1"))
    assert found.header == HEADER
    assert [record.change() for record in found.records()] == [change for change, _, _ in CHANGES]
