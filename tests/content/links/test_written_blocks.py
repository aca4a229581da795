"""Related blocks in a text, by the tree and by lines; and what is meant at a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.links import written_blocks
from qtauthor.content.links.article_at import article_at, heading
from qtauthor.content.site import Site
from qtauthor.model.numbered_blocks import MAX_RELATED
from tests.support.small_sites import Made, make, text

OSMOSIS = Made("What is osmosis?", "Biology", 10)
HEAT = Made("What is heat: a form of energy?", "Physics", 12, folded=True)
CELLS = Made("How do cells drink? 😀 A tale", "Biology", 13, (OSMOSIS.link(), HEAT.link()))
WHOLE = text(CELLS)
BROKEN = WHOLE.replace("author: QuickTakes", "author: [QuickTakes")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path, (OSMOSIS, HEAT, CELLS))


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_lines_tell_what_the_tree_tells(line_break: str) -> None:
    whole, broken = (one.replace("\n", line_break) for one in (WHOLE, BROKEN))
    blocks = written_blocks.written(whole)
    assert [(one.number, one.id, one.url) for one in blocks] == [
        (1, 10, OSMOSIS.url),
        (2, 12, HEAT.url),
    ]
    for one, other in zip(blocks, written_blocks.written(broken), strict=True):
        assert whole[one.start : one.end] == broken[other.start : other.end]
        for name, member in one.members.items():
            same = other.members[name]
            assert whole[member.start : member.end] == broken[same.start : same.end] == same.text


def test_the_lines_of_blocks() -> None:
    first, second = written_blocks.extents(WHOLE)
    assert WHOLE[first.start : first.end].startswith("related_article1:\n")
    assert first.end == second.start
    assert WHOLE.startswith("---\n", second.end)
    assert written_blocks.extent_at(WHOLE, second.start) == second
    assert written_blocks.extent_at(WHOLE, first.start - 1) is None
    assert written_blocks.extent_at(WHOLE, second.end) is None


def test_room_is_for_as_many_as_a_page_shows() -> None:
    assert written_blocks.has_room(text(CELLS._replace(links=(HEAT.link(),) * (MAX_RELATED - 1))))
    assert not written_blocks.has_room(text(CELLS._replace(links=(HEAT.link(),) * MAX_RELATED)))


def test_a_block_gets_another_number_and_nothing_else() -> None:
    first, _ = written_blocks.extents(WHOLE)
    block = WHOLE[first.start : first.end]
    assert written_blocks.renumbered(block, 4) == block.replace("article1", "article4", 1)


@pytest.mark.parametrize("shown", [WHOLE, BROKEN], ids=["yaml", "broken"])
@pytest.mark.parametrize(
    ("place", "paths"),
    [
        (OSMOSIS.url, [OSMOSIS.path]),
        ("related_article2", [HEAT.path]),
        ("id: 12", [HEAT.path]),
        ("title: >-", [CELLS.path]),
        (f"url: {CELLS.url}", [CELLS.path]),
        ("id: 13", [CELLS.path]),
        ("date:", None),
        ("&nbsp;", None),
    ],
)
def test_the_article_that_is_meant(
    site: Site, shown: str, place: str, paths: list[str] | None
) -> None:
    found = article_at(site, CELLS.path, shown, shown.index(place))
    assert (found and [entry.path for entry in found.entries]) == paths
    assert (found is not None and found.block is not None) == (
        paths is not None and paths != [CELLS.path]
    )


def test_a_dead_link_means_no_article_and_an_id_all_that_have_it(site: Site) -> None:
    dead = WHOLE.replace(OSMOSIS.url, "/learn/biology/questions/what-is-nothing")
    found = article_at(site, CELLS.path, dead, dead.index("what-is-nothing"))
    assert found is not None
    assert found.block is not None
    assert found.entries == []
    there = article_at(site, CELLS.path, dead, dead.index("id: 10"))
    assert there is not None
    assert [entry.path for entry in there.entries] == [OSMOSIS.path]


def test_an_article_begins_at_its_title() -> None:
    span = heading(WHOLE)
    assert span is not None
    assert WHOLE[slice(*span)] == CELLS.question
    assert heading(BROKEN) is None
    assert heading("---\nid: 1\n---\n") is None
