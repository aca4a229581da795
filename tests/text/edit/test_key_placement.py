"""Where a new key goes."""

from __future__ import annotations

import pytest

from qtauthor.text.edit.key_placement import predecessor


@pytest.mark.parametrize(
    ("present", "new", "after"),
    [
        ("ad", "b", "a"),
        ("bd", "a", ""),
        ("ab", "d", None),
        ("ab", "x", None),
        ("da", "b", None),
        ("axd", "b", "a"),
        ("axb", "d", None),
        ("abx", "d", "b"),
        ("xyz", "b", ""),
        ("", "b", ""),
    ],
)
def test_a_new_key_goes_behind_the_nearest_of_those_before_it(
    present: str, new: str, after: str | None
) -> None:
    assert predecessor(list(present), new, list("abcd")) == after
