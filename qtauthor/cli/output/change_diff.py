"""Changes as git writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site


def of(root: Path, changes: ChangeSet, read: Callable[[str], bytes]) -> Iterable[bytes]:
    """The lines of the diff of changes below ``root``, whose files ``read`` gives."""
    from qtauthor.sinks.diff import unified
    from qtauthor.sinks.git.checkout import git_prefix

    return unified(changes, read, prefix=git_prefix(root))


def of_site(site: Site, changes: ChangeSet) -> bytes:
    """The diff of changes of a site, as its files are now."""
    return b"".join(of(site.root, changes, site.source.read))
