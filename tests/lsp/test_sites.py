"""Sites are found as the command line finds them, and their files are those of the editor."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from qtauthor.content.site import Site
from qtauthor.errors import Code, SiteError
from qtauthor.lsp.buffers import Buffers
from qtauthor.lsp.sites import SiteFile, Sites, is_article, source
from qtauthor.operations.title_search import Titles
from tests.lsp.client import Editor
from tests.lsp.conftest import ALL, CELLS, DIFFUSION, HEAT, OSMOSIS
from tests.support.small_sites import Made, make


@pytest.fixture
def sites() -> Sites:
    return Sites(None, lambda _: None)


def found(sites: Sites, path: Path) -> SiteFile:
    placed = sites.of(path)
    assert placed is not None
    return placed


def test_the_nearest_site_upward_is_that_of_a_file(sites: Sites, root: Path) -> None:
    inner = root / "content" / "inner"
    make(inner, [Made("Nested?", "Inner", 1)])
    assert found(sites, root / CELLS.path) == (found(sites, root / "x.md").site, CELLS.path)
    assert found(sites, inner / "content/learn/inner/nested.md").site.root == inner.resolve()
    assert sites.of(root.parent / "a.md") is None


def test_a_folder_that_is_a_link_leads_to_the_same_site(sites: Sites, root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root, target_is_directory=True)
    assert found(sites, link / CELLS.path) == found(sites, root / CELLS.path)


def test_a_site_that_is_named_is_the_only_one(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    make(other, ALL)
    sites = Sites(root, lambda _: None)
    assert sites.of(root / CELLS.path) is not None
    assert sites.of(other / CELLS.path) is None


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (CELLS.path, True),
        ("content/learn/biology/a.txt", False),
        ("content/learn/a.md", False),
        ("content/learn/biology/more/a.md", False),
        ("README.md", False),
    ],
)
def test_articles_are_the_markdown_files_of_subjects(
    sites: Sites, root: Path, path: str, wanted: bool
) -> None:
    assert is_article(found(sites, root / path)) == wanted


def test_a_configuration_that_cannot_be_looked_at_is_not_taken_for_none(
    sites: Sites, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = os.stat

    def failing(name: Any, *arguments: Any, **options: Any) -> os.stat_result:
        if str(name).endswith("qtauthor.toml"):
            raise OSError(errno.EIO, "Input/output error", name)
        return stat(name, *arguments, **options)

    monkeypatch.setattr(os, "stat", failing)
    with pytest.raises(SiteError) as caught:
        sites.of(root / CELLS.path)
    assert caught.value.code is Code.CANNOT_READ


def test_buffers_lie_over_the_files_and_the_index(sites: Sites, root: Path) -> None:
    site = found(sites, root / CELLS.path).site
    buffers = Buffers()
    text = (root / CELLS.path).read_bytes().decode().replace("id: 13", "id: 99", 1)
    uri = (root / CELLS.path).as_uri()
    buffers.open(types.TextDocumentItem(uri, "markdown", 1, text))
    sites.pin(buffers.now)
    assert [entry.path for entry in site.index.with_id(99)] == [CELLS.path]
    assert site.source.read(CELLS.path) == text.encode()
    assert source(site).is_unsaved(CELLS.path)
    buffers.close(uri)
    sites.pin(buffers.now)
    assert site.index.with_id(99) == []
    assert Site.at(root).index.with_id(99) == []


def test_the_disk_is_looked_at_when_something_says_so(sites: Sites, root: Path) -> None:
    site = found(sites, root / CELLS.path).site
    assert site.index.entry(HEAT.path)
    (root / HEAT.path).unlink()
    site.index.expire(disk=False)
    assert site.index.entry(HEAT.path)
    assert source(site).renew()
    assert not source(site).renew()
    site.refresh()
    assert site.index.entry(HEAT.path) is None


def test_titles_follow_files_that_change_come_and_go(sites: Sites, root: Path) -> None:
    site = found(sites, root / CELLS.path).site
    titles = Titles(site)

    def words(query: str) -> list[str]:
        site.refresh()
        return [hit.path for hit in titles.search(query, 9)]

    assert words("osmosis") == [OSMOSIS.path]
    file = root / OSMOSIS.path
    file.write_bytes(file.read_bytes().replace(b"What is osmosis?", b"What are grapes?"))
    assert words("grapes") == [OSMOSIS.path]
    assert words("osmosis") == []
    file.rename(file.with_name("moved.md"))
    assert words("grapes") == [OSMOSIS.path.replace("what-is-osmosis", "moved")]
    file.with_name("moved.md").unlink()
    assert words("grapes") == []


def test_titles_that_begin_so_come_first_and_misspelled_words_find_something(
    sites: Sites, root: Path
) -> None:
    made = [Made(question, "Tea", n) for n, question in enumerate(_QUESTIONS, 1)]
    make(root, made)
    site = found(sites, root / CELLS.path).site
    titles = Titles(site)
    hits = [hit.title for hit in titles.search("green tea", 9, subject="Tea")]
    assert hits == [_QUESTIONS[0], _QUESTIONS[2], _QUESTIONS[1]]
    assert titles.search("reen", 9)[0].title == _QUESTIONS[0]
    assert [hit.path for hit in titles.search("difusion", 9)] == [DIFFUSION.path]


_QUESTIONS = ("Green tea?", "Why is evergreen steam not a tea?", "What makes tea so very green?")


def test_the_server_obeys_a_root_that_is_given(
    root: Path, tmp_path: Path, start: Callable[..., Editor]
) -> None:
    other = tmp_path / "other"
    make(other, ALL)
    editor = start(root, "--root", str(other))
    editor.begin()
    editor.open(CELLS.path)
    editor.wait()
    assert editor.ask("textDocument/hover", editor.at(CELLS.path, 3, 0)) is None
