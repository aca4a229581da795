"""An index that somebody else made: its triggers and views never run, and it is made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qtauthor.content.index import completion_words
from qtauthor.content.index.storage import file_mark, tables
from qtauthor.content.site import Site
from qtauthor.files import state_folder
from tests.cli.support import CHAIN, here
from tests.support.state import made, state

Bend = Callable[[sqlite3.Connection], object]

HIDE = (
    "CREATE TRIGGER hide AFTER INSERT ON article BEGIN DELETE FROM article"
    " WHERE path LIKE '%chain%'; END"
)
HANG = (
    "CREATE TRIGGER hang AFTER INSERT ON {} BEGIN SELECT count(*) FROM"
    " (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n); END"
)


def a_view(connection: sqlite3.Connection) -> None:
    """What stands in the place of a table shows only what it likes."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(article)")]
    connection.execute("ALTER TABLE article RENAME TO hidden")
    shown = ", ".join(columns)
    connection.execute(
        f"CREATE VIEW article AS SELECT {shown} FROM hidden WHERE path NOT LIKE '%chain%'"  # noqa: S608
    )


def another_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE link ADD COLUMN more DEFAULT 7")


def a_generated_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE mention ADD COLUMN more AS (hex(zeroblob(1000000000))) VIRTUAL")


def statistics(connection: sqlite3.Connection) -> None:
    connection.execute("ANALYZE")


BENT: dict[str, Bend] = {
    "a trigger that hides": lambda connection: connection.execute(HIDE),
    "a trigger that hangs": lambda connection: connection.execute(HANG.format("article")),
    "a trigger that hangs on any note": lambda c: c.execute(HANG.format("meta")),
    "a view in the place of a table": a_view,
    "a view beside": lambda c: c.execute("CREATE VIEW more AS SELECT load_extension('x')"),
    "a table beside": lambda c: c.execute("CREATE TABLE more (a)"),
    "an index by a function": lambda c: c.execute("CREATE INDEX more ON link (hash + 1)"),
    "a virtual table": lambda c: c.execute("CREATE VIRTUAL TABLE more USING fts5(a)"),
    "another column": another_column,
    "a generated column": a_generated_column,
}


def bent(site: Path, bend: Bend) -> Path:
    assert here("index").code == 0
    assert here("ls", "--where", "articles match 'chain'").code == 0
    place = state(site) / file_mark.NAME
    with closing(sqlite3.connect(place)) as connection:
        bend(connection)
        connection.commit()
    return place


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT)
def test_an_index_with_more_or_less_than_ours_is_made_anew(site: Path, bend: Bend) -> None:
    place = bent(site, bend)
    (site / CHAIN).write_bytes((site / CHAIN).read_bytes() + b"\n")
    assert len(here("ls").text.splitlines()) == 8
    with closing(sqlite3.connect(place)) as connection:
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    assert tables.are_ours(schema)
    assert not here("index").text.startswith("8 articles: 8 read")


def test_an_index_as_we_make_it_is_kept(site: Path) -> None:
    bent(site, statistics)
    assert here("index").text.startswith("8 articles: 0 read")
    assert here("related", "suggest", CHAIN).code in (0, 1, 2)
    assert here("index").text.startswith("8 articles: 0 read")


def test_completion_does_not_run_it_either(site: Path) -> None:
    bent(site, lambda c: c.execute("CREATE VIEW more AS SELECT load_extension('x')"))
    with completion_words._opened(state_folder.of(site)) as connection:
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)


def test_nothing_in_a_schema_is_trusted(site: Path) -> None:
    found = Site.at(site)
    found.index.refresh()
    session = found.index._session
    assert session is not None
    assert session.connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
    found.index.close()


def test_a_database_with_our_tables_and_another_mark_is_left(site: Path) -> None:
    place = made(site) / file_mark.NAME
    with closing(sqlite3.connect(place)) as connection:
        for statement in (tables.META, *tables.create("main"), "PRAGMA application_id = 7"):
            connection.execute(statement)
    before = place.read_bytes()
    shown = here("ls")
    assert len(shown.text.splitlines()) == 8
    assert "a database of another program" in shown.err
    assert here("index", "--rebuild").code == 0
    assert place.read_bytes() == before


def test_what_is_no_database_is_kept_aside(site: Path) -> None:
    place = bent(site, statistics)
    place.write_bytes(b"notes of somebody\n" * 999)
    assert len(here("ls").text.splitlines()) == 8
    assert here("index").text.startswith("8 articles: 0 read")
    assert place.with_name("index.sqlite.damaged").read_bytes().startswith(b"notes of somebody")
