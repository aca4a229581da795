"""Links whose urls are spelled in another way than the article's address follow it as all do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qtauthor.changes.proof import prove
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.links import relate
from qtauthor.operations.links.suggest import propose
from qtauthor.operations.links.sync import sync
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site.ids import reassign
from qtauthor.operations.site.move import Refile, move
from qtauthor.operations.site.remove import RemoveRequest as Removal
from qtauthor.operations.site.remove import remove
from qtauthor.operations.site.retitle import RetitleRequest, retitle
from tests.support import applying
from tests.support.deadlinks import Picture, worse
from tests.support.small_sites import Made, make

A = Made("Why does bread-dough rise?", "Baking", 1, slug="why-dough")
B = Made("What is yeast?", "Biology", 2)
LISTED = '[redirects]\npath = "r.json"\n'
HOLDER = "content/learn/biology/what-is-yeast.md"

SPELLINGS = [
    ("", ""),
    ("#part", "#part"),
    ("?utm=1", "?utm=1"),
    ("/", "/"),
    ("/?a=/b#c", "/?a=/b#c"),
    ('#"', '#"'),
    ("#", "#"),
]
ODD = [
    "/learn/baking/questions/why%2Ddough",
    "/learn/baking/questions/why%2ddough",
    "/learn/./baking//questions/why-dough",
    "/learn/biology/../baking/questions/why-dough",
]


def quoted(url: str) -> str:
    return "'" + url.replace("'", "''") + "'"


def site_with(root: Path, url: str) -> Site:
    return make(root, [A, B._replace(links=(A.link(url=quoted(url)),))], LISTED)


def done(site: Site, outcome: Outcome) -> Site:
    prove(outcome.changes, site.source.read)
    applying.write(outcome.changes, site.root)
    return Site.at(site.root)


def url_of(site: Site) -> str:
    return str(site.article(HOLDER).get("related_article1.url"))


@pytest.mark.parametrize("url", [A.url + before for before, _ in SPELLINGS] + ODD)
def test_the_index_knows_where_it_leads(tmp_path: Path, url: str) -> None:
    site = site_with(tmp_path, url)
    assert [link.url for link in site.index.links_to(A.url)] == [url]
    assert site.index.links_to(f"{A.url}/?x#y") == site.index.links_to(A.url)
    found = site.index.at_address(url)
    assert found is not None
    assert found.path == A.path
    assert next(iter(site.index.linked([A.path]))) == (HOLDER, A.path)
    assert site.select("inbound = 1") == [A.path]
    assert site.select("exists (select 1 from links where leads_to = address)") == [A.path]
    assert site.find_article(url) == A.path


@pytest.mark.parametrize(("before", "after"), SPELLINGS)
def test_after_retitle_the_suffix_is_as_it_was(tmp_path: Path, before: str, after: str) -> None:
    site = site_with(tmp_path, A.url + before)
    picture = Picture(tmp_path)
    site = done(site, retitle(site, RetitleRequest(A.path, "How does it rise?", slug="how")))
    assert url_of(site) == f"/learn/baking/questions/how{after}"
    assert site.article(HOLDER).get("related_article1.title") == "How does it rise?"
    assert worse(picture, Picture(tmp_path), {A.path: "content/learn/baking/how.md"}) == []


@pytest.mark.parametrize(("before", "after"), SPELLINGS)
def test_after_move_the_suffix_is_as_it_was(tmp_path: Path, before: str, after: str) -> None:
    site = site_with(tmp_path, A.url + before)
    site = done(site, move(site, [Refile(A.path, "Food")], new_subjects=True))
    assert url_of(site) == f"/learn/food/questions/why-dough{after}"
    [redirect] = json.loads((tmp_path / "r.json").read_text())
    assert redirect["from"] == A.url


@pytest.mark.parametrize("url", ODD)
def test_an_odd_spelling_of_the_address_gives_way_to_the_usual_one(
    tmp_path: Path, url: str
) -> None:
    site = site_with(tmp_path, f"{url}#part")
    site = done(site, move(site, [Refile(A.path, "Food")], new_subjects=True))
    assert url_of(site) == "/learn/food/questions/why-dough#part"


@pytest.mark.parametrize("url", [f"{A.url}#part", f"{A.url}/", *ODD])
def test_the_link_goes_with_its_article(tmp_path: Path, url: str) -> None:
    site = site_with(tmp_path, url)
    site = done(site, remove(site, Removal(A.path)))
    assert site.article(HOLDER).related == ()


def test_the_link_leads_to_what_takes_the_articles_place(tmp_path: Path) -> None:
    c = Made("What is flour?", "Baking", 3)
    links = (A.link(url=quoted(f"{A.url}/#part")),)
    site = make(tmp_path, [A, B._replace(links=links), c], LISTED)
    site = done(site, remove(site, Removal(A.path, replacement=c.path)))
    assert url_of(site) == f"{c.url}/#part"
    both = (A.link(), c.link(url=quoted(f"{c.url}#part")))
    site = make(tmp_path, [A, B._replace(links=both), c], LISTED)
    site = done(site, remove(site, Removal(A.path, replacement=c.path)))
    assert url_of(site) == f"{c.url}#part"
    assert len(site.article(HOLDER).related) == 1


def test_what_differs_in_case_is_another_address(tmp_path: Path) -> None:
    site = site_with(tmp_path, "/learn/baking/questions/Why-dough")
    site = done(site, move(site, [Refile(A.path, "Food")], new_subjects=True))
    assert url_of(site) == "/learn/baking/questions/Why-dough"


def test_an_id_follows(tmp_path: Path) -> None:
    site = site_with(tmp_path, f"{A.url}#part")
    site = done(site, reassign(site, A.path, 77))
    assert site.article(HOLDER).get("related_article1.id") == 77
    assert url_of(site) == f"{A.url}#part"


def test_sync_leaves_a_living_spelling_and_keeps_the_suffix_of_a_dead_one(tmp_path: Path) -> None:
    site = site_with(tmp_path, f"{A.url}/#part")
    assert not sync(site).outcome.changes
    assert not sync(site, [HOLDER]).outcome.changes
    (tmp_path / "r.json").write_text(json.dumps([{"from": "/old/", "to": f"{A.url}/"}]))
    site = site_with(tmp_path, "/old?utm=1#part")
    site = done(site, sync(site).outcome)
    assert url_of(site) == f"{A.url}?utm=1#part"


def test_an_article_is_not_added_or_proposed_that_is_there_in_another_spelling(
    tmp_path: Path,
) -> None:
    site = site_with(tmp_path, f"{A.url}?utm=1")
    assert not relate.add(site, HOLDER, [A.path])
    assert A.path not in [one.entry.path for one in propose(site, HOLDER).suggestions]
    assert relate.remove(site, HOLDER, [A.path])


def test_redirects_are_followed_in_any_spelling(tmp_path: Path) -> None:
    site = site_with(tmp_path, A.url)
    listed = [
        {"from": "/old/", "to": f"{A.url}/#part", "status": 301},
        {"from": "/learn/food/questions/why%2Ddough", "to": "/", "status": 301},
    ]
    (tmp_path / "r.json").write_text(json.dumps(listed))
    done(site, move(site, [Refile(A.path, "Food")], new_subjects=True))
    assert [(one["from"], one["to"]) for one in json.loads((tmp_path / "r.json").read_text())] == [
        ("/old/", "/learn/food/questions/why-dough/#part"),
        (A.url, "/learn/food/questions/why-dough"),
    ]


def test_names_that_have_to_be_escaped_can_be_linked_to(tmp_path: Path) -> None:
    odd = Made("Odd?", "Baking", 5, slug="50% of #1")
    address = "/learn/baking/questions/50%25 of %231"
    site = make(tmp_path, [odd, B])
    entry = site.index.entry(odd.path)
    assert entry is not None
    assert entry.address == address
    applying.write(relate.add(site, HOLDER, [odd.path]), tmp_path)
    site = Site.at(tmp_path)
    assert url_of(site) == address
    assert [link.source for link in site.index.links_to(address.replace(" ", "%20"))] == [HOLDER]
    site = done(site, move(site, [Refile(odd.path, "Food")], new_subjects=True))
    assert url_of(site) == "/learn/food/questions/50%25 of %231"


def test_an_empty_url_means_no_article(tmp_path: Path) -> None:
    site = make(tmp_path, [A, B._replace(links=(A.link(url="''"),))])
    text = (tmp_path / A.path).read_text().replace(f"\nurl: {A.url}\n", "\nurl: ''\n")
    (tmp_path / A.path).write_text(text)
    site = Site.at(tmp_path)
    site = done(site, move(site, [Refile(A.path, "Food")], new_subjects=True))
    assert url_of(site) == ""


def test_a_file_that_cannot_be_read_holds_it_in_any_spelling(tmp_path: Path) -> None:
    site = site_with(tmp_path, "/learn/baking/questions/why%2Ddough#part")
    text = (tmp_path / HOLDER).read_text()
    (tmp_path / HOLDER).write_text("\n" + text)
    with pytest.raises(QtauthorError, match="cannot be read"):
        move(Site.at(site.root), [Refile(A.path, "Food")], new_subjects=True)
