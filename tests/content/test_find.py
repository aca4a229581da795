"""ARTICLE by path, url, slug or id."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.errors import Code, SiteError
from tests.support.sites import CHAIN, DOUGH, copy_demo

SLUG = "how-often-should-a-bicycle-chain-be-replaced"
URL = f"/learn/bicycles/questions/{SLUG}"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_demo(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        CHAIN,
        f"bicycles/{SLUG}.md",
        f"bicycles/{SLUG}",
        SLUG,
        f"{SLUG}.md",
        URL,
        f"{URL}/",
        f"{URL}?from=mail#answer",
        f"https://www.example.org{URL}",
        f"//example.org{URL}#x",
        f"/learn/%62icycles/questions/{SLUG}",
        "1207",
        f"  {SLUG}\n",
    ],
)
def test_an_article_is_found_by_each_of_its_names(site: Site, name: str) -> None:
    assert site.find_article(name) == CHAIN


@pytest.mark.parametrize("name", ["412", DOUGH.rpartition("/")[2], DOUGH.rpartition("/")[2][:-3]])
def test_a_name_of_several_articles_lists_them(site: Site, name: str) -> None:
    with pytest.raises(SiteError) as caught:
        site.find_article(name)
    assert caught.value.code is Code.AMBIGUOUS_ARTICLE
    assert DOUGH in caught.value.remedy
    assert "everyday-physics" in caught.value.remedy


def test_a_slug_of_many_articles_lists_ten(site: Site) -> None:
    for number in range(12):
        folder = site.root / f"content/learn/s{number:02}"
        folder.mkdir()
        (folder / "same.md").write_text("---\nid: 1\n---\n")
    with pytest.raises(SiteError) as caught:
        site.find_article("same")
    assert caught.value.remedy.count("same.md") == 10
    assert caught.value.remedy.endswith("and 2 more")


def test_a_slug_of_digits_and_an_id_can_be_two_articles(site: Site) -> None:
    (site.root / "content/learn/bicycles/1207.md").write_text("---\nid: 9\n---\n")
    with pytest.raises(SiteError) as caught:
        site.find_article("1207")
    assert caught.value.code is Code.AMBIGUOUS_ARTICLE
    assert site.find_article("bicycles/1207") == "content/learn/bicycles/1207.md"


@pytest.mark.parametrize(
    "name",
    [
        "how-often-should-a-bicycle-chain-be-replace",
        "bicycles/how-often-should-a-bike-chain-be-replaced.md",
        "How often should a bicycle chain be replaced",
        "/learn/x/questions/how-often-should-a-bicycle-chain?x",
    ],
)
def test_an_unknown_name_suggests_the_nearest_slugs(site: Site, name: str) -> None:
    with pytest.raises(SiteError) as caught:
        site.find_article(name)
    assert caught.value.code is Code.UNKNOWN_ARTICLE
    assert f"did you mean {SLUG}" in caught.value.remedy


@pytest.mark.parametrize("name", ["", "9", "-1", "/", "//", ".", "../x", "zzz", "\x00", "9" * 40])
def test_what_is_like_nothing_is_unknown(site: Site, name: str) -> None:
    with pytest.raises(SiteError) as caught:
        site.find_article(name)
    assert caught.value.code is Code.UNKNOWN_ARTICLE


def test_a_file_that_cannot_be_read_is_found_by_its_place(site: Site) -> None:
    (site.root / CHAIN).write_bytes(b"\xff")
    assert site.find_article(SLUG) == site.find_article(URL) == site.find_article(CHAIN) == CHAIN
