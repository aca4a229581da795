"""By what the file of an index is known, without opening it as a database."""

from __future__ import annotations

import os
from pathlib import Path

from qtauthor.files import private_folder

NAME = "index.sqlite"
APPLICATION = 0x71744158
"""The ``application_id`` of SQLite, by which nobody takes another program's file for an index."""

_MAGIC = b"SQLite format 3\0"
_HEAD = 100


def is_ours(path: str | Path) -> bool:
    """Whether the file is an index, or was one before it was damaged. Raises ``OSError``."""
    head = _head(path)
    return not head or (head.startswith(_MAGIC) and _application(head) == APPLICATION)


def is_foreign(path: str | Path) -> bool:
    """Whether the file is a database of another program. Raises ``OSError``."""
    head = _head(path)
    return head.startswith(_MAGIC) and _application(head) != APPLICATION


def _head(path: str | Path) -> bytes:
    handle = private_folder.opened(str(path))
    try:
        return os.read(handle, _HEAD)
    finally:
        os.close(handle)


def _application(head: bytes) -> int:
    return int.from_bytes(head[68:72], "big")
