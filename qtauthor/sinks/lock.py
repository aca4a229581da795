"""One writer a site: a lock in the site's ``.qtauthor`` folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qtauthor.errors import Code, SiteError
from qtauthor.sinks.recovery import Recovered, recover
from qtauthor.text.files import STATE_FOLDER, ignored_folder

FOLDER = STATE_FOLDER


def state_folder(root: Path) -> Path:
    """The site's folder for what can be made again; git ignores it by its own ``.gitignore``.

    Raises ``SiteError`` with ``cannot-write``.
    """
    folder = root / FOLDER
    try:
        return ignored_folder(folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error


@contextmanager
def locked(root: Path, timeout: float = 30.0) -> Iterator[Recovered | None]:
    """Hold the site's lock. A change that an earlier run had begun is ended first, and given.

    Raises ``SiteError`` with ``locked`` after ``timeout`` seconds.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(state_folder(root) / "lock")
    try:
        lock.acquire(timeout=timeout)
    except Timeout:
        raise SiteError(
            Code.LOCKED,
            "another qtauthor is writing in this site",
            excerpt=str(lock.lock_file),
            remedy="wait until it is done, then run the command again",
        ) from None
    except OSError as error:
        raise _cannot_write(Path(lock.lock_file), error) from error
    try:
        yield recover(root)
    finally:
        lock.release()


def _cannot_write(path: Path, error: OSError) -> SiteError:
    return SiteError(
        Code.CANNOT_WRITE,
        f"{path} cannot be made: {error.strerror or error}",
        excerpt=str(path),
        remedy="nothing was written; make the site's folder writable",
    )
