"""What an operation over the site gives: its change set, and what to tell besides."""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.changes.changeset import ChangeSet


class Outcome(NamedTuple):
    """``notices`` are for the user: what was left as it is, and why."""

    changes: ChangeSet
    notices: tuple[str, ...] = ()
