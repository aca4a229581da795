"""Ids that were given out."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.errors import Code, SiteError
from qtauthor.sinks.reservation import reserve, reserved


def test_the_largest_is_kept(tmp_path: Path) -> None:
    assert reserved(tmp_path) == 0
    for last in (7, 12, 9):
        reserve(tmp_path, last)
    assert reserved(tmp_path) == 12
    assert (tmp_path / ".qtauthor" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("text", [b"", b"x", b"-3", b"\xff", b"1" * 40])
def test_what_is_damaged_counts_as_nothing(tmp_path: Path, text: bytes) -> None:
    reserve(tmp_path, 7)
    (tmp_path / ".qtauthor" / "reserved-ids").write_bytes(text)
    assert reserved(tmp_path) == 0


def test_where_nothing_can_be_written_no_id_is_given_out(tmp_path: Path) -> None:
    (tmp_path / ".qtauthor").write_text("in the way")
    with pytest.raises(SiteError) as caught:
        reserve(tmp_path, 7)
    assert caught.value.code is Code.CANNOT_WRITE
