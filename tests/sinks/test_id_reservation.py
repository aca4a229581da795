"""Ids that were given out."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.errors import Code, SiteError
from qtauthor.sinks.id_reservation import reserve, reserved
from tests.support.state import state


def test_the_largest_is_kept(tmp_path: Path) -> None:
    assert reserved(tmp_path) == 0
    for last in (7, 12, 9):
        reserve(tmp_path, last)
    assert reserved(tmp_path) == 12


@pytest.mark.parametrize("text", [b"", b"x", b"-3", b"\xff", b"1" * 40])
def test_what_is_damaged_counts_as_nothing(tmp_path: Path, text: bytes) -> None:
    reserve(tmp_path, 7)
    (state(tmp_path) / "reserved-ids").write_bytes(text)
    assert reserved(tmp_path) == 0


def test_where_nothing_can_be_written_no_id_is_given_out(tmp_path: Path) -> None:
    state(tmp_path).parent.mkdir(parents=True)
    state(tmp_path).write_text("in the way")
    with pytest.raises(SiteError) as caught:
        reserve(tmp_path, 7)
    assert caught.value.code is Code.UNUSABLE_STATE
