"""One writer a site: the lock of its root, and what an earlier run has left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qtauthor.errors import Code, SiteError
from qtauthor.files import state_folder
from qtauthor.files.private_folder import UntrustedError
from qtauthor.sinks.locks import flock
from qtauthor.sinks.transaction.recovery import Recovered, recover


@contextmanager
def locked(root: Path, timeout: float = 30.0) -> Iterator[Recovered | None]:
    """Hold the site's lock. A change that an earlier run had begun is ended first, and given.

    Raises ``SiteError``: ``locked`` after ``timeout`` seconds, ``unusable-state`` where nothing can
    be kept of what is done, ``cannot-write``.
    """
    own = state_folder.made(root)
    place = os.path.realpath(root)
    try:
        held = flock.hold(place, own, timeout)
    except BlockingIOError:
        raise SiteError(
            Code.LOCKED,
            "another qtauthor is writing in this site",
            excerpt=place,
            remedy="wait until it is done, then run the command again",
        ) from None
    except UntrustedError as error:
        raise state_folder.refused(error, own.path) from error
    except OSError as error:
        raise _no_lock(place, error) from error
    try:
        yield recover(root)
    finally:
        held.release()


def _no_lock(place: str, error: OSError) -> SiteError:
    return SiteError(
        Code.CANNOT_WRITE,
        f"{place} cannot be locked: {error.strerror or error}",
        excerpt=place,
        remedy="nothing was written; work on a copy of the site on a disk of this machine",
    )
