"""The tables of the index, and the views through which everything is asked.

Three tables are shared by all processes: ``article``, ``link`` (a related block) and ``mention``
(an id that a file which cannot be read seems to have). They mirror the disk. A number stands for
one version of one file and is never used again: when a file changes, its rows go and new ones come.
So the full text may keep entries of numbers that are gone; they lead nowhere. ``folded`` is a slug
without its case, where that differs from it.

What an editor holds unsaved is never written there. It stands in tables of the same form in the
connection's own TEMP schema, with negative numbers. All questions go to TEMP views (``articles_``,
``links_``, ``mentions_``) that show the shared tables, and once a buffer is open, the rows of its
path in the place of the shared ones. Over these stand the two views that conditions can ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qtauthor.content.index.reading.facts import FIELDS
from qtauthor.errors import Code
from qtauthor.model.numbered_blocks import MAX_RELATED

VERSION = 5
"""Of the tables; an index of another version is made anew."""

LINKS = MAX_RELATED
"""Related blocks of a file that are kept; so is one that keeps more or fewer."""

_TYPES = dict.fromkeys(("id", "no_index", "answer_length", "related"), "INTEGER") | {
    "score": "REAL"
}
_FIELDS = ", ".join(f'"{name}" {_TYPES.get(name, "TEXT")}' for name in FIELDS)
_ARTICLE = f"""(
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, slug TEXT NOT NULL, folded TEXT,
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL,
    inode INTEGER NOT NULL, address TEXT, {_FIELDS})"""
_LINK = """(
    source INTEGER NOT NULL, number INTEGER NOT NULL, id INTEGER, title TEXT, subject TEXT,
    url TEXT, page TEXT, hash INTEGER, PRIMARY KEY (source, number)) WITHOUT ROWID"""
_MENTION = "(source INTEGER NOT NULL, id INTEGER NOT NULL)"

SHARED = ("article", "link", "mention", "meta")
META = "CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID"
INDEXES = (
    "CREATE UNIQUE INDEX article_place ON article (path, size, mtime, ctime, inode)",
    "CREATE INDEX article_slug ON article (slug)",
    "CREATE INDEX article_folded ON article (folded) WHERE folded NOT NULL",
    "CREATE INDEX article_id ON article (id)",
    "CREATE INDEX link_hash ON link (hash)",
    "CREATE INDEX link_id ON link (id)",
)
"""Made when the tables are full for the first time: that is twice as fast."""

STAMPS = "SELECT path, size, mtime, ctime, inode FROM main.article"

COLUMNS = (
    "path",
    "folder",
    "slug",
    "address",
    "id",
    "title",
    "article_title",
    "question",
    "subject",
    "seo_title",
    "description",
    "keywords",
    "author",
    "date",
    "date_format",
    "post_on_text",
    "no_index",
    "score",
    "file_name",
    "url",
    "_schema",
    "related",
    "inbound",
    "answer",
    "answer_length",
    "size",
    "problem",
)
"""What a condition can ask for: the columns of the view ``articles`` (docs/index-db.md)."""

LINK_COLUMNS = ("source", "number", "id", "title", "subject", "url", "leads_to")
"""The columns of the view ``links``: ``source`` is the path of the article with the block."""

LEADS_THERE = (
    "l.hash = hash_of(page_of(coalesce(a.address, a.url)))"
    " AND coalesce(l.page, l.url) = page_of(coalesce(a.address, a.url))"
)
"""Whether a link ``l`` leads to the article ``a``, however its url is spelled."""

_DERIVED = {
    "folder": "folder_of(path)",
    "address": "coalesce(address, url)",
    "inbound": (f"(SELECT count(*) FROM links_ AS l WHERE {LEADS_THERE})"),
    "answer": "CASE WHEN problem IS NULL THEN answer_of(path) END",
}


def create(schema: str) -> Iterator[str]:
    """Statements that make the three tables, without their indexes."""
    for name, columns in (("article", _ARTICLE), ("link", _LINK), ("mention", _MENTION)):
        yield f"CREATE TABLE {schema}.{name} {columns}"


def are_ours(schema: Iterable[tuple[str, str, str | None]]) -> bool:
    """Whether a database has these tables and nothing else: kind, name and SQL of all it has.

    What is found only once something was asked may be missing. Names that SQLite gives by itself,
    of statistics and of the indexes of keys, are let pass.
    """
    found = {_plainly(sql) for kind, name, sql in schema if not _is_internal(kind, name, sql)}
    return _NEEDED <= found <= _NEEDED | _POSSIBLE


def _is_internal(kind: str, name: str, sql: str | None) -> bool:
    if kind == "index":
        return sql is None
    return kind == "table" and name in ("sqlite_stat1", "sqlite_stat4")


def _plainly(sql: str | None) -> str:
    """A statement as SQLite keeps it, whatever it has done to blanks and quotes."""
    return "".join((sql or "").replace("IF NOT EXISTS ", "").split()).replace("main.", "").lower()


TOKENIZE = "porter unicode61"
FREQUENCY = "(term TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID"
NO_FREQUENCY = "(term, articles)"
WORDS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {}.words USING fts5("
    f"title, question, keywords, answer, content='', tokenize='{TOKENIZE}')"
)
_SHADOWS = (
    "CREATE TABLE 'words_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'words_docsize'(id INTEGER PRIMARY KEY, sz BLOB)",
    "CREATE TABLE 'words_config'(k PRIMARY KEY, v) WITHOUT ROWID",
)
_NEEDED = frozenset(map(_plainly, (META, *create("main"))))
_POSSIBLE = frozenset(
    map(
        _plainly,
        (
            *INDEXES,
            WORDS.format("main"),
            *_SHADOWS,
            f"CREATE TABLE frequency {FREQUENCY}",
            f"CREATE TABLE frequency {NO_FREQUENCY}",
        ),
    )
)


def insert(schema: str) -> tuple[str, str, str]:
    """Statements that add a row to each of the three tables."""
    article = ", ".join("?" * (9 + len(FIELDS)))
    return (
        f"INSERT INTO {schema}.article VALUES ({article})",
        f"INSERT INTO {schema}.link VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        f"INSERT INTO {schema}.mention VALUES (?, ?)",
    )


def delete(schema: str) -> tuple[str, ...]:
    """Statements that take out all rows of one number."""
    return (
        f"DELETE FROM {schema}.link WHERE source = ?",
        f"DELETE FROM {schema}.mention WHERE source = ?",
        f"DELETE FROM {schema}.article WHERE number = ?",
    )


def views(*, overlaid: bool) -> Iterator[str]:
    """Statements that make the views anew."""
    hidden = " WHERE {} NOT IN (SELECT number FROM main.article WHERE path IN"
    hidden += " (SELECT path FROM temp.article))"
    for view, table, number in (
        ("articles_", "article", "number"),
        ("links_", "link", "source"),
        ("mentions_", "mention", "source"),
    ):
        body = f"SELECT * FROM main.{table}"
        if overlaid:
            body += f"{hidden.format(number)} UNION ALL SELECT * FROM temp.{table}"
            if table == "article":
                body += f" WHERE problem IS NOT '{Code.NOT_FOUND}'"
        yield f"DROP VIEW IF EXISTS temp.{view}"
        yield f"CREATE TEMP VIEW {view} AS {body}"
    yield "DROP VIEW IF EXISTS temp.articles"
    yield f"CREATE TEMP VIEW articles AS SELECT {_documented()} FROM articles_ AS a"
    yield "DROP VIEW IF EXISTS temp.links"
    yield (
        "CREATE TEMP VIEW links AS SELECT a.path AS source, l.number AS number, l.id AS id,"
        " l.title AS title, l.subject AS subject, l.url AS url,"
        " coalesce(l.page, l.url) AS leads_to"
        " FROM links_ AS l JOIN articles_ AS a ON a.number = l.source"
    )


def _documented() -> str:
    """The columns of ``articles``, and one of its name for ``articles MATCH '…'``."""
    shown: Iterable[str] = (
        f'{_DERIVED[name]} AS "{name}"' if name in _DERIVED else f'"{name}"' for name in COLUMNS
    )
    return ", ".join((*shown, "number AS articles"))
