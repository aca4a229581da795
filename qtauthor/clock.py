"""The clock, for the shells: core code is handed a day or a moment.

``QTAUTHOR_NOW`` stands in for it: a moment in ISO 8601 with its offset from UTC, such as
``2025-06-03T12:00:00+00:00``. What a command writes is then the same on every day and in every
time zone.
"""

from __future__ import annotations

import datetime
import os

from qtauthor.errors import Code, RequestError

VARIABLE = "QTAUTHOR_NOW"


def now() -> datetime.datetime:
    """This moment, in UTC. Raises ``RequestError`` with ``bad-environment``."""
    return (_given() or datetime.datetime.now(datetime.UTC)).astimezone(datetime.UTC)


def today() -> datetime.date:
    """The author's own day: that of the local time zone, or of the offset that was given.

    Raises ``RequestError`` with ``bad-environment``.
    """
    return (_given() or datetime.datetime.now().astimezone()).date()


def day(given: datetime.datetime | None) -> datetime.date:
    """The day that an option names, else today. Raises as ``today`` does."""
    return given.date() if given else today()


def _given() -> datetime.datetime | None:
    text = os.environ.get(VARIABLE)
    if not text:
        return None
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise RequestError(
            Code.BAD_ENVIRONMENT,
            f"{VARIABLE} is no moment with an offset from UTC",
            excerpt=text,
            remedy=f"write it like {VARIABLE}=2025-06-03T12:00:00+00:00, or leave it out",
        )
    return moment
