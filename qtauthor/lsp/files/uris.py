"""File URIs and paths."""

from __future__ import annotations

import os
from pathlib import Path

from pygls import uris


def to_path(uri: str) -> Path | None:
    """The absolute path of a file's URI; ``None`` for anything else, as a buffer without a name."""
    found = uris.to_fs_path(uri)
    return Path(os.path.abspath(found)) if found else None  # noqa: PTH100  links keep their names


def from_path(path: Path) -> str:
    """The URI of a file."""
    return path.as_uri()
