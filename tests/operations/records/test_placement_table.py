"""The ledger of a batch answers as dictionaries would, and holds next to nothing in memory."""

from __future__ import annotations

import gc
import sqlite3
import tracemalloc

import pytest
from msgspec.structs import replace

from qtauthor.errors import SiteError
from qtauthor.operations.records.placed_record import PlacedRecord, Spooled
from qtauthor.operations.records.placement_table import PlacementTable, TakenPlaces

ONE = Spooled(1, 1, 0, 10, "Why?", "Why?", "Art", None, None, None, False, False, False)
HUGE = 10**30


def spooled(number: int, question: str, id_: int | None = None) -> Spooled:
    return replace(ONE, number=number, line=number, question=question, title=question, id=id_)


def placed(item: Spooled, slug: str, id_: int, *, exists: bool = False) -> PlacedRecord:
    return PlacedRecord(item, item.subject, slug, f"content/learn/art/{slug}.md", id_, exists)


def filled(count: int) -> tuple[PlacementTable, TakenPlaces]:
    ledger = PlacementTable()
    for number in range(1, count + 1):
        ledger.add(spooled(number, f"What is the part with the number {number}?"))
    places = ledger.places()
    for item in ledger.items():
        places.first(f"content/learn/art/{item.number}.md", item.number)
        places.add(placed(item, str(item.number), item.number), None, "created", wanted=True)
    return ledger, places


def test_records_come_back_as_they_were() -> None:
    ledger = PlacementTable()
    items = [
        ONE,
        spooled(3, "Què és \U0001f600?", HUGE),
        replace(ONE, number=4, slug="a", path="art/a.md", id=-1, links=True, whole=True),
        replace(ONE, number=2000, spelled=True, title="Another"),
    ]
    for item in items:
        ledger.add(item)
    assert list(ledger.items()) == items
    assert ledger.item(3) == items[1]
    with pytest.raises(KeyError):
        ledger.item(2)


def test_many_records_come_in_their_order() -> None:
    ledger, places = filled(1234)
    assert [item.number for item in ledger.items()] == list(range(1, 1235))
    assert [item.number for item in places.wanted] == list(range(1, 1235))
    assert [item.number for item in places.wanted[1000:1300]] == list(range(1001, 1235))
    assert places.wanted[1233].number == 1234
    with pytest.raises(IndexError):
        places.wanted[1234]
    assert [number for _, number in places.became("created")] == list(range(1, 1235))


def test_the_first_of_each_name_counts() -> None:
    ledger = PlacementTable()
    items = [spooled(number, question) for number, question in enumerate("abac", 1)]
    for item in items:
        ledger.add(item)
    places = ledger.places()
    assert [places.first(path, number) for number, path in enumerate("xyxx", 1)] == [1, 2, 1, 1]
    assert places.id_of("a") is None
    for item, number in zip(items, (7, HUGE, 8, 7), strict=True):
        places.add(placed(item, item.question, number), None, None, wanted=item.number > 2)
    assert (places.id_of("a"), places.id_of("b"), places.id_of("d")) == (7, HUGE, None)
    assert (places.question_of(7), places.question_of(HUGE)) == ("a", "b")
    assert [item.number for item in places.with_id(7)] == [1, 4]
    assert [item.number for item in places.with_slug("a")] == [1, 3]
    assert [item.number for item in places.wanted] == [3, 4]
    assert places.numbered(HUGE) is None


def test_an_article_is_found_by_its_path_or_by_its_page() -> None:
    ledger = PlacementTable()
    own = replace(ONE, number=2, path="art/own.md")
    ledger.add(ONE)
    ledger.add(own)
    places = ledger.places()
    for item, path, page in ((ONE, "art/why.md", None), (own, "art/own.md", "/own")):
        places.first(path, item.number)
        places.add(placed(item, "why", 1, exists=True), page, "skipped", wanted=False)
    assert places.at_path("art/why.md") == placed(ONE, "why", 1, exists=True)
    assert places.at_path("art/own.md") is None
    assert places.at_page("/own") == placed(own, "why", 1, exists=True)
    places.mark(placed(own, "why", 1), "updated")
    found = [*places.became("created"), *places.became("skipped"), *places.became("updated")]
    assert len(found) == 2


def test_a_new_plan_begins_with_nothing() -> None:
    ledger, _ = filled(3)
    places = ledger.places()
    assert (len(places.wanted), places.numbered(1), places.id_of("a")) == (0, None, None)
    assert places.first("content/learn/art/1.md", 9) == 9


def test_memory_does_not_grow_with_the_records() -> None:
    tracemalloc.start()
    try:
        kept = []
        for count in (1_000, 4_000):
            before, _ = tracemalloc.get_traced_memory()
            ledger, places = filled(count)
            after, _ = tracemalloc.get_traced_memory()
            kept.append(after - before)
            assert len(places.wanted) == count
            del ledger, places
    finally:
        tracemalloc.stop()
    assert kept[1] - kept[0] < 200_000


def test_a_full_disk_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, places = filled(2)
    ledger.run("PRAGMA query_only = ON")
    with pytest.raises(SiteError, match="temporary file") as caught:
        places.first("x", 1)
    assert caught.value.code == "cannot-write"

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(SiteError, match="database or disk is full"):
        PlacementTable()


def test_a_table_that_is_let_go_of_closes_its_database() -> None:
    table = PlacementTable()
    database, wanted = table._database, table.places().wanted
    assert len(wanted) == 0
    del table, wanted
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.execute("SELECT 1")
