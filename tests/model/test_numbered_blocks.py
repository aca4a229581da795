"""How related articles are numbered, and what stands at a pointer."""

from __future__ import annotations

import pytest

from qtauthor.model import article_fields, numbered_blocks


def test_as_many_blocks_as_the_schema_has_fields() -> None:
    pointers = [
        at for at, known in article_fields.fields().items() if known.type is article_fields.Related
    ]
    assert list(numbered_blocks.POINTERS) == pointers
    assert len(numbered_blocks.KEYS) == numbered_blocks.MAX_RELATED
    assert [numbered_blocks.number(key) for key in numbered_blocks.KEYS] == list(
        range(1, numbered_blocks.MAX_RELATED + 1)
    )


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("related_article1", 1),
        ("related_article12", 12),
        ("related_article0", None),
        ("related_article01", None),
        ("related_article1x", None),
        ("related_article", None),
        ("a_related_article1", None),
        ("related_article1\n", None),
        (1, None),
        (None, None),
    ],
)
def test_the_number_in_a_key(key: object, number: int | None) -> None:
    assert numbered_blocks.number(key) == number


@pytest.mark.parametrize(
    ("at", "number", "first"),
    [
        ("/related_article3", 3, "/related_article1"),
        ("/related_article12/url", 12, "/related_article1/url"),
        ("/related_article12x/url", None, "/related_article12x/url"),
        ("/seo/related_article1", None, "/seo/related_article1"),
        ("/url", None, "/url"),
        ("", None, ""),
    ],
)
def test_the_block_at_a_pointer(at: str, number: int | None, first: str) -> None:
    assert numbered_blocks.number_at(at) == number
    assert numbered_blocks.as_first(at) == first
    assert numbered_blocks.is_inside(at) == (number is not None)


def test_a_block_that_is_set_aside_is_one() -> None:
    assert numbered_blocks.is_inside(f"/{numbered_blocks.aside(2)}/url")
    assert numbered_blocks.number(numbered_blocks.aside(2)) is None


def test_numbers_are_ascending() -> None:
    keys = ["related_article3", "url", "related_article11", "related_article2", 7]
    assert numbered_blocks.numbers(keys) == [2, 3, 11]
