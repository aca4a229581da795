"""Where the quick reader reads, it reads what the document says."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.make_site import Generator
from qtauthor.content import skim
from qtauthor.content.index import facts, quick
from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document
from tests.support.sites import CHAIN, DEMO
from tests.text.hostile import HOSTILE, texts

ARTICLES = [data for _, data in Generator(60).articles()]
TEMPLATE = """---
_schema: default
id: 12
date: 2024-12-18
title: {0}
article_title: >-
    {0}
date_format: MMM DD, YYYY
post_on_text: Posted on
seo:
  title: {0}
  page_description: >-
    {1}
  page_keywords: {0}
author: QuickTakes
question: >-
    {1}
no_index: True
answer: >-
    {1}
subject: {0}
file_name: a.md
url: /learn/a/questions/a
score: -1.0
related_article1:
    id: -3
    title: {0}
    subject: {0}
    url: {0}
---

&nbsp;"""


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


def test_every_article_of_the_corpus_is_read_alike(corpus: Path) -> None:
    paths = sorted(corpus.glob("*/*.md"))
    for path in paths[::8]:
        assert same(path.read_bytes())


@pytest.mark.slow
def test_any_article_of_the_corpus_is_read_alike(corpus: Path) -> None:
    for path in sorted(corpus.glob("*/*.md")):
        assert same(path.read_bytes())


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


PIECES = (
    b" ", b"\n", b"\t", b"\r", b":", b"#", b": ", b" #", b"-", b"'", b'"', b">-\n", b"|", b"    ",
    b"---", b"\n---\n", b"id: 7\n", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff", b"\x0c",
    b"&a ", b"*a", b"!t ", b"{}", b"[", b"0", b"true", b"\xc3\xa9", b"",
)  # fmt: skip


def mutated(data: bytes, random: Random) -> bytes:
    """The article with one to three bytes put in, taken out or exchanged, mostly at the front."""
    for _ in range(random.randint(1, 3)):
        at = random.randrange(min(len(data), random.choice((60, 900, 10**6))))
        data = data[:at] + random.choice(PIECES) + data[at + random.choice((0, 1, 1, 5)) :]
    return data


@given(st.integers(0, 2**32))
def test_no_damaged_article_is_read_otherwise_than_by_yaml(seed: int) -> None:
    random = Random(seed)
    same(mutated(random.choice(ARTICLES), random))


@pytest.mark.slow
def test_no_article_with_any_line_changed_is_read_otherwise_than_by_yaml() -> None:
    random = Random(7)
    for _ in range(20_000):
        same(mutated(random.choice(ARTICLES), random))


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
    assert skim.article_id(text.encode()) == number


def test_a_broken_file_mentions_its_ids() -> None:
    data = TEMPLATE.format("a: b", "c").encode()
    assert skim.mentioned_ids(data) == [12, 3]
    assert facts.facts(data).mentioned == (12, 3)
    with pytest.raises(QtauthorError):
        skim.article_id(data)
