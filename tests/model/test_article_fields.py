"""Names, order and types of the fields."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from qtauthor.errors import Code, QtauthorError
from qtauthor.model import article_fields, numbered_blocks
from qtauthor.text.document import Document
from tests.support.sites import DEMO


def test_the_canonical_order_is_that_of_the_templates_and_the_sample() -> None:
    order = [field.pointer for field in article_fields.fields().values()]
    for path in [*DEMO.rglob("*.md"), *(Path(__file__).parents[2] / "templates").glob("*.md")]:
        document = Document.parse(path.read_bytes())
        keys = [f"/{key}" for key in document.keys()]  # noqa: SIM118
        assert keys == sorted(keys, key=order.index)


def test_only_score_no_index_and_related_articles_are_optional() -> None:
    optional = {field.name for field in article_fields.fields().values() if not field.required}
    assert optional == {"no_index", "score", *numbered_blocks.KEYS}


@pytest.mark.parametrize(
    ("at", "text", "value"),
    [
        ("/id", "7", 7),
        ("/score", "1", 1.0),
        ("/score", "-1.5", -1.5),
        ("/no_index", "true", True),
        ("/no_index", "False", False),
        ("/date", "2024-02-29", datetime.date(2024, 2, 29)),
        ("/title", "7", "7"),
        ("/title", "", ""),
        ("/seo/title", " a ", " a "),
        ("/related_article2/id", "7", 7),
        ("/unknown", "7", "7"),
    ],
)
def test_text_becomes_a_value_of_the_fields_type(at: str, text: str, value: object) -> None:
    result = article_fields.value_of(at, text)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("/id", "x"),
        ("/id", "1.5"),
        ("/id", ""),
        ("/score", "high"),
        ("/no_index", "perhaps"),
        ("/date", "2024-02-30"),
        ("/date", "20240229"),
        ("/date", "1708000000"),
        ("/seo", "x"),
        ("/related_article1", "5"),
    ],
)
def test_text_that_is_no_value_of_the_type_is_refused(at: str, text: str) -> None:
    with pytest.raises(QtauthorError) as caught:
        article_fields.value_of(at, text)
    assert caught.value.code is Code.WRONG_TYPE
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("key", "near"),
    [("titel", "title"), ("seo.keywords", "seo.page_keywords"), ("noindex", "no_index")],
)
def test_an_unknown_field_is_answered_with_the_nearest_name_and_the_pointer(
    key: str, near: str
) -> None:
    with pytest.raises(QtauthorError) as caught:
        article_fields.pointer_of(key)
    assert near in caught.value.remedy
    assert "/" + key.replace(".", "/") in caught.value.remedy


def test_names_and_pointers_mean_the_same_place() -> None:
    for field in article_fields.fields().values():
        assert (
            article_fields.pointer_of(field.name)
            == article_fields.pointer_of(field.pointer)
            == field.pointer
        )
