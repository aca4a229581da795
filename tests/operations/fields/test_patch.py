"""One article's edit by a JSON Patch or a merge patch."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from qtauthor.changes.change import Modify, apply, invert
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.fields.patch import merge, patch
from qtauthor.text.document import Document
from qtauthor.text.json_patch import operations
from qtauthor.text.yaml.values import same
from tests.support.sites import CHAIN, copy_demo


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_demo(tmp_path)


def after(site: Site, change: Modify | None) -> Any:
    """The data that a change gives, which is proven on the way."""
    assert change is not None
    prove(ChangeSet((change,)), site.source.read)
    return Document.parse(apply(site.source.read(CHAIN), change.edits)).get()


def patched(site: Site, *steps: dict[str, Any]) -> Any:
    return after(site, patch(CHAIN, site.article(CHAIN), operations(steps)))


def add(path: str, value: Any) -> dict[str, Any]:
    return {"op": "add", "path": path, "value": value}


LINK = {"id": 1, "title": "a: b", "subject": "No", "url": "/x"}
FIRST = {"op": "move", "from": "/related_article1", "path": "/first"}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([add("/date", "2030-01-31")], {"date": datetime.date(2030, 1, 31)}),
        ([add("/score", 2)], {"score": 2.0}),
        ([add("/other", 2)], {"other": 2}),
        ([add("/day", "2030-01-31")], {"day": "2030-01-31"}),
        ([add("/related_article4", LINK)], {"related_article4": LINK}),
        ([add("/tags", []), add("/tags/-", "a"), add("/tags/-", "b")], {"tags": ["a", "b"]}),
        ([add("/map", {}), add("/map/key", {"a": [1]})], {"map": {"key": {"a": [1]}}}),
    ],
)
def test_values_get_the_types_that_json_lacks_and_every_touched_place_is_declared(
    site: Site, steps: list[dict[str, Any]], expected: dict[str, Any]
) -> None:
    assert same(patched(site, *steps), {**site.article(CHAIN).document.get(), **expected})


def test_a_whole_front_matter_is_typed_inside(site: Site) -> None:
    data = site.article(CHAIN).document.get()
    given = {**data, "date": "2030-01-31", "score": 1}
    expected = {**data, "date": datetime.date(2030, 1, 31), "score": 1.0}
    assert same(patched(site, {"op": "replace", "path": "", "value": given}), expected)


def test_both_places_of_a_move_are_declared(site: Site) -> None:
    change = patch(CHAIN, site.article(CHAIN), operations([FIRST]))
    assert change is not None
    assert set(change.declared) == {"/related_article1", "/first"}
    assert after(site, change)["first"]["id"] == 1215


def test_the_first_member_of_an_empty_collection_is_all_that_is_touched(site: Site) -> None:
    document = site.article(CHAIN).document.set("/map", {}).set("/list", [])
    data = document.to_bytes()
    again = site.parse(data)
    steps = operations([add("/map/a", 1), add("/list/0", {"b": 2})])
    change = patch(CHAIN, again, steps)
    assert change is not None
    assert change.touched == ("/map/a", "/list/0")
    prove(ChangeSet((change,)), lambda _path: data)


def test_a_failing_operation_is_named_by_its_number(site: Site) -> None:
    missing = {"op": "remove", "path": "/nothing"}
    test = {"op": "test", "path": "/id", "value": 3}
    cases = (
        (missing, Code.NO_SUCH_KEY),
        (test, Code.TEST_FAILED),
        (add("/id", "x"), Code.WRONG_TYPE),
    )
    for step, code in cases:
        with pytest.raises(QtauthorError) as caught:
            patched(site, add("/author", "A"), step)
        assert caught.value.code is code
        assert caught.value.message.startswith("operation 1")


def test_a_patch_of_what_is_there_is_no_change(site: Site) -> None:
    article = site.article(CHAIN)
    date = article.date.isoformat()
    assert patch(CHAIN, article, operations([add("/date", date), add("/id", 1207)])) is None
    assert merge(CHAIN, article, {"date": date, "nothing": None, "seo": {}}) is None


def test_a_patch_and_its_inverse_give_the_original(site: Site) -> None:
    data = site.source.read(CHAIN)
    change = patch(CHAIN, site.article(CHAIN), operations([FIRST, add("/score", 1)]))
    assert change is not None
    back = invert(change)
    assert isinstance(back, Modify)
    assert apply(apply(data, change.edits), back.edits) == data


def test_a_merge_patch_goes_inside_takes_out_and_types(site: Site) -> None:
    data = site.article(CHAIN).document.get()
    given = {
        "related_article2": None,
        "seo": {"title": "x"},
        "date": "2030-01-31",
        "new": {"a": {"b": None, "c": 1}},
    }
    change = merge(CHAIN, site.article(CHAIN), given)
    assert change is not None
    assert change.declared == ("/related_article2", "/seo/title", "/date", "/new")
    del data["related_article2"]
    data["seo"]["title"] = "x"
    expected = {**data, "date": datetime.date(2030, 1, 31), "new": {"a": {"c": 1}}}
    assert same(after(site, change), expected)


def test_a_merge_patch_is_held_to_the_schema(site: Site) -> None:
    for given in ({"id": "x"}, {"seo": {"title": 1}}, {"date": "tomorrow"}):
        with pytest.raises(QtauthorError) as caught:
            merge(CHAIN, site.article(CHAIN), given)
        assert caught.value.code is Code.WRONG_TYPE


def test_an_item_to_come_is_declared_as_one_of_its_list(site: Site) -> None:
    data = site.article(CHAIN).document.set("/tags", ["a"]).to_bytes()
    change = patch(CHAIN, site.parse(data), operations([add("/tags/-", "b")]))
    assert change is not None
    assert (change.declared, change.touched) == (("/tags",), ("/tags/1",))
    prove(ChangeSet((change,)), lambda _path: data)
