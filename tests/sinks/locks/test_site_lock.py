"""One writer a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.errors import Code, SiteError
from qtauthor.sinks.locks.site_lock import locked
from tests.support.state import state


def test_a_second_writer_waits_and_then_gives_up_with_what_to_do(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(SiteError) as caught, locked(tmp_path, timeout=0.1):
        pass
    assert caught.value.code == Code.LOCKED
    assert "wait" in caught.value.remedy


def test_the_lock_is_free_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path, timeout=0.1):
        pass


def test_the_lock_leaves_nothing_in_the_site(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert list(tmp_path.iterdir()) == []


def test_what_stands_in_the_way_of_the_state_is_named(tmp_path: Path) -> None:
    state(tmp_path).parent.mkdir(parents=True)
    state(tmp_path).touch()
    with pytest.raises(SiteError) as caught, locked(tmp_path, timeout=0.1):
        pass
    assert caught.value.code == Code.UNUSABLE_STATE
    assert str(state(tmp_path)) in caught.value.message
    assert caught.value.remedy
