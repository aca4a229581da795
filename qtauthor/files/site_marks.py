"""What makes a folder the root of a site: its configuration, else the usual folder of articles.

It is here, below all that knows what a configuration says, for those who only have to know whether
a folder is in a site.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qtauthor.files import presence

CONFIG_NAME = "qtauthor.toml"
PYPROJECT_NAME = "pyproject.toml"
PYPROJECT_TABLE = ("tool", "qtauthor")
CONTENT = "content/learn"
"""The folder of the articles, unless the configuration names another one."""


class RootMark(NamedTuple):
    """The file of the configuration and the table in it; no file where it is all default."""

    path: Path | None
    table: tuple[str, ...] = ()


def mark(folder: Path) -> RootMark | None:
    """What makes ``folder`` a site; ``None`` if it is none.

    A ``qtauthor.toml`` goes before a ``pyproject.toml`` with ``[tool.qtauthor]``, and both before
    a folder ``content/learn``. What may hold a configuration and cannot be read is one, be it a
    link that leads nowhere or a device.
    Raises ``SiteError`` with ``cannot-read`` where nobody can tell whether there is one.
    """
    if presence.is_there(folder / CONFIG_NAME):
        return RootMark(folder / CONFIG_NAME)
    path = folder / PYPROJECT_NAME
    if presence.is_file(path) and _has_table(path):
        return RootMark(path, PYPROJECT_TABLE)
    return RootMark(None) if presence.is_folder(folder / CONTENT) else None


def root_around(start: Path) -> Path | None:
    """The root of the site that a file or a folder lies in: the nearest one upward."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if mark(folder)), None)


def _has_table(path: Path) -> bool:
    import tomllib  # most sites have no file to read

    try:
        text = path.read_bytes()
    except OSError:
        return True
    # Another tool's pyproject.toml is none of our business, not even a broken one.
    if PYPROJECT_TABLE[-1].encode() not in text:
        return False
    try:
        found: object = tomllib.loads(text.decode("utf-8-sig"))
    except ValueError:
        return True
    for key in PYPROJECT_TABLE:
        if not isinstance(found, dict):
            return True  # it is no table, which the configuration's reader says
        if key not in found:
            return False
        found = found[key]
    return True
