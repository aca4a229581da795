"""Questions under other subjects: many at once, chains and swaps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site.move import Refile, move
from qtauthor.operations.summary import summarise
from tests.support import applying
from tests.support.small_sites import Made, make

ONE = Made("Why does bread rise?", "Baking", 7)
TWO = Made("Why does bread rise?", "Biology", 8)
FAR = Made("What is yeast?", "History", 9, (ONE.link(), TWO.link()))
LISTED = '[redirects]\npath = "r.json"\n'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    one = ONE._replace(links=(ONE.link(), FAR.link()))
    return make(tmp_path, [one, TWO, FAR], LISTED)


def done(site: Site, outcome: Outcome) -> Site:
    applying.write(outcome.changes, site.root)
    return Site.at(site.root)


def urls(site: Site, path: str) -> list[tuple[int, str, str]]:
    return [(x.id, x.subject, x.url) for x in site.article(path).related]


def test_folder_subject_seo_title_url_and_links_follow(site: Site) -> None:
    outcome = move(site, [Refile(ONE.path, "Food Science")], new_subjects=True)
    summary = summarise(site, outcome.changes)
    assert str(summary) == "1 article, 2 related blocks in 2 articles, 1 redirect"
    site = done(site, outcome)
    to = ONE._replace(subject="Food Science")
    article = site.article(to.path)
    assert (article.subject, article.url) == ("Food Science", to.url)
    assert article.get("seo.title") == "QuickTakes | Food Science"
    assert article.related[0].url == to.url
    assert urls(site, FAR.path)[0] == (7, "Food Science", to.url)
    redirects = json.loads((site.root / "r.json").read_text())
    assert redirects == [{"from": ONE.url, "to": to.url, "status": 301}]


def test_an_own_seo_title_stays(site: Site) -> None:
    data = site.article(ONE.path).set("seo.title", "Bread").to_bytes()
    (site.root / ONE.path).write_bytes(data)
    site = done(site, move(Site.at(site.root), [Refile(ONE.path, "Food")], new_subjects=True))
    assert site.article(ONE._replace(subject="Food").path).get("seo.title") == "Bread"


def test_two_articles_change_places(site: Site) -> None:
    outcome = move(
        site, [Refile(ONE.path, "Biology"), Refile(TWO.path, "Baking")], new_subjects=True
    )
    assert outcome.changes.arrivals == (TWO.path, ONE.path)
    site = done(site, outcome)
    assert (site.article(TWO.path).id, site.article(ONE.path).id) == (7, 8)
    assert urls(site, FAR.path) == [(7, "Biology", TWO.url), (8, "Baking", ONE.url)]
    assert not (site.root / "r.json").exists()  # both addresses live


def test_one_takes_the_place_that_another_leaves(site: Site) -> None:
    outcome = move(
        site, [Refile(ONE.path, "Biology"), Refile(TWO.path, "Chemistry")], new_subjects=True
    )
    site = done(site, outcome)
    gone = TWO._replace(subject="Chemistry")
    assert urls(site, FAR.path) == [(7, "Biology", TWO.url), (8, "Chemistry", gone.url)]
    redirects = json.loads((site.root / "r.json").read_text())
    assert [(x["from"], x["to"]) for x in redirects] == [(ONE.url, TWO.url)]


def test_there_and_back_leaves_no_redirect(site: Site) -> None:
    first = {p: (site.root / p).read_bytes() for p in site.paths()}
    site = done(site, move(site, [Refile(ONE.path, "Food")], new_subjects=True))
    site = done(site, move(site, [Refile(ONE._replace(subject="Food").path, "Baking")]))
    assert {p: (site.root / p).read_bytes() for p in site.paths()} == first
    redirects = json.loads((site.root / "r.json").read_text())
    assert redirects == [
        {"from": "/learn/food/questions/" + ONE.file, "to": ONE.url, "status": 301}
    ]


def test_another_spelling_of_the_subject_moves_no_file(tmp_path: Path) -> None:
    site = make(tmp_path, [ONE, FAR], '[subjects]\n"BAKING" = []\n')
    outcome = move(site, [Refile(ONE.path, "baking")])
    assert outcome.changes.arrivals == ()
    site = done(site, outcome)
    assert site.article(ONE.path).subject == "BAKING"
    assert urls(site, FAR.path)[0] == (7, "BAKING", ONE.url)


def test_where_it_is_already_it_stays(site: Site) -> None:
    assert not move(site, [Refile(ONE.path, "baking")]).changes


@pytest.mark.parametrize(
    "wanted",
    [
        [Refile(ONE.path, "Biology")],
        [Refile(ONE.path, "Biology"), Refile(TWO.path, "Biology")],
        [Refile(ONE.path, "Chemistry"), Refile(TWO.path, "Chemistry")],
    ],
)
def test_a_place_that_is_taken_is_refused(site: Site, wanted: list[Refile]) -> None:
    with pytest.raises(QtauthorError) as caught:
        move(site, wanted, new_subjects=True)
    assert caught.value.code is Code.SLUG_TAKEN


def test_one_article_cannot_go_to_two_places(site: Site) -> None:
    with pytest.raises(QtauthorError) as caught:
        move(site, [Refile(ONE.path, "A"), Refile(ONE.path, "B")], new_subjects=True)
    assert caught.value.code is Code.USAGE


def test_the_sites_own_list_of_moves_says_where_a_question_went(tmp_path: Path) -> None:
    site = make(tmp_path, [ONE, FAR], '[redirects]\nformat = "moves"\npath = "moved.json"\n')
    old = '[\n  {"previous": "old", "question": "why-does-bread-rise", "current": "baking"}\n]\n'
    (site.root / "moved.json").write_text(old)
    site = done(site, move(site, [Refile(ONE.path, "Food")], new_subjects=True))
    assert json.loads((site.root / "moved.json").read_text()) == [
        {"previous": "old", "question": "why-does-bread-rise", "current": "food"},
        {"previous": "baking", "question": "why-does-bread-rise", "current": "food"},
    ]


def test_another_slug_changes_file_name_url_and_links_and_nothing_else(site: Site) -> None:
    outcome = move(site, [Refile(ONE.path, None, "rising-bread")], new_subjects=True)
    site = done(site, outcome)
    to = ONE._replace(slug="rising-bread")
    article = site.article(to.path)
    assert (article.url, article.get("file_name")) == (to.url, "rising-bread.md")
    assert (article.subject, article.question) == (ONE.subject, ONE.question)
    assert article.related[0].url == to.url
    assert urls(site, FAR.path) == [(7, "Baking", to.url), (8, "Biology", TWO.url)]
    redirects = json.loads((site.root / "r.json").read_text())
    assert redirects == [{"from": ONE.url, "to": to.url, "status": 301}]


def test_a_subject_that_is_left_keeps_its_spelling(site: Site) -> None:
    data = (site.root / FAR.path).read_bytes().replace(b"subject: Baking", b"subject: baking")
    (site.root / FAR.path).write_bytes(data)
    site = done(
        site, move(Site.at(site.root), [Refile(ONE.path, None, "rising-bread")], new_subjects=True)
    )
    assert urls(site, FAR.path)[0][1] == "baking"


@pytest.mark.parametrize("subject", [None, "Biology"])
def test_what_was_moved_by_hand_is_followed_once(site: Site, subject: str | None) -> None:
    wanted = move(site, [Refile(ONE.path, subject, "rising-bread")], new_subjects=True)
    to = ONE._replace(slug="rising-bread", subject=subject or ONE.subject)
    (site.root / ONE.path).rename(site.root / to.path)
    refile = Refile(to.path, subject, "rising-bread", was=ONE.path)
    site = done(site, move(Site.at(site.root), [refile]))
    by_hand = {path: site.article(path).to_bytes() for path in site.paths()}
    assert not move(site, [refile]).changes
    twin = make(
        site.root / "twin", [ONE._replace(links=(ONE.link(), FAR.link())), TWO, FAR], LISTED
    )
    applying.write(wanted.changes, twin.root)
    twin = Site.at(twin.root)
    assert {path: twin.article(path).to_bytes() for path in twin.paths()} == by_hand


def test_two_files_that_changed_places_by_hand_are_followed_once(tmp_path: Path) -> None:
    a, b = Made("Why a?", "Baking", 1), Made("Why b?", "Baking", 2)
    holder = Made("Why c?", "Baking", 3, (a.link(), b.link()))
    site = make(tmp_path, [a, b, holder], LISTED)
    (tmp_path / a.path).rename(tmp_path / "aside")
    (tmp_path / b.path).rename(tmp_path / a.path)
    (tmp_path / "aside").rename(tmp_path / b.path)
    moves = [
        Refile(b.path, None, b.file, was=a.path),
        Refile(a.path, None, a.file, was=b.path),
    ]
    site = done(site, move(Site.at(tmp_path), moves))
    assert urls(site, holder.path) == [(1, "Baking", b.url), (2, "Baking", a.url)]
    assert site.article(b.path).url == b.url
    assert not move(site, moves).changes
