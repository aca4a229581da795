"""Slugs and subjects as the index last knew them, for completion in a shell: at once, or nothing.

No file is looked at, nothing is brought up to date, and no index is made where there is none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from qtauthor.content.index.storage import stored_paths
from qtauthor.content.index.storage.file_mark import NAME
from qtauthor.files.private_folder import Folder

_PATIENCE = 0.05
_LAST = "\U0010ffff"


class SlugStart(NamedTuple):
    """The slug of an article, or the beginning of several, which has no question."""

    text: str
    question: str | None


def slugs(folder: Folder, beginning: str, most: int) -> list[SlugStart]:
    """The slugs that begin so, sorted; if there are more than ``most``, up to their next hyphen.

    ``folder`` is the one of the index. Raises ``sqlite3.Error`` where that cannot be asked.
    """
    within = (stored_paths.stored(beginning), stored_paths.stored(beginning) + _LAST)
    with _opened(folder) as run:
        found = run.execute(f"{_SLUGS} LIMIT ?", (*within, most + 1)).fetchall()
        if len(found) > most:
            asked = {"first": within[0], "end": within[1], "last": _LAST, "length": len(beginning)}
            rows = run.execute(_BEGINNINGS, asked).fetchall()
            found = [(text, None) for (text,) in rows]
    return [SlugStart(stored_paths.real(text), question) for text, question in found]


def subjects(folder: Folder, beginning: str) -> list[str]:
    """The names of subjects that begin so, whatever their case, each as one article spells it."""
    with _opened(folder) as run:
        rows = run.execute(_SUBJECTS, (_LAST,)).fetchall()
    spelled = {name.casefold(): name for (name,) in rows if name}
    wanted = beginning.casefold()
    return sorted(name for folded, name in spelled.items() if folded.startswith(wanted))


_SLUGS = "SELECT slug, min(question) FROM article WHERE slug >= ? AND slug < ? GROUP BY slug"

# Both look up the first row behind the last one that is of interest: no table is read as a whole.
_BEGINNINGS = """
    WITH RECURSIVE found (text) AS (
        SELECT (SELECT {cut} FROM article WHERE slug >= :first AND slug < :end
                ORDER BY slug LIMIT 1)
        UNION ALL
        SELECT (SELECT {cut} FROM article
                WHERE slug > text || iif(length(text) > :length AND text LIKE '%-', :last, '')
                AND slug < :end ORDER BY slug LIMIT 1)
        FROM found WHERE text NOT NULL)
    SELECT text FROM found WHERE text NOT NULL
""".format(cut="substr(slug, 1, :length + instr(substr(slug, :length + 1) || '-', '-'))")
_SUBJECTS = """
    WITH RECURSIVE found (path, subject) AS (
        SELECT * FROM (SELECT path, subject FROM article ORDER BY path LIMIT 1)
        UNION ALL
        SELECT a.path, a.subject FROM found AS f JOIN article AS a ON a.path = (
            SELECT path FROM article
            WHERE path > rtrim(f.path, replace(f.path, '/', '')) || ? ORDER BY path LIMIT 1))
    SELECT subject FROM found
"""


@contextmanager
def _opened(folder: Folder) -> Iterator[sqlite3.Connection]:
    if not folder.is_usable or folder.problem(NAME):
        raise sqlite3.OperationalError
    uri = f"{Path(folder.entry(NAME)).as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection
