"""Conditions in SQL: what they find, and that they can do nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.index.conditions import sql_guard
from qtauthor.content.index.conditions.condition import Parameter, Selection, value
from qtauthor.content.index.storage.tables import COLUMNS
from qtauthor.content.site import Site
from qtauthor.errors import Code, RequestError, SiteError
from tests.support.sites import CHAIN, DOUGH, contents, copy_demo


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_demo(tmp_path)


def refused(site: Site, where: str, **parameters: Parameter) -> RequestError:
    with pytest.raises(RequestError) as caught:
        site.select(where, parameters)
    assert caught.value.code is Code.BAD_CONDITION
    return caught.value


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("", 8),
        ("   ", 8),
        ("id = 412", 2),
        ("no_index", 1),
        ("not no_index and score is null", 6),
        ("subject = 'Bicycles' or folder = 'bread-baking'", 6),
        ("answer like '%cannot answer%'", 1),
        ("question regexp '^Wh(y|at)'", 4),
        ("regexp('(?i)DOUGH', title)", 3),
        ("missing_is_null is null -- not", 0),
        ("related >= 3 and inbound > 2", 2),
        ("date between '2025-02-01' and '2025-02-28'", 3),
        ("length(answer) = answer_length", 8),
        ("address = url and slug || '.md' = file_name and path like '%' || file_name", 8),
        ("problem is not null", 0),
        ("articles match 'chain OR crumbs'", 2),
        ("articles match 'title: chain'", 1),
        ("articles match '\"bicycle chain\"' and not articles match 'wear'", 0),
        ("id in (select id from links where source like '%chain%')", 3),
        ("exists (select 1 from articles b where b.id = articles.id and b.path <> path)", 0),
        ("title = 'a;b' or title = ')' or title = \"--\" /* ; */ or id = 412 -- ;", 2),
    ],
)  # fmt: skip
def test_a_condition_finds_what_it_says(site: Site, where: str, count: int) -> None:
    if "missing_is_null" in where:
        assert "no column missing_is_null" in refused(site, where).message
    else:
        assert len(site.select(where)) == count


def test_values_are_bound(site: Site) -> None:
    assert site.select("title like :word", {"word": "%chain%"}) == [CHAIN]
    assert site.select("id = :id and path = :path", {"id": 412, "path": DOUGH}) == [DOUGH]
    assert site.select("title = :word", {"word": "'; drop table article; --"}) == []
    assert "-p word VALUE" in refused(site, "title = :word").remedy
    assert "-p NAME" in refused(site, "title = ?").remedy


def test_a_subject_is_chosen_however_it_is_spelled(site: Site) -> None:
    assert len(site.select(subject="bread baking")) == 3
    assert site.select("id = 412", subject="Bread Baking") == [DOUGH]
    with pytest.raises(SiteError) as caught:
        site.select(subject="Typography")
    assert caught.value.code is Code.UNKNOWN_SUBJECT


def test_every_column_can_be_asked_for_and_sorted_by(site: Site) -> None:
    [row] = site.index.select(Selection(where=f"path = '{CHAIN}'", columns=COLUMNS))
    told = dict(zip(COLUMNS, row, strict=True))
    article = site.article(CHAIN)
    assert told["answer"] == article.get("answer")
    assert told["keywords"] == article.get("seo.page_keywords")
    assert told["description"] == article.get("seo.page_description")
    assert told["date"] == article.date.isoformat()
    assert told["no_index"] == 0
    assert told["size"] == (site.root / CHAIN).stat().st_size
    for name in COLUMNS:
        for descends in (True, False):
            assert len(list(site.index.select(Selection(sort=((name, descends),))))) == 8


def test_rows_come_in_the_order_that_was_asked_for(site: Site) -> None:
    chosen = Selection(sort=(("score", True), ("id", False)), columns=("id",), limit=3)
    assert list(site.index.select(chosen)) == [(3055,), (412,), (412,)]


def test_files_and_folders_narrow_the_choice(site: Site) -> None:
    folder = "content/learn/bicycles"
    for within, count in [((folder,), 3), ((DOUGH, folder), 4), (("",), 8), (("content/lea",), 0)]:
        assert len(list(site.index.select(Selection(within=within)))) == count


def test_the_answer_is_that_of_the_file_as_it_is_now(site: Site) -> None:
    assert site.select("answer like '%zeppelin%'") == []
    path = site.root / CHAIN
    path.write_bytes(path.read_bytes().replace(b"answer: >-\n    ", b"answer: >-\n    Zeppelins "))
    assert site.select("answer like '%zeppelin%'") == [CHAIN]
    site.refresh()
    assert site.select("articles match 'zeppelin'") == [CHAIN]


def test_an_answer_is_searched_as_it_is_shown(site: Site) -> None:
    path = site.root / CHAIN
    path.write_bytes(
        path.read_bytes().replace(b"answer: >-\n    ", b"answer: >-\n    a\\nZeppelin ")
    )
    assert site.select("articles match 'zeppelin'") == [CHAIN]


def test_full_text_is_kept_current(site: Site) -> None:
    assert len(site.select("articles match 'chain'")) == 1
    (site.root / CHAIN).unlink()
    site.refresh()
    assert site.select("articles match 'chain'") == []
    for number in range(600):  # so that most of what it has leads nowhere
        path = site.root / DOUGH
        path.write_bytes(path.read_bytes() + b" ")
        site.refresh()
        if number % 100 == 0:
            assert site.select("articles match 'dough'")


def test_search_ranks_and_limits(site: Site) -> None:
    found = site.index.search("chain OR bicycle", 2)
    assert len(found) == 2
    assert found[0][0] == CHAIN
    assert found[0][1] <= found[1][1] < 0
    with pytest.raises(RequestError):
        site.index.search('"')


HOSTILE = (
    "1; drop table article",
    "1); drop table article; --",
    "1) or (1",
    "1) union select 'x' from articles where (1",
    "id in (delete from article returning id)",
    "(select count(*) from sqlite_master)",
    "(select max(id) from article)",
    "(select max(hash) from main.link)",
    "(select count(*) from meta)",
    "(select count(*) from words)",
    "(select count(*) from pragma_database_list)",
    "(select count(*) from pragma_table_info('article'))",
    "(select 1 from json_each('[1]'))",
    "load_extension('x')",
    "answer_of('../x') is null",
    "hash_of('x')",
    "fts5(1)",
    "randomblob(10)",
    "zeroblob(1000000000)",
    "sqlite_version() = '3'",
    "last_insert_rowid()",
    "exists (with recursive t(n) as (select 1 union all select n + 1 from t) select 1 from t)",
    "attach 'x.db' as x",
    "pragma writable_schema = 1",
    "exists (pragma table_info(article))",
    "raise(abort, 'x')",
    "title match 'x'",
    "match('x', 'y')",
    "articles match 'a AND'",
    "articles match '\"'",
    "title regexp '['",
    "title like",
    "title = 'open",
    "title = \"open",
    "id = 1 /* open",
    "id = (1",
    "id = 1)",
    "no such thing",
    "\0",
    "id = \0 1",
    "likely()",
    "abs('x', 'y')",
    "abs(-9223372036854775808)",
    "title = replace(hex(replace(printf('%.60000000c','x'),'x','yyyyyy')), 'a', 'b')",
    "1 where 1",
    "id = 1 order by id",
    "id = 1 limit 1",
    "path in (values(1)) returning 1",
)  # fmt: skip


@pytest.mark.parametrize("where", HOSTILE)
def test_a_condition_can_only_read_and_compare(site: Site, where: str) -> None:
    assert len(site.select()) == 8
    before = contents(site.root)
    error = refused(site, where)
    assert error.remedy
    assert "\n" not in error.message
    assert len(site.select()) == 8
    assert contents(site.root) == before
    assert len(list(site.index.entries())) == 8


@pytest.mark.parametrize("name", ["", "path desc", "path; drop table x", '"', "number", "articles"])
def test_columns_and_orders_are_names_of_columns(site: Site, name: str) -> None:
    for chosen in (Selection(columns=(name,)), Selection(sort=((name, False),))):
        with pytest.raises(RequestError) as caught:
            list(site.index.select(chosen))
        assert caught.value.code is Code.BAD_CONDITION


def test_a_misspelled_column_is_suggested(site: Site) -> None:
    assert "did you mean subject?" in refused(site, "subjekt = 'x'").remedy
    assert "did you mean no_index?" in refused(site, '"no-index" = 1 and noindex').remedy


def test_a_condition_without_end_is_ended(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_guard, "_PAUSES", 3)
    many = f"(select count(*) from {', '.join(['articles'] * 9)}) > 0"  # noqa: S608  that is the test
    assert "too long" in refused(site, many).message
    assert len(site.select("id = 412")) == 2


def test_an_interrupt_gets_through(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: str) -> bytes:
        raise KeyboardInterrupt

    assert site.next_id()
    monkeypatch.setattr(site.source, "read", interrupt)
    with pytest.raises(KeyboardInterrupt):
        site.select("answer like '%x%'")


@pytest.mark.parametrize(
    ("word", "bound"),
    [("5", 5), ("-5", -5), ("0", 0), ("1.5", 1.5), ("007", "007"), ("1.50", "1.50"), ("a", "a"),
     ("", ""), ("1e3", "1e3"), ("9" * 30, "9" * 30), ("-0", "-0")],
)  # fmt: skip
def test_a_word_that_is_spelled_as_a_number_is_one(word: str, bound: object) -> None:
    assert value(word) == bound
    assert type(value(word)) is type(bound)


def test_statistics_count_states_and_subjects(site: Site) -> None:
    (site.root / CHAIN).write_bytes(b"x")
    found = site.index.statistics()
    assert (found.articles, found.no_index, found.scored, found.shared_ids) == (8, 1, 1, 1)
    assert found.broken == {"no-front-matter": 1}
    assert found.related == {2: 4, 3: 2, 5: 1}
    first = found.subjects[0]
    assert (first.key, first.name, first.articles, first.broken) == ("bicycles", "Bicycles", 3, 1)
    assert site.index.subjects() == found.subjects
