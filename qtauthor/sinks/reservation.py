"""Ids that were given out and stand in no file yet, so that nobody else gets them.

What is kept is the largest of them, as text, in ``.qtauthor/reserved-ids``. Whoever reads it to
take more holds the site's lock.
"""

from __future__ import annotations

from pathlib import Path

from qtauthor.errors import Code, SiteError
from qtauthor.sinks.lock import FOLDER, state_folder

NAME = "reserved-ids"


def reserved(root: Path) -> int:
    """The largest id that was given out; 0 if none was."""
    try:
        text = (root / FOLDER / NAME).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return 0
    return int(text) if text.isdigit() and len(text) < 19 else 0


def reserve(root: Path, last: int) -> None:
    """Note that all ids up to ``last`` are given out. Raises ``SiteError`` ``cannot-write``."""
    target = state_folder(root) / NAME
    fresh = target.with_suffix(".tmp")
    try:
        fresh.write_text(f"{max(last, reserved(root))}\n", encoding="ascii")
        fresh.replace(target)
    except OSError as error:
        raise SiteError(
            Code.CANNOT_WRITE,
            f"the ids cannot be reserved: {error.strerror or error}",
            excerpt=str(target),
            remedy="no id was given out; make the site's folder writable",
        ) from error
