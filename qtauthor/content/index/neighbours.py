"""What stands close to articles: those with close ids, and those at either end of their links."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qtauthor.content.index.storage import stored_paths
from qtauthor.content.index.storage.tables import LEADS_THERE

Rows = Callable[..., list[tuple[Any, ...]]]

AMONG = "WHERE path IN (SELECT value FROM json_each(?)) ORDER BY path"
CLOSE = "WHERE id BETWEEN ? AND ? ORDER BY id, path"
BETWEEN = "SELECT count(*) FROM articles_ WHERE path >= ? AND path < ?"
FOLDERS = """WITH RECURSIVE beginning(path) AS (
    SELECT (SELECT path FROM articles_ ORDER BY path LIMIT 1)
    UNION ALL
    SELECT (SELECT path FROM articles_ WHERE path >=
            rtrim(rtrim(beginning.path, replace(beginning.path, '/', '')), '/') || '0'
            ORDER BY path LIMIT 1)
    FROM beginning WHERE path NOT NULL)
    SELECT path FROM beginning WHERE path NOT NULL"""
"""The first path of each folder, found by one step each, however many articles it has."""
_FROM = """SELECT a.path, l.url FROM articles_ AS a JOIN links_ AS l ON l.source = a.number
    WHERE l.url NOT NULL AND a.path IN (SELECT value FROM json_each(?))"""
_TO = f"""SELECT s.path, l.url FROM articles_ AS a
    JOIN links_ AS l ON {LEADS_THERE}
    JOIN articles_ AS s ON s.number = l.source
    WHERE a.path IN (SELECT value FROM json_each(?))"""


def behind(folder: str) -> str:
    """What comes after all paths in a folder, whose name has its slash."""
    return folder[:-1] + "0"  # the character behind "/"


def listed(paths: Iterable[str]) -> str:
    """Paths as one value for a query."""
    return json.dumps([stored_paths.stored(path) for path in paths])


def linked(
    rows: Rows, paths: Iterable[str], place: Callable[[str], str | None]
) -> Iterator[tuple[str, str]]:
    """Source and target of every link from or to these articles; ``place`` finds a url's path."""
    asked = listed(paths)
    for query in (_FROM, _TO):
        for source, url in rows(query, asked):
            target = place(url)
            if target is not None:
                yield stored_paths.real(source), target
