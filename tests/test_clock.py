"""The clock is the system's, or the moment that the environment names."""

from __future__ import annotations

import datetime
import time

import pytest

from qtauthor import clock
from qtauthor.errors import Code, RequestError


def test_without_a_moment_given_it_is_the_system_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    before = time.time()
    assert before <= clock.now().timestamp() <= time.time()


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_moment_that_is_given_has_the_same_day_in_every_zone(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setenv(clock.VARIABLE, "2025-06-03T23:30:00-02:00")
    assert clock.today() == datetime.date(2025, 6, 3)
    assert clock.now() == datetime.datetime(2025, 6, 4, 1, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize("text", ["tomorrow", "2025-06-03", "2025-06-03T12:00:00", "2025-13-01"])
def test_a_moment_without_an_offset_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, text)
    for asked in (clock.now, clock.today):
        with pytest.raises(RequestError) as caught:
            asked()
        assert caught.value.code is Code.BAD_ENVIRONMENT
