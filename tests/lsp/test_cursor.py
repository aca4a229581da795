"""What is under the cursor, by the tree and by lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.lsp import cursor
from qtauthor.lsp.buffers import Buffer
from qtauthor.lsp.session import Target
from qtauthor.text.located import Located
from tests.lsp.conftest import CELLS, OSMOSIS


def target(root: Path, text: str) -> Target:
    path = root / CELLS.path
    return Target(Site.at(root), CELLS.path, Buffer(path.as_uri(), path, 1, text), "utf-16", path)


def by_lines(text: str, offset: int) -> str | None:
    spot = cursor.by_lines(text, offset)
    return spot.pointer if spot else None


def test_lines_tell_what_the_tree_tells(root: Path, corpus: Path) -> None:
    """At every place of some articles of the sample, in whatever style they are."""
    folder = min(os.scandir(corpus), key=lambda entry: entry.name)
    for file in sorted(Path(folder.path).iterdir())[:12]:
        text = file.read_bytes().decode()
        here = target(root, text)
        front = Located.read(text).front
        for offset in range(front.start, front.end - 1, 7):
            spot = cursor.at(here, offset)
            assert (spot.pointer if spot else None) == by_lines(text, offset), (file, offset)


@pytest.mark.parametrize(
    ("at", "pointer", "value"),
    [
        ("title: >-", "/title", "How do cells drink? 😀 A tale"),
        ("title: QuickTakes", "/seo/title", "QuickTakes | Biology"),
        ("one, two", "/seo/page_keywords", "one, two"),
        (OSMOSIS.url, "/related_article1/url", OSMOSIS.url),
        ("What is heat", "/related_article2/title", "What is heat: a form of energy?"),
        ("related_article2", "/related_article2", None),
    ],
)
@pytest.mark.parametrize("broken", [False, True], ids=["yaml", "broken"])
def test_the_key_and_the_value_at_the_cursor(
    root: Path, at: str, pointer: str, value: str | None, broken: bool
) -> None:
    text = (root / CELLS.path).read_bytes().decode()
    if broken:
        text = text.replace("author: QuickTakes", "author: [QuickTakes")
    spot = cursor.at(target(root, text), text.index(at))
    assert spot is not None
    assert spot.pointer == pointer
    assert text[slice(*spot.key)] == pointer.rpartition("/")[2]
    if value is not None:
        assert text[slice(*spot.value)] == value


@pytest.mark.parametrize("at", ["---\n_schema", "---\n\n&nbsp;", "&nbsp;"])
def test_nothing_is_at_the_fences_and_below(root: Path, at: str) -> None:
    text = (root / CELLS.path).read_bytes().decode()
    assert cursor.at(target(root, text), text.index(at)) is None
