"""An article goes, and no link to it stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qtauthor.content.links import related_list
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site.remove import RemoveRequest, remove, remove_all
from qtauthor.operations.summary import summarise
from tests.support import applying
from tests.support.deadlinks import block_texts, without_blocks
from tests.support.small_sites import Made, make

A = Made("Question a?", "Baking", 1)
B = Made("Question b?", "Baking", 2)
C = Made("Question c?", "Biology", 3)
D = Made("Question d?", "Biology", 4)
MANY = D._replace(links=(A.link(), B.link(), A.link(id=9), C.link()))
LISTED = '[redirects]\npath = "r.json"\n'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    articles = [A._replace(links=(A.link(),)), B._replace(links=(A.link(),)), C, MANY]
    return make(tmp_path, articles, LISTED)


def done(site: Site, outcome: Outcome) -> Site:
    applying.write(outcome.changes, site.root)
    return Site.at(site.root)


def ids(site: Site, path: str) -> list[int]:
    return [x.id for x in site.article(path).related]


def test_blocks_that_named_it_go_and_the_rest_moves_up_as_it_is_written(site: Site) -> None:
    before = (site.root / D.path).read_bytes()
    outcome = remove(site, RemoveRequest(A.path))
    assert str(summarise(site, outcome.changes)) == (
        "1 article, 3 related blocks in 2 articles, 0 redirects"
    )
    site = done(site, outcome)
    assert not (site.root / A.path).exists()
    after = (site.root / D.path).read_bytes()
    assert related_list.numbers(site.article(D.path).document) == [1, 2]
    kept = block_texts(before)
    assert block_texts(after) == [kept[1], kept[3]]
    assert without_blocks(after) == without_blocks(before)
    assert ids(site, B.path) == []


def test_links_lead_to_the_replacement_but_never_twice_and_never_to_itself(site: Site) -> None:
    outcome = remove(site, RemoveRequest(A.path, B.path))
    site = done(site, outcome)
    assert ids(site, D.path) == [2, 3]  # b was there already
    assert ids(site, B.path) == []
    redirects = json.loads((site.root / "r.json").read_text())
    assert [(x["from"], x["to"]) for x in redirects] == [(A.url, B.url)]


def test_the_first_of_two_blocks_becomes_the_replacement(site: Site) -> None:
    new = Made("Question e?", "History", 5)
    (site.root / "content/learn/history").mkdir()
    site = make(site.root, [new], LISTED)
    site = done(site, remove(site, RemoveRequest(A.path, new.path)))
    assert ids(site, D.path) == [5, 2, 3]
    first = site.article(D.path).related[0]
    assert (first.title, first.subject, first.url) == (new.question, "History", new.url)


def test_redirects_to_it_go_or_follow(site: Site) -> None:
    listed = [{"from": "/old", "to": A.url, "status": 302}, {"from": "/x", "to": "/y"}]
    (site.root / "r.json").write_text(json.dumps(listed))
    gone = done(site, remove(Site.at(site.root), RemoveRequest(C.path)))
    assert json.loads((gone.root / "r.json").read_text()) == listed
    followed = done(gone, remove(gone, RemoveRequest(A.path, B.path)))
    redirects = json.loads((followed.root / "r.json").read_text())
    assert [(x["from"], x["to"]) for x in redirects] == [
        ("/old", B.url),
        ("/x", "/y"),
        (A.url, B.url),
    ]
    last = done(followed, remove(followed, RemoveRequest(B.path)))
    assert json.loads((last.root / "r.json").read_text()) == [{"from": "/x", "to": "/y"}]


def test_an_article_cannot_take_its_own_place(site: Site) -> None:
    with pytest.raises(QtauthorError) as caught:
        remove(site, RemoveRequest(A.path, A.path))
    assert caught.value.code is Code.SELF_RELATED


def test_a_file_that_cannot_be_read_can_be_removed(site: Site) -> None:
    (site.root / A.path).write_text("---\ntitle: a: b\n---\n")
    site = done(Site.at(site.root), remove(Site.at(site.root), RemoveRequest(A.path)))
    assert ids(site, D.path) == [2, 3]


def test_a_gap_that_was_there_is_closed_where_a_block_goes(site: Site) -> None:
    path = site.root / D.path
    path.write_text(path.read_text().replace("related_article4", "related_article5"))
    site = done(Site.at(site.root), remove(Site.at(site.root), RemoveRequest(A.path)))
    assert related_list.numbers(site.article(D.path).document) == [1, 2]


def test_a_link_in_a_file_that_cannot_be_read_is_not_let_die_silently(site: Site) -> None:
    (site.root / C.path).write_text(f"---\ntitle: a: b\nx: {A.url}\n---\n")
    site = Site.at(site.root)
    with pytest.raises(QtauthorError) as caught:
        remove(site, RemoveRequest(A.path))
    assert (caught.value.code, caught.value.where.path) == (Code.UNREADABLE_LINK, C.path)
    assert remove(site, RemoveRequest(A.path, leave_unreadable=True)).notices


def test_several_go_together_and_those_that_are_gone_already_with_them(site: Site) -> None:
    (site.root / C.path).unlink()
    outcome = remove_all(Site.at(site.root), [A.path, C.path])
    site = done(site, outcome)
    assert not (site.root / A.path).exists()
    assert ids(site, D.path) == [2]
    assert ids(site, B.path) == []
    assert not remove_all(site, [A.path, C.path]).changes


def test_an_article_that_goes_with_one_that_it_names_is_not_edited(site: Site) -> None:
    changed = {
        change.path: type(change).__name__
        for change in remove_all(site, [A.path, B.path]).changes.changes
    }
    assert changed == {A.path: "Delete", B.path: "Delete", D.path: "Modify"}
