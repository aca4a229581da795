"""What is under the cursor, by the tree and by lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qtauthor.text import cursor
from qtauthor.text.yaml.located_tree import Located

TEXT = (
    "---\n_schema: default\nid: 7\ntitle: >-\n    How do cells drink? 😀 A tale\nseo:\n"
    "  title: QuickTakes | Biology\n  page_keywords: one, two\nauthor: QuickTakes\n"
    "related_article1:\n    id: 2\n    url: /learn/biology/questions/what-is-osmosis\n"
    "related_article2:\n    title: >-\n        What is heat: a form of energy?\n"
    "---\n\n&nbsp;\n"
)
BROKEN = TEXT.replace("author: QuickTakes", "author: [QuickTakes")
OSMOSIS = "/learn/biology/questions/what-is-osmosis"


def by_lines(text: str, offset: int) -> str | None:
    spot = cursor.by_lines(text, offset)
    return spot.pointer if spot else None


def test_lines_tell_what_the_tree_tells(corpus: Path) -> None:
    """At every place of some articles of the sample, in whatever style they are."""
    folder = min(os.scandir(corpus), key=lambda entry: entry.name)
    for file in sorted(Path(folder.path).iterdir())[:12]:
        text = file.read_bytes().decode()
        front = Located.read(text).front
        for offset in range(front.start, front.end - 1, 7):
            spot = cursor.at(text, offset)
            assert (spot.pointer if spot else None) == by_lines(text, offset), (file, offset)


@pytest.mark.parametrize(
    ("at", "pointer", "value"),
    [
        ("title: >-", "/title", "How do cells drink? 😀 A tale"),
        ("title: QuickTakes", "/seo/title", "QuickTakes | Biology"),
        ("one, two", "/seo/page_keywords", "one, two"),
        (OSMOSIS, "/related_article1/url", OSMOSIS),
        ("What is heat", "/related_article2/title", "What is heat: a form of energy?"),
        ("related_article2", "/related_article2", None),
    ],
)
@pytest.mark.parametrize("text", [TEXT, BROKEN], ids=["yaml", "broken"])
def test_the_key_and_the_value_at_the_cursor(
    text: str, at: str, pointer: str, value: str | None
) -> None:
    spot = cursor.at(text, text.index(at))
    assert spot is not None
    assert spot.pointer == pointer
    assert text[slice(*spot.key)] == pointer.rpartition("/")[2]
    if value is not None:
        assert text[slice(*spot.value)] == value


@pytest.mark.parametrize("at", ["---\n_schema", "---\n\n&nbsp;", "&nbsp;"])
def test_nothing_is_at_the_fences_and_below(at: str) -> None:
    assert cursor.at(TEXT, TEXT.index(at)) is None
    assert cursor.at(BROKEN, BROKEN.index(at)) is None


def test_a_text_without_an_end_is_front_matter_to_its_end() -> None:
    text = BROKEN[: BROKEN.index("---\n\n&nbsp;")]
    spot = cursor.at(text, len(text))
    assert spot is not None
    assert spot.pointer == "/related_article2/title"


@pytest.mark.parametrize("text", [TEXT, BROKEN], ids=["yaml", "broken"])
@pytest.mark.parametrize(
    ("at", "above", "beside"),
    [
        ("id: 7", "", ["_schema", "title", "seo", "author"]),
        ("  page_keywords", "/seo", ["title"]),
        ("    url: /learn", "/related_article1", ["id"]),
    ],
)
def test_the_mapping_around_a_line_and_its_other_keys(
    text: str, at: str, above: str, beside: list[str]
) -> None:
    line = text.index(at)
    indent = len(at) - len(at.lstrip())
    assert cursor.around(text, line, indent) == above
    found = list(cursor.keys_beside(text, line, indent))
    assert found == beside + (["related_article1", "related_article2"] if not above else [])


@pytest.mark.parametrize(
    ("at", "inside"),
    [("_schema", True), ("url:", True), ("---\n\n&nbsp;", False), ("&nbsp;", False)],
)
def test_what_is_between_the_fences(at: str, inside: bool) -> None:
    assert cursor.is_in_front(TEXT, TEXT.index(at)) == inside
    assert not cursor.is_in_front(TEXT, 1)
    assert not cursor.is_in_front(TEXT.removeprefix("---\n"), 20)
