"""The house style as an operation: each part, its limits, and that data stays."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from qtauthor.changes.change import apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove
from qtauthor.content.article import Article
from qtauthor.errors import Code, QtauthorError
from qtauthor.model import templates
from qtauthor.operations.house_style import fmt as module
from qtauthor.operations.house_style.fmt import PARTS, fmt
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import same
from tests.support.sites import DEMO

FOLDED, PLAIN = (templates.load(name, DEMO) for name in ("folded", "plain"))
ALL = tuple(PARTS)


def formatted(data: bytes, template: Document, *parts: str) -> bytes:
    """The bytes after ``fmt``: proven, of equal data, and the same when formatted once more."""
    change = fmt("a.md", Article.parse(data, like=template), template, parts)
    if change is None:
        return data
    prove(ChangeSet((change,)), lambda _path: data)
    result = apply(data, change.edits)
    assert same(Document.parse(result).get(), Document.parse(data).get())
    assert fmt("a.md", Article.parse(result, like=template), template, parts) is None
    return result


def front(*lines: str) -> bytes:
    return "\n".join(["---", *lines, "---", "", "body"]).encode()


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("title-style", ["title: A?"], ["title: >-", "    A?"]),
        ("title-style", ["article_title: 'A'"], ["article_title: >-", "    A"]),
        (
            "title-style",
            ["related_article7:", "    title: A"],
            ["related_article7:", "    title: >-", "        A"],
        ),
        ("title-style", ["seo:", "  title: 'A'"], None),
        ("title-style", ["author: 'A'"], None),
        ("title-style", ['title: " A"'], None),
        ("quoting", ["author: 'A'", 'subject: "B"'], ["author: A", "subject: B"]),
        ("quoting", ["question: A"], ["question: >-", "    A"]),
        ("quoting", ["seo:", "  title: 'A'"], ["seo:", "  title: A"]),
        ("quoting", ["author: 'No'"], None),
        ("quoting", ["author: 'a: b'"], None),
        ("quoting", ["other: 'a'"], None),
        ("quoting", ["title: 'a'"], None),
        ("quoting", ["date: '2024-01-01'"], None),
        ("booleans", ["no_index: true", "x: FALSE"], ["no_index: True", "x: False"]),
        ("booleans", ["no_index: !!bool true # c"], ["no_index: !!bool True # c"]),
        ("booleans", ["no_index: 'true'", "x: yes"], None),
        ("key-order", ["date: 1", "# of the id", "id: 2"], ["# of the id", "id: 2", "date: 1"]),
        ("key-order", ["z: 1", "date: 1", "y: 1", "id: 2"], ["z: 1", "id: 2", "date: 1", "y: 1"]),
        (
            "key-order",
            ["seo:", "  page_keywords: a", "  # t", "  title: b"],
            ["seo:", "  # t", "  title: b", "  page_keywords: a"],
        ),
        (
            "key-order",
            ["related_article9:", "    url: a", "    id: 1"],
            ["related_article9:", "    id: 1", "    url: a"],
        ),
        ("key-order", ["other:", "    b: 1", "    a: 1"], None),
        ("fence-gap", ["id: 1", "", "  ", ""], ["id: 1"]),
        ("fence-gap", ["id: |-", "  a", ""], ["id: |-", "  a"]),
        ("fence-gap", ["id: |+", "  a", ""], None),
        ("fence-gap", ["", "id: 1"], None),
        ("fence-gap", ["id: 1", "", "# end"], None),
    ],
)
def test_a_part_changes_its_own_and_nothing_else(
    part: str, before: list[str], after: list[str] | None
) -> None:
    assert formatted(front(*before), FOLDED, part) == front(*(after or before))


def test_other_parts_leave_alone_what_one_part_would_change() -> None:
    data = front(
        "date: 1", "id: 2", "title: A", "author: 'A'", "no_index: true", "seo:", " x: 1", ""
    )
    results = {part: formatted(data, FOLDED, part) for part in ALL}
    assert data not in results.values()
    assert len({*results.values()}) == len(ALL)


def test_carriage_returns_stay() -> None:
    data = front("date: 1", "id: 2", "title: A", "no_index: true", "").replace(b"\n", b"\r\n")
    lines = ["id: 2", "date: 1", "title: >-", "    A", "no_index: True"]
    assert formatted(data, FOLDED, *ALL) == front(*lines).replace(b"\n", b"\r\n")


def test_a_template_with_a_gap_gets_one_and_a_small_boolean_small_letters() -> None:
    template = Document.parse(b"---\nb: true\n\n\n---\n")
    assert formatted(front("a: True"), template, *ALL) == front("a: true", "", "")


def test_what_the_engine_refuses_stays_and_the_rest_is_formatted() -> None:
    data = front("title: &t A", "article_title: A", "author: *t")
    lines = ["title: &t A", "article_title: >-", "    A", "author: *t"]
    assert formatted(data, FOLDED, "title-style") == front(*lines)


def test_data_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(QtauthorError) as caught:
        formatted(front("a: 1", "a: 2"), FOLDED, *ALL)
    assert caught.value.code is Code.DUPLICATE_KEY


def test_a_part_that_would_change_data_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in (lambda d, _t: d.set("/id", 9), lambda d, _t: d.set("/id", 1.0)):
        monkeypatch.setitem(module.PARTS, "quoting", broken)
        with pytest.raises(QtauthorError) as caught:
            formatted(front("id: 1"), FOLDED, "quoting")
        assert caught.value.code is Code.UNPROVEN_EDIT


@pytest.mark.parametrize("path", sorted((DEMO / "content").rglob("*.md")), ids=lambda p: p.stem)
@pytest.mark.parametrize("template", [FOLDED, PLAIN], ids=["folded", "plain"])
def test_demo_articles_keep_their_data(path: Path, template: Document) -> None:
    formatted(path.read_bytes(), template, *ALL)


def test_plain_titles_folded_and_made_plain_again_give_the_original_bytes(corpus: Path) -> None:
    paths = random.Random(8).sample(sorted(corpus.rglob("*.md")), 300)
    returned = 0
    for path in paths:
        data = path.read_bytes()
        if formatted(data, PLAIN, "title-style") == data and b"\ntitle: >-" not in data:
            folded = formatted(data, FOLDED, "title-style")
            assert folded != data
            assert formatted(folded, PLAIN, "title-style") == data, path
            returned += 1
    assert returned > 30


def test_corpus_articles_in_the_house_style_are_left_alone(corpus: Path) -> None:
    paths = random.Random(9).sample(sorted(corpus.rglob("*.md")), 100)
    for path in paths:
        data = path.read_bytes()
        if formatted(data, FOLDED, "title-style", "fence-gap") == data:
            assert formatted(data, FOLDED, *ALL) == data, path
