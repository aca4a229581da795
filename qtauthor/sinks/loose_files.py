"""Change sets on the disk, without a history: for folders that are no site."""

from __future__ import annotations

from pathlib import Path

from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, Place, SiteError
from qtauthor.files import site_marks
from qtauthor.sinks import commit
from qtauthor.sinks.real_paths import Places
from qtauthor.sinks.transaction.preflight import survey
from qtauthor.sinks.transaction.stage import WriteOrder


def write(changes: ChangeSet, root: Path) -> None:
    """Check the change set and write it below ``root``, which is in no site, all or nothing.

    A failure leaves nothing written; a crash may leave some files new and some old, each whole.
    Raises ``SiteError``, among others ``inside-site``, and what the proof raises.
    """
    site = site_marks.root_around(root)
    if site is not None:
        raise _inside(site)
    with commit.held() as writing:
        writing.write([WriteOrder(root, changes, is_site=False)], commit.ALLOW)


def check(changes: ChangeSet, root: Path) -> None:
    """Whether the change set could be written, as far as that shows without writing.

    Raises ``SiteError``: ``changed-since``, ``file-exists``, ``unsafe-path``, ``cannot-write``; and
    what the proof raises.
    """
    for _ in survey(changes, Places(root)):
        pass


def _inside(site: Path) -> SiteError:
    return SiteError(
        Code.INSIDE_SITE,
        "this folder is in a site, where a change takes the lock and is kept in the history",
        where=Place(str(site)),
        remedy="nothing was written; use qtauthor.commit(site, changes), which undo takes back",
    )
