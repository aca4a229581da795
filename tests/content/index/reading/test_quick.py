"""Where the quick reader reads, it reads what the document says."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qtauthor.content import id_scan
from qtauthor.content.index.reading import facts, quick
from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document
from tests.support.amounts import in_parts, many, of
from tests.support.house_articles import ARTICLES, TEMPLATE, damaged, mutated
from tests.support.sites import CHAIN, DEMO
from tests.text.hostile import HOSTILE, texts


def same(data: bytes) -> bool:
    """Whether the quick reader read it; that it agrees with YAML is asserted."""
    assert facts.facts(data) == facts.read(data)
    found = quick.match(data)
    if found is not None:
        fields = Document.parse(data).get()
        assert quick.answer(found) == fields["answer"]
        assert int(quick.identity(found)) == fields["id"]
    return found is not None


def test_every_generated_article_is_read_quickly() -> None:
    assert all(same(data) for data in ARTICLES)


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_every_article_is_read_alike(every_article: list[tuple[str, bytes]], part: int) -> None:
    random = Random(part)
    for name, data in of(part, every_article):
        assert same(data), name
        same(mutated(data, random))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_read_otherwise_than_by_yaml(text: str) -> None:
    same(TEMPLATE.format(text, text).encode())
    same(TEMPLATE.format("a", text).encode())
    same(TEMPLATE.format(f"a{text}", f"a{text}b").encode())


@given(texts(), texts())
@example("true", "true")
@example("Null", "x ")
@example("/", "\x85")
def test_no_pair_of_texts_is_read_otherwise_than_by_yaml(plain: str, folded: str) -> None:
    same(TEMPLATE.format(plain, folded).encode())


@given(st.integers(0, 2**32))
def test_no_damaged_article_is_read_otherwise_than_by_yaml(seed: int) -> None:
    same(damaged(seed))


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_none_of_many_texts_is_read_otherwise_than_by_yaml(part: int) -> None:
    @many(part)
    @given(texts(), texts(), st.integers(0, 2**32))
    def check(plain: str, folded: str, seed: int) -> None:
        same(TEMPLATE.format(plain, folded).encode())
        same(damaged(seed))

    check()


@pytest.mark.parametrize("day", ["2024-02-30", "0000-01-01", "2024-13-01", "2024-1-01"])
def test_a_date_that_does_not_exist_is_left_to_yaml(day: str) -> None:
    data = TEMPLATE.format("a", "b").replace("2024-12-18", day).encode()
    assert not same(data)


def test_lines_of_other_systems_are_left_to_yaml() -> None:
    data = (DEMO / CHAIN).read_bytes()
    assert same(data)
    assert not same(data.replace(b"\n", b"\r\n"))
    assert not same(b"\xef\xbb\xbf" + data)


HEAD = "---\n_schema: default\nid: 5\nsubject: A\n"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"{HEAD}title: >-\n    id: 6\n---\n", 5),
        (f"{HEAD}seo:\n  id: 6\n---\n", 5),
        ('---\nid: "5"\nsubject: [A]\n---\n', "5"),
        ("---\nid: 0x10\nsubject: 7\n---\n", 16),
        ("---\n{id: 5, subject: A}\n---\n", 5),
        ('---\ntitle: "\nid: 6\n"\nsubject: A\n---\n', None),
        ("---\ntitle: x\n---\n\nid: 6\nsubject: A\n", None),
        ("---\nid: 012\nsubject: No\n---\n", 12),
        (TEMPLATE.format("a", "b"), 12),
    ],
    ids=range(9),
)
def test_skimming_finds_the_id_that_the_document_has(text: str, number: object) -> None:
    assert id_scan.article_id(text.encode()) == number


def test_a_broken_file_mentions_its_ids() -> None:
    data = TEMPLATE.format("a: b", "c").encode()
    assert id_scan.mentioned_ids(data) == [12, 3]
    assert facts.facts(data).mentioned == (12, 3)
    with pytest.raises(QtauthorError):
        id_scan.article_id(data)
