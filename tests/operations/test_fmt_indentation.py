"""The columns of the house style: each level, comments between, and what keeps its distance."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from qtauthor.errors import QtauthorError
from qtauthor.model import templates
from qtauthor.text.document import Document
from tests.operations.house_style.test_fmt import ALL, FOLDED, PLAIN, formatted, front
from tests.support.readers import ReadError, SiteReader, read_yaml11
from tests.support.sites import DEMO
from tests.text.test_cases import CASES, raw, sections

LISTS = Document.parse(
    b"---\ntags:\n  - a\nseo:\n   title: a\n   deep:\n        x: >-\n         a\n---\n"
)
WIDE = "\n".join(
    f"{key}:\n   {key}:\n        k: >-\n           text\n   l:\n      - a" for key in "abcdefgmxyz"
)
"""Most keys of the cases, in columns that none of them has."""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: >-\n A", "title: >-\n    A"),
        ("answer: >-\n      A\n\n        b\n   ", "answer: >-\n    A\n\n      b\n   "),
        ("seo:\n      title: A", "seo:\n  title: A"),
        ("seo:\n page_keywords: |-\n   A", "seo:\n  page_keywords: |-\n    A"),
        (
            "related_article9:\n # of the id\n id: 1\n title: >-\n  A\n# free\nx: 1",
            "related_article9:\n    # of the id\n    id: 1\n    title: >-\n        A\n# free\nx: 1",
        ),
        ("  # top\n  id: 1\n  x:\n   y: 2\n  # end", "# top\nid: 1\nx:\n y: 2\n# end"),
        (
            "seo:\n # first\n title: A\n   # deep\n# end",
            "seo:\n  # first\n  title: A\n    # deep\n# end",
        ),
        ("canonical: >-\n A", "canonical: >-\n    A"),
        (
            "seo:\n    other:\n      - a\n      - b: 1\n        c: >-\n         A",
            "seo:\n  other:\n    - a\n    - b: 1\n      c: >-\n       A",
        ),
        (
            "seo:\n     title: A\n       B\n     page_keywords: [a,\n      b]",
            "seo:\n  title: A\n    B\n  page_keywords: [a,\n   b]",
        ),
        ("seo:\n     title: [\n]", "seo:\n  title: [\n   ]"),
        ("question: >2-\n    A", "question: >4-\n      A"),
        ("question: >-2  # c\n  A", "question: >-4  # c\n    A"),
        ("seo: &s # c\n     title: &t A\nx: *s\ny: *t", "seo: &s # c\n  title: &t A\nx: *s\ny: *t"),
        ("seo:\n     !!map\n     title: A", "seo:\n  !!map\n  title: A"),
        ("seo:\n     ? title\n     : A", "seo:\n  ? title\n  : A"),
        ("other:\n     a: >-\n      A", None),
        ("seo: {title:\n     A}", None),
        ("seo: []\nrelated_article1: x\ndate: >-\n", None),
        ("id: |+\n A\n", None),
    ],
)
def test_each_level_gets_its_columns(before: str, after: str | None) -> None:
    assert formatted(front(before), FOLDED, "indentation") == front(after or before)


def test_lists_and_deeper_mappings_follow_the_template() -> None:
    before = [
        "tags:",
        "- a",
        "# of b",
        "- b",
        "  # free",
        "# of seo",
        "seo:",
        " deep:",
        "  x: |",
        "   A",
    ]
    after = [
        "tags:",
        "  - a",
        "  # of b",
        "  - b",
        "    # free",
        "# of seo",
        "seo:",
        "   deep:",
        "        x: |",
        "         A",
    ]
    assert formatted(front(*before), LISTS, "indentation") == front(*after)


def test_text_below_a_key_stands_as_deep_as_the_keys_where_the_template_has_none() -> None:
    before = ["related_article1:", " title: >-", "   A"]
    after = ["related_article1:", "    title: >-", "        A"]
    assert formatted(front(*before), PLAIN, "indentation") == front(*after)


def test_what_cannot_be_proven_stays_alone() -> None:
    # a comment as deep as the text would become text
    before = ["title: >-", " A", "seo:", "     title: |-", "        A", "      # c", "author: b"]
    template = Document.parse(b"---\ntitle: >-\n   a\nseo:\n    title: |-\n     a\n---\n")
    result = formatted(front(*before), template, "indentation")
    assert result == front("title: >-", "   A", *before[2:])


def test_carriage_returns_and_a_byte_order_mark_stay() -> None:
    before = "\ufeff" + front("title: >-", " Ä", "seo:", "    title: A").decode()
    after = "\ufeff" + front("title: >-", "    Ä", "seo:", "  title: A").decode()
    for newline in ("\n", "\r\n"):
        data, wanted = (text.replace("\n", newline).encode() for text in (before, after))
        assert formatted(data, FOLDED, "indentation") == wanted


def test_all_parts_at_once_give_the_columns_of_the_template() -> None:
    before = ["seo:", "    page_description: 'Ä'", "related_article1:", "  title: 'A'", "title: A"]
    after = [
        "title: >-",
        "    A",
        "seo:",
        "  page_description: >-",
        "    Ä",
        "related_article1:",
        "    title: >-",
        "        A",
    ]
    assert formatted(front(*before), FOLDED, *ALL) == front(*after)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_awkward_documents_read_as_before(path: Path, site_reader: SiteReader) -> None:
    data = raw(sections(path)["before"])
    for text in (WIDE, WIDE.replace("        k:", "    k:").replace("      - ", "   - ")):
        template = Document.parse(f"---\n{text}\n---\n".encode())
        try:
            result = formatted(data, template, "indentation")
        except QtauthorError:
            continue  # data that fmt refuses to read
        assert words(result) == words(data)
        assert readings(result.decode(), site_reader) == readings(data.decode(), site_reader)


def words(data: bytes) -> list[str]:
    """A file without its white space and the depths that headers of blocks name."""
    return re.findall(r"\S+", re.sub(r"([|>][-+]?)[1-9]", r"\1", data.decode()))


def readings(text: str, site_reader: SiteReader) -> list[object]:
    """What the other readers say, their refusals included."""
    found: list[object] = []
    for read in (read_yaml11, site_reader.read):
        try:
            found.append(repr(read(text)))
        except ReadError:
            found.append(None)
    return found


def disturbed(text: str, rng: random.Random) -> str:
    """An article of the house style with other columns at each level, and a comment in each."""
    front_matter, fence, body = text.partition("\n---\n")
    result: list[str] = []
    key = inner = house = 0
    for line in front_matter.split("\n"):
        bare = line.lstrip(" ")
        if bare == line:
            house = {"seo": 2, "related_article": 4}.get(re.sub(r"\d?:.*", "", line), 0)
            key, inner = rng.randint(1, 7), rng.randint(1, 7)
            result.append(line)
        elif house:
            deep = len(line) - len(bare) > house
            result.append(" " * (key + inner * deep) + bare)
        else:
            result.append(" " * rng.randint(1, 7) + bare)
    return "\n".join(result) + fence + body


def test_disturbed_columns_of_corpus_articles_are_mended(corpus: Path) -> None:
    rng = random.Random(10)
    mended = 0
    for path in rng.sample(sorted(corpus.rglob("*.md")), 200):
        data = path.read_bytes()
        before = disturbed(data.decode(), rng).encode()
        for template in (FOLDED, PLAIN):
            assert formatted(data, template, "indentation") == data, path
            assert formatted(before, template, "indentation") == data, path
        mended += before != data
    assert mended > 190


def test_disturbed_demo_articles_are_mended() -> None:
    rng = random.Random(11)
    template = templates.load("folded", DEMO)
    for path in sorted((DEMO / "content").rglob("*.md")):
        data = path.read_bytes()
        before = disturbed(data.decode(), rng).encode()
        assert before != data
        assert formatted(before, template, "indentation") == data
