"""Change sets on the disk, without a history: for folders that are no site, and for scripts."""

from __future__ import annotations

from pathlib import Path

from qtauthor.changes.changeset import ChangeSet
from qtauthor.sinks.places import Places
from qtauthor.sinks.staging import Order
from qtauthor.sinks.survey import survey
from qtauthor.sinks.transaction import commit_all


def write(changes: ChangeSet, root: Path) -> None:
    """Check the change set and write it below ``root``, all or nothing.

    A failure leaves nothing written; a crash may leave some files new and some old, each whole. For
    a site there is ``transaction.commit``. Raises ``SiteError``, and what the proof raises.
    """
    commit_all([Order(root, changes, is_site=False)])


def check(changes: ChangeSet, root: Path) -> None:
    """Whether the change set could be written, as far as that shows without writing.

    Raises ``SiteError``: ``changed-since``, ``file-exists``, ``unsafe-path``, ``cannot-write``; and
    what the proof raises.
    """
    for _ in survey(changes, Places(root)):
        pass
