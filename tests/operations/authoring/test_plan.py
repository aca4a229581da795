"""A new question and the links back to it are one change."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from qtauthor.changes.change import Create, Modify
from qtauthor.content.links import related_list
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.authoring.plan import plan
from qtauthor.operations.site.create import CreateRequest
from qtauthor.sinks.locks import site_lock
from qtauthor.sinks.transaction.transaction import commit

DOUGH = "content/learn/bread-baking/why-does-dough-rise-faster-in-a-warm-kitchen.md"
CRUMB = "content/learn/bread-baking/how-does-hydration-change-the-crumb-of-a-loaf.md"
STARTER = "content/learn/bread-baking/what-makes-a-sourdough-starter-rise-and-fall.md"
NEW = "content/learn/bread-baking/why-is-crust-brown.md"
REQUEST = CreateRequest("Why is crust brown?", "Bread Baking", datetime.date(2025, 6, 3))


@pytest.fixture
def here(site: Path) -> Site:
    return Site.find(site)


def test_links_by_path_are_those_that_ids_give(here: Site) -> None:
    by_path = plan(here, REQUEST, [CRUMB, STARTER])
    by_id = plan(here, REQUEST._replace(related=(418, 431)))
    assert by_path.content == by_id.content
    assert by_path.changes == by_id.changes


def test_ids_come_first_and_nothing_comes_twice(here: Site) -> None:
    found = plan(here, REQUEST._replace(related=(418,)), [STARTER, CRUMB])
    blocks = related_list.blocks(here.parse(found.content).document)
    assert [block["id"] for block in blocks.values()] == [418, 431]


def test_a_path_keeps_its_own_subject_where_an_id_has_several(here: Site) -> None:
    other = DOUGH.replace("bread-baking", "everyday-physics")
    found = plan(here, REQUEST, [other])
    [block] = related_list.blocks(here.parse(found.content).document).values()
    assert block["subject"] == "Everyday Physics"


def test_links_back_are_in_the_same_change_and_can_be_written(here: Site) -> None:
    found = plan(here, REQUEST, [CRUMB, STARTER], both=True)
    assert found.back == (CRUMB, STARTER)
    kinds = {change.path: type(change) for change in found.changes.changes}
    assert kinds == {NEW: Create, CRUMB: Modify, STARTER: Modify}
    with site_lock.locked(here.root):
        commit(here.root, found.changes, label="new", time=datetime.datetime.now(datetime.UTC))
    for path in (CRUMB, STARTER):
        blocks = list(related_list.blocks(Site.find(here.root).article(path).document).values())
        assert blocks[-1] == {
            "id": found.created.id,
            "title": REQUEST.question,
            "subject": "Bread Baking",
            "url": found.created.names.url,
        }


def test_who_has_no_room_is_told_and_left(here: Site) -> None:
    path = here.root / CRUMB
    full = here.article(CRUMB).document
    for number in range(len(related_list.numbers(full)) + 1, 6):
        full = full.set(f"/related_article{number}", {**related_list.block(full, 1), "id": number})
    path.write_bytes(full.to_bytes())
    found = plan(Site.find(here.root), REQUEST, [CRUMB, STARTER], both=True)
    assert (found.back, found.full) == ((STARTER,), (CRUMB,))
    assert CRUMB not in found.changes.paths


def test_more_than_a_page_shows_are_refused(here: Site) -> None:
    others = [entry.path for entry in here.index.entries()]
    with pytest.raises(QtauthorError) as caught:
        plan(here, REQUEST, others[:6])
    assert caught.value.code is Code.TOO_MANY_RELATED
