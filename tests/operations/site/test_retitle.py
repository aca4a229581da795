"""A question in other words, everywhere at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site.retitle import RetitleRequest, retitle
from qtauthor.operations.summary import summarise
from tests.support import applying
from tests.support.small_sites import Made, make

BREAD = Made("Why does bread rise?", "Baking", 7)
YEAST = Made("What is yeast?", "Biology", 8, (BREAD.link(), BREAD.link(id=3)), folded=False)
TWIN = Made("Why does bread rise?", "Food Science", 7, (YEAST.link(),))
NEW = "Why does bread: rise & fall?"
SLUG = "why-does-bread-rise--fall"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    own = BREAD._replace(links=(YEAST.link(), BREAD.link(), TWIN.link()))
    return make(tmp_path, [own, YEAST], '[redirects]\npath = "redirects.json"\n')


def done(site: Site, outcome: Outcome) -> Site:
    applying.write(outcome.changes, site.root)
    return Site.at(site.root)


def test_all_names_the_file_and_the_links_follow(site: Site) -> None:
    outcome = retitle(site, RetitleRequest(BREAD.path, NEW))
    summary = summarise(site, outcome.changes)
    assert str(summary) == "1 article, 3 related blocks in 2 articles, 1 redirect"
    site = done(site, outcome)
    assert not (site.root / BREAD.path).exists()
    article = site.article(f"content/learn/baking/{SLUG}.md")
    assert [article.get(name) for name in ("title", "article_title", "question")] == [NEW] * 3
    assert article.get("file_name") == f"{SLUG}.md"
    assert article.url == f"/learn/baking/questions/{SLUG}"
    links = [*article.related, *site.article(YEAST.path).related]
    assert [(x.title, x.url) for x in links if x.id in (7, 3) and "baking" in x.url] == [
        (NEW, article.url)
    ] * 3
    assert [x.id for x in site.article(YEAST.path).related] == [7, 3]


def test_styles_and_all_other_lines_stay(site: Site) -> None:
    before = {p: (site.root / p).read_text().split("\n") for p in (BREAD.path, YEAST.path)}
    site = done(site, retitle(site, RetitleRequest(BREAD.path, NEW)))
    moved = {BREAD.path: f"content/learn/baking/{SLUG}.md", YEAST.path: YEAST.path}
    for old, new in moved.items():
        after = (site.root / new).read_text().split("\n")
        assert len(after) == len(before[old])
        for one, two in zip(before[old], after, strict=True):
            assert one == two or BREAD.question in one or BREAD.file in one


def test_to_be_asked_as_it_is_changes_nothing(site: Site) -> None:
    assert not retitle(site, RetitleRequest(BREAD.path, f" {BREAD.question} ")).changes
    site = done(site, retitle(site, RetitleRequest(BREAD.path, NEW)))
    assert not retitle(site, RetitleRequest(f"content/learn/baking/{SLUG}.md", NEW)).changes


def test_keep_url_changes_words_only(site: Site) -> None:
    outcome = retitle(site, RetitleRequest(BREAD.path, NEW, keep_url=True))
    assert str(summarise(site, outcome.changes)) == "1 article, 3 related blocks in 2 articles"
    site = done(site, outcome)
    article = site.article(BREAD.path)
    assert (article.question, article.url) == (NEW, BREAD.url)
    assert {x.title for x in site.article(YEAST.path).related} == {NEW}


def test_all_filings_of_one_question_change_together(tmp_path: Path) -> None:
    far = Made("How is dough made?", "Baking", 9, (TWIN.link(), BREAD.link()))
    site = make(tmp_path, [BREAD, TWIN, YEAST, far])
    outcome = retitle(site, RetitleRequest(BREAD.path, NEW))
    assert str(summarise(site, outcome.changes)).startswith("2 articles, 4 related blocks in 2")
    assert "filed under 2 subjects: Baking, Food Science" in outcome.notices[0]
    site = done(site, outcome)
    urls = [x.url for x in site.article(far.path).related]
    assert urls == [f"/learn/{key}/questions/{SLUG}" for key in ("food-science", "baking")]
    assert len(site.index.with_id(7)) == 2


def test_another_question_with_the_same_id_is_left_and_told(tmp_path: Path) -> None:
    stranger = Made("Why is it so?", "Biology", 7)
    site = make(tmp_path, [BREAD, stranger])
    outcome = retitle(site, RetitleRequest(BREAD.path, NEW))
    assert outcome.changes.paths == (BREAD.path,)
    assert any(stranger.path in notice for notice in outcome.notices)


@pytest.mark.parametrize("field", ["title", "article_title", "question"])
def test_a_name_that_differed_is_left(site: Site, field: str) -> None:
    path = site.root / BREAD.path
    data = site.article(BREAD.path).set(field, "Rising bread").to_bytes()
    path.write_bytes(data)
    outcome = retitle(Site.at(site.root), RetitleRequest(BREAD.path, NEW))
    site = done(site, outcome)
    there = next(p for p in site.paths() if "/baking/" in p)
    names = {name: site.article(there).get(name) for name in ("title", "article_title", "question")}
    if field == "question":  # it is the question that is asked anew; the titles are another thing
        assert names == {
            "title": BREAD.question,
            "article_title": BREAD.question,
            "question": NEW,
        }
        assert {x.title for x in site.article(YEAST.path).related} == {BREAD.question}
        assert there == BREAD.path
    else:
        assert names == dict.fromkeys(names, NEW) | {field: "Rising bread"}
    assert any("left, for it was not the question" in notice for notice in outcome.notices)


def test_a_slug_that_was_chosen_stays_unless_another_is_given(tmp_path: Path) -> None:
    chosen = BREAD._replace(slug="bread-rising")
    site = make(tmp_path, [chosen, YEAST._replace(links=(chosen.link(),))])
    kept = retitle(site, RetitleRequest(chosen.path, NEW))
    assert any("the slug was chosen" in notice for notice in kept.notices)
    assert not kept.changes.arrivals
    given = retitle(site, RetitleRequest(chosen.path, NEW, slug="bread-falling"))
    assert given.changes.arrivals == ("content/learn/baking/bread-falling.md",)
    site = done(site, given)
    assert site.article(YEAST.path).related[0].url == "/learn/baking/questions/bread-falling"


def test_a_slug_alone_can_be_changed(site: Site) -> None:
    outcome = retitle(site, RetitleRequest(BREAD.path, BREAD.question, slug="bread"))
    assert outcome.changes.arrivals == ("content/learn/baking/bread.md", "redirects.json")


@pytest.mark.parametrize("subject", ["Baking", "History"])
def test_a_question_that_is_there_already_is_refused(tmp_path: Path, subject: str) -> None:
    site = make(tmp_path, [BREAD, Made(NEW, subject, 12)])
    with pytest.raises(QtauthorError) as caught:
        retitle(site, RetitleRequest(BREAD.path, NEW))
    assert caught.value.code is Code.SLUG_TAKEN


@pytest.mark.parametrize("question", ["", "  ", "One\nor two?"])
def test_what_is_no_line_of_text_is_refused(site: Site, question: str) -> None:
    with pytest.raises(QtauthorError) as caught:
        retitle(site, RetitleRequest(BREAD.path, question, keep_url=True))
    assert caught.value.code is Code.USAGE


def test_two_filings_in_one_folder_do_not_get_one_name(tmp_path: Path) -> None:
    site = make(tmp_path, [BREAD, BREAD._replace(slug="copy")])
    with pytest.raises(QtauthorError) as caught:
        retitle(site, RetitleRequest(BREAD.path, NEW, slug="new"))
    assert caught.value.code is Code.SLUG_TAKEN
    outcome = retitle(site, RetitleRequest(BREAD.path, NEW))
    assert outcome.changes.arrivals == (f"content/learn/baking/{SLUG}.md",)


def test_a_file_that_cannot_be_read_and_names_the_address_is_not_passed_over(site: Site) -> None:
    broken = site.root / "content/learn/biology/broken.md"
    broken.write_text(f"---\ntitle: a: b\nrelated_article1:\n    url: {BREAD.url}\n---\n")
    longer = site.root / "content/learn/biology/longer.md"
    longer.write_text(f"---\ntitle: a: b\nrelated_article1:\n    url: {BREAD.url}-again\n---\n")
    site = Site.at(site.root)
    with pytest.raises(QtauthorError) as caught:
        retitle(site, RetitleRequest(BREAD.path, NEW))
    assert caught.value.code is Code.UNREADABLE_LINK
    assert caught.value.where.path == "content/learn/biology/broken.md"
    outcome = retitle(site, RetitleRequest(BREAD.path, NEW, leave_unreadable=True))
    assert [n for n in outcome.notices if "broken.md" in n]
    words = retitle(site, RetitleRequest(BREAD.path, NEW, keep_url=True))
    assert [n for n in words.notices if "broken.md" in n]


def test_a_filing_that_cannot_be_read_is_refused(site: Site) -> None:
    twin = site.root / TWIN.path
    twin.parent.mkdir()
    twin.write_text("---\nid: 7\ntitle: a: b\n---\n")
    with pytest.raises(QtauthorError) as caught:
        retitle(Site.at(site.root), RetitleRequest(BREAD.path, NEW))
    assert (caught.value.code, caught.value.where.path) == (Code.UNREADABLE_LINK, TWIN.path)


def test_without_a_configured_list_no_redirect_is_made_and_that_is_told(tmp_path: Path) -> None:
    site = make(tmp_path, [BREAD])
    outcome = retitle(site, RetitleRequest(BREAD.path, NEW))
    assert str(summarise(site, outcome.changes)) == "1 article, 0 redirects"
    assert any("redirects.path is not configured" in notice for notice in outcome.notices)


def test_a_link_that_cannot_be_edited_is_refused_with_its_file(site: Site) -> None:
    path = site.root / YEAST.path
    text = path.read_text().replace(f"url: {BREAD.url}", f"url: &u {BREAD.url}", 1)
    path.write_text(text.replace(f"url: {BREAD.url}", "url: *u"))
    with pytest.raises(QtauthorError) as caught:
        retitle(Site.at(site.root), RetitleRequest(BREAD.path, NEW))
    assert caught.value.where.path == YEAST.path
