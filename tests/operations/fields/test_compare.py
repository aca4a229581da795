"""The difference of two articles, as data and as style."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from qtauthor.changes.change import apply
from qtauthor.content.article import Article
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.fields.compare import ValueChange, changes, manner, operations
from qtauthor.operations.fields.patch import patch
from qtauthor.text.document import Document
from qtauthor.text.json_patch import decode, encode
from qtauthor.text.yaml.values import same
from tests.support.sites import DEMO

ARTICLES = sorted((DEMO / "content").rglob("*.md"))


def document(*lines: str) -> Document:
    return Document.parse("\n".join(["---", *lines, "---", ""]).encode())


def patched(one: Document, other: Document) -> Any:
    """The data of ``one`` after the difference to ``other``, which goes through JSON."""
    change = patch("a.md", Article(one), decode(encode(operations(one, other))))
    return Document.parse(apply(one.original, change.edits)).get() if change else one.get()


@pytest.mark.parametrize("pair", [*permutations(ARTICLES, 2)], ids=lambda pair: pair[0].stem[:20])
def test_the_patch_of_the_difference_gives_the_other_demo_articles_data(
    pair: tuple[Path, Path],
) -> None:
    one, other = (Document.parse(path.read_bytes()) for path in pair)
    assert same(patched(one, other), other.get())


def test_the_patch_of_the_difference_gives_the_other_articles_data_in_the_corpus(
    corpus: Path,
) -> None:
    paths = random.Random(3).sample(sorted(corpus.rglob("*.md")), 200)
    for pair in zip(paths[::2], paths[1::2], strict=True):
        one, other = (Document.parse(path.read_bytes()) for path in pair)
        assert same(patched(one, other), other.get()), pair


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["a: {b: 1, c: [1, 2, 3]}"], ["a: {c: [0, 1, 3], d: null}"]),
        (["2: a", "true: b"], ["2: c"]),
        (["a/b: 1", "m~n: 2"], ["a/b: 2", "m~n: 1"]),
        (["date: 2024-01-01"], ["date: 2025-01-01"]),
        (["score: 1.0"], ["score: 2.0"]),
        (["n: 1"], ["n: 1.0"]),
        (["n: 1"], ["n: true"]),
        (["a: 1"], ["b: 1"]),
    ],
)
def test_the_patch_of_the_difference_gives_the_other_data(one: list[str], other: list[str]) -> None:
    assert same(patched(document(*one), document(*other)), document(*other).get())


@pytest.mark.parametrize(
    "line",
    ["day: 2024-01-01", "n: .nan", "n: .inf", "date: '2024-01-01'"],
)
def test_what_json_would_give_back_otherwise_is_refused(line: str) -> None:
    with pytest.raises(QtauthorError) as caught:
        operations(document("a: 1"), document("a: 1", line))
    assert caught.value.code is Code.UNSUPPORTED_VALUE


def test_each_place_that_differs_is_listed_once_with_both_values() -> None:
    one = document("a: 1", "b: {c: x, d: null}", "e: [1, 2]", "f: [1]", "g: 0")
    other = document("a: 1.0", "b: {c: y, d: null}", "e: [1, 3]", "f: [1, 2]", "h: null")
    assert changes(one, other) == [
        ValueChange("/a", (1,), (1.0,)),
        ValueChange("/b/c", ("x",), ("y",)),
        ValueChange("/e/1", (2,), (3,)),
        ValueChange("/f", ([1],), ([1, 2],)),
        ValueChange("/g", (0,), None),
        ValueChange("/h", None, (None,)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (["a: x"], ["a: 'x'"], ["/a: plain -> single-quoted"]),
        (["s:", "  t: x"], ["s:", "  t: >-", "    x"], ["/s/t: plain -> folded"]),
        (["a: 1", "b: 2"], ["b: 2", "a: 1"], ["order of keys"]),
        (["s: {a: 1, b: 2}"], ["s: {b: 2, a: 1}"], ["order of keys in /s"]),
        (["a: 1 # one"], ["a: 1"], ["comments"]),
        (["a: 1", ""], ["a: 1"], ["blank lines"]),
        (["a: True"], ["a: true"], ["indentation, line breaks or spelling"]),
        (["a: x"], ["a: 'y'"], []),
        (["a: |-", "  # x"], ["a: |-", "  # y"], []),
        (["a: 1", "b: x"], ["a: 2", "b: 'x'"], ["/b: plain -> single-quoted"]),
    ],
)
def test_what_reads_the_same_and_is_written_differently_is_listed_apart(
    one: list[str], other: list[str], told: list[str]
) -> None:
    assert manner(document(*one), document(*other)) == told
    assert manner(document(*one), document(*one)) == []
