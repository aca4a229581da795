"""The typed view over a document."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.answer import codec
from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.model.article_fields import Related
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.text.document import Document
from tests.support.sites import CHAIN, DEMO, copy_demo

ARTICLE = Article.parse((DEMO / CHAIN).read_bytes())


def lines_changed(before: Article, after: Article) -> tuple[list[str], list[str]]:
    """The lines that only one of two articles has, in order."""
    old, new = before.document.text.split("\n"), after.document.text.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def refusal(key: str, value: object) -> Code:
    with pytest.raises(QtauthorError) as caught:
        ARTICLE.set(key, value)  # type: ignore[arg-type]
    return caught.value.code


def test_fields_have_their_types() -> None:
    fields = ARTICLE.fields()
    assert isinstance(fields.id, int)
    assert isinstance(fields.date, datetime.date)
    assert fields.seo.title == "QuickTakes | Bicycles"
    assert isinstance(fields.related_article1, Related)


def test_properties_say_what_the_fields_say() -> None:
    assert ARTICLE.id == ARTICLE.get("id")
    assert ARTICLE.date == ARTICLE.get("date")
    assert ARTICLE.question == ARTICLE.get("/question")
    assert ARTICLE.subject == "Bicycles"
    assert ARTICLE.url.startswith("/learn/bicycles/questions/")


def test_the_answer_is_read_as_markdown() -> None:
    stored = ARTICLE.get("answer")
    assert r"\n" in stored
    assert ARTICLE.markdown == stored.replace(r"\n", "\n")


@given(st.text(st.sampled_from("ab \n#*`\\$-"), max_size=30).filter(lambda t: r"\n" not in t))
def test_an_answer_given_as_markdown_is_read_back_as_that_markdown(text: str) -> None:
    assert ARTICLE.set_markdown(text).markdown == text


def test_an_answer_with_line_breaks_is_encoded_and_one_without_is_stored_as_it_is() -> None:
    assert ARTICLE.set("answer", "a\n\nb").get("answer") == r"a\n\nb"
    assert ARTICLE.set("answer", r"a\n\nb").get("answer") == r"a\n\nb"


@pytest.mark.parametrize("text", ["x\n$a \\neq b$", r"$a \neq b$", r"$\nabla f$"])
def test_latex_that_the_site_would_tear_is_never_written(text: str) -> None:
    assert refusal("answer", text) is Code.TORN_LATEX


def test_a_site_that_stores_real_line_breaks_keeps_them() -> None:
    article = Article(ARTICLE.document, codec("plain")).set_markdown("a\n\n\\neq")
    assert article.get("answer") == article.markdown == "a\n\n\\neq"


def test_keywords_are_a_list() -> None:
    words = ARTICLE.keywords
    assert len(words) > 1
    assert all(word == word.strip() and "," not in word for word in words)
    assert ARTICLE.set_keywords(["a", " b "]).get("seo.page_keywords") == "a, b"


def test_keywords_that_are_the_same_change_nothing() -> None:
    assert ARTICLE.set_keywords(ARTICLE.keywords) is ARTICLE


@pytest.mark.parametrize("word", ["", "a,b"])
def test_what_is_no_keyword_is_refused(word: str) -> None:
    with pytest.raises(QtauthorError):
        ARTICLE.set_keywords(["a", word])


def test_related_articles_are_a_sequence() -> None:
    assert [link.id for link in ARTICLE.related] == [
        ARTICLE.get(f"related_article{number}.id") for number in range(1, len(ARTICLE.related) + 1)
    ]


def test_related_articles_that_are_the_same_change_nothing() -> None:
    assert ARTICLE.set_related(ARTICLE.related).document.edits == ()


def test_fewer_related_articles_are_numbered_from_one_without_a_gap() -> None:
    rest = ARTICLE.related[1:]
    article = ARTICLE.set_related(rest)
    assert article.related == rest
    keys = [key for key in article.document.keys() if key.startswith("related")]  # noqa: SIM118
    assert keys == [f"related_article{number}" for number in range(1, len(rest) + 1)]


def test_more_related_articles_are_written_in_the_style_of_those_that_are_there() -> None:
    link = Related(id=7, title="New: one", subject="S", url="/u")
    article = ARTICLE.set_related([*ARTICLE.related, link])
    gone, new = lines_changed(ARTICLE, article)
    number = len(ARTICLE.related) + 1
    assert not gone
    assert new == [
        f"related_article{number}:",
        "    id: 7",
        "        New: one",
        "    subject: S",
        "    url: /u",
    ]


def test_more_related_articles_than_a_page_shows_are_refused() -> None:
    with pytest.raises(QtauthorError) as caught:
        ARTICLE.set_related([ARTICLE.related[0]] * (MAX_RELATED + 1))
    assert caught.value.code is Code.TOO_MANY_RELATED


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("id", "5", Code.WRONG_TYPE),
        ("id", 5.5, Code.WRONG_TYPE),
        ("id", True, Code.WRONG_TYPE),
        ("no_index", "true", Code.WRONG_TYPE),
        ("date", "2024-01-01", Code.WRONG_TYPE),
        ("title", 5, Code.WRONG_TYPE),
        ("score", float("nan"), Code.WRONG_TYPE),
        ("score", float("inf"), Code.WRONG_TYPE),
        ("answer", "$\x0corall x$", Code.CONTROL_CHARACTER),
        ("title", "a\x07lpha", Code.CONTROL_CHARACTER),
        ("seo", "x", Code.WRONG_TYPE),
        ("titel", "x", Code.UNKNOWN_FIELD),
        ("seo.titel", "x", Code.UNKNOWN_FIELD),
        ("/a~2", "x", Code.BAD_POINTER),
    ],
)
def test_a_value_that_the_field_may_not_hold_is_refused(
    key: str, value: object, code: Code
) -> None:
    assert refusal(key, value) is code


def test_a_whole_number_is_a_score_with_a_decimal() -> None:
    assert "\nscore: 2.0\n" in ARTICLE.set("score", 2).document.text


def test_a_pointer_names_keys_that_no_article_has() -> None:
    assert ARTICLE.set("/draft", [1, 2]).get("/draft") == [1, 2]


def test_a_field_that_every_article_needs_is_not_taken_out_by_its_name() -> None:
    with pytest.raises(QtauthorError) as caught:
        ARTICLE.unset("title")
    assert caught.value.code is Code.MISSING_FIELD
    assert not ARTICLE.unset("/title").has("title")


def test_a_new_title_is_written_in_the_style_of_its_twin() -> None:
    plain = Article(ARTICLE.document.restyle("/title", "plain")).unset("/article_title")
    folded = Article(ARTICLE.document.restyle("/title", "folded")).unset("/article_title")
    assert plain.set("article_title", "Why?").document.style("/article_title") == "plain"
    assert folded.set("article_title", "Why?").document.style("/article_title") == "folded"


def test_an_article_that_lacks_a_field_has_no_typed_fields() -> None:
    with pytest.raises(QtauthorError) as caught:
        ARTICLE.unset("/subject").fields()
    assert caught.value.code is Code.MISSING_FIELD
    assert "subject" in caught.value.message


def test_a_field_of_another_type_is_named() -> None:
    article = Article(ARTICLE.document.set("/seo/title", 5))
    with pytest.raises(QtauthorError) as caught:
        article.fields()
    assert caught.value.code is Code.WRONG_TYPE
    assert "seo.title" in caught.value.message


def test_every_field_of_the_sample_has_its_canonical_place(tmp_path: Path) -> None:
    """Each optional field, taken out and set again, stands where it stood."""
    site: Site = copy_demo(tmp_path)
    for path in site.paths():
        article = site.article(path)
        for key in ("no_index", "score", "article_title", "related_article1"):
            if article.has(key):
                again = article.unset(f"/{key}").set(key, article.get(key))
                assert again.document.keys() == article.document.keys()


def test_every_article_of_the_corpus_has_all_fields_and_their_types(corpus: Path) -> None:
    paths = sorted(corpus.glob("*/*.md"))
    for path in paths[::10]:
        article = Article(Document.parse(path.read_bytes()))
        assert article.fields().question == article.question
        assert len(article.related) <= 5
    assert len(paths) == 4801
