"""``qtauthor related`` and its commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, DOUGH, SHIFTING, assert_refused, here, tree


def related(path: str) -> list[str]:
    data = here("get", path, "--format", "json").json["articles"][0]["value"]
    return [data[key]["url"].rpartition("/")[2] for key in sorted(data) if "related" in key]


def slug(path: str) -> str:
    return Path(path).stem


def test_links_are_added_removed_ordered_set_and_cleared(site: Path) -> None:
    first = related(SHIFTING)
    assert here("related", "add", SHIFTING, DOUGH).err == "changed: 1 related block in 1 article\n"
    assert related(SHIFTING) == [*first, slug(DOUGH)]
    assert here("related", "order", "1215", DOUGH).code == 0
    assert related(SHIFTING) == [slug(DOUGH), *first]
    assert here("related", "set", SHIFTING, CHAIN, DOUGH).code == 0
    assert related(SHIFTING) == [slug(CHAIN), slug(DOUGH)]
    assert here("related", "remove", SHIFTING, CHAIN).code == 0
    assert here("related", "remove", SHIFTING, CHAIN).err == "nothing to change\n"
    assert related(SHIFTING) == [slug(DOUGH)]
    assert here("related", "clear", SHIFTING).code == 0
    assert related(SHIFTING) == []


def test_both_directions_at_once(site: Path) -> None:
    assert here("related", "add", SHIFTING, DOUGH, "--both").code == 0
    assert related(DOUGH)[-1] == slug(SHIFTING)
    assert here("related", "clear", SHIFTING, "--both").code == 0
    assert slug(SHIFTING) not in related(DOUGH)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", SHIFTING, SHIFTING), "self-related"),
        (("order", CHAIN, DOUGH), "not-related"),
        (("add", SHIFTING), "usage"),
        (("sync",), "usage"),
        (("sync", SHIFTING, "--all"), "usage"),
        (("swap", SHIFTING), "usage"),
    ],
)
def test_what_makes_no_sense_is_refused(site: Path, arguments: tuple[str, ...], code: str) -> None:
    before = tree(site)
    assert_refused(here("related", *arguments), code)
    assert tree(site) == before


def test_sync_tells_what_it_believes_and_what_it_leaves(site: Path) -> None:
    text = (site / SHIFTING).read_text()
    here("set", SHIFTING, "/related_article1/id:=77", "/related_article2/url=/dead")
    here("set", SHIFTING, "/related_article2/id:=99999")
    before = tree(site)
    dry = here("related", "sync", "--all", "--dry-run")
    assert dry.code == 1
    lines = dry.text.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{SHIFTING}: related_article1: id ")
    assert lines[0].endswith(": its url lives")
    assert lines[1] == f"{SHIFTING}: related_article2: left: nothing has its url or its id"
    assert dry.err == "would change: 1 related block in 1 article\n"
    assert tree(site) == before
    told = here("related", "sync", SHIFTING, "--format", "json").json
    assert [link["believed"] for link in told["links"]] == ["url", None]
    assert (
        text.split("related_article2")[0]
        == (site / SHIFTING).read_text().split("related_article2")[0]
    )
