"""What the index tells an editor: versions of files, open buffers alone, spellings with counts."""

from __future__ import annotations

from pathlib import Path

from qtauthor.content.site import Site
from qtauthor.content.staged_site import StagedSource
from tests.support.small_sites import Made, make

TEA = Made("What is tea?", "Hot Drinks", 1)
COCOA = Made("What is cocoa?", "Hot drinks", 2)
MATE = Made("What is mate?", "Hot Drinks", 3)


def test_a_changed_file_has_a_larger_number(tmp_path: Path) -> None:
    site = make(tmp_path, [TEA, COCOA])
    total, first = site.index.saved()
    assert (total, [one.path for one in first]) == (2, [COCOA.path, TEA.path])
    last = max(one.number for one in first)
    assert site.index.saved(last) == (2, [])
    file = tmp_path / TEA.path
    file.write_bytes(file.read_bytes().replace(b"What is tea?", b"What is green tea?"))
    site.refresh()
    total, [changed] = site.index.saved(last)
    assert (total, changed.path, changed.title) == (2, TEA.path, "What is green tea?")
    file.unlink()
    site.refresh()
    assert site.index.saved(changed.number) == (1, [])


def test_what_is_saved_is_not_what_is_typed(tmp_path: Path) -> None:
    site = make(tmp_path, [TEA])
    typed = (tmp_path / TEA.path).read_bytes().replace(b"What is tea?", b"What is typed?")
    open_site = Site(site.root, site.config, StagedSource(site.source, {TEA.path: typed}))
    assert [entry.title for entry in open_site.index.entries()] == ["What is typed?"]
    assert [one.title for one in open_site.index.saved()[1]] == ["What is tea?"]


def test_open_files_can_be_looked_at_without_the_disk(tmp_path: Path) -> None:
    plain = make(tmp_path, [TEA, COCOA])
    files: dict[str, bytes | None] = {}
    site = Site(plain.root, plain.config, StagedSource(plain.source, files))
    assert site.index.entry(TEA.path)
    (tmp_path / COCOA.path).unlink()
    files[TEA.path] = (tmp_path / TEA.path).read_bytes().replace(b"id: 1", b"id: 9")
    site.index.expire(disk=False)
    assert [entry.path for entry in site.index.with_id(9)] == [TEA.path]
    assert site.index.entry(COCOA.path)
    site.refresh()
    assert site.index.entry(COCOA.path) is None


def test_spellings_come_with_their_numbers_the_most_used_first(tmp_path: Path) -> None:
    site = make(tmp_path, [TEA, COCOA, MATE])
    assert list(site.index.spellings("hot-drinks").items()) == [
        ("Hot Drinks", 2),
        ("Hot drinks", 1),
    ]
    assert site.index.spelling("hot-drinks") == "Hot Drinks"
    assert site.index.spellings("cold-drinks") == {}
