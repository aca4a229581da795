"""``qtauthor remove``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.support import CHAIN, SHIFTING, assert_refused, here, tree


def test_an_article_goes_with_its_links(site: Path) -> None:
    result = here("remove", SHIFTING)
    assert result.code == 0
    assert result.out == b""
    assert result.err == "changed: 1 article, 3 related blocks in 3 articles, 0 redirects\n"
    after = tree(site)
    assert SHIFTING not in after
    assert not [path for path, data in after.items() if Path(SHIFTING).stem.encode() in data]


def test_another_one_takes_its_place(site: Path) -> None:
    result = here("remove", SHIFTING, "--replace-with", CHAIN, "--format", "json")
    assert result.code == 0
    kinds = {change["path"]: change["change"] for change in result.json["changed"]}
    assert kinds[SHIFTING] == "deleted"
    assert Path(SHIFTING).stem not in str(tree(site).values())
    for data in tree(site).values():
        assert data.count(f"questions/{Path(CHAIN).stem}\n".encode()) <= 2


def test_it_cannot_replace_itself(site: Path) -> None:
    before = tree(site)
    assert_refused(here("remove", SHIFTING, "--replace-with", "1215"), "self-related", SHIFTING)
    assert tree(site) == before


def test_a_dead_link_in_a_file_that_cannot_be_read_has_to_be_allowed(site: Path) -> None:
    broken = site / "content/learn/bicycles/broken.md"
    broken.write_text(
        f"---\ntitle: a: b\nx: /learn/bicycles/questions/{Path(SHIFTING).stem}\n---\n"
    )
    assert_refused(here("remove", SHIFTING), "unreadable-link", "broken.md", "--leave-unreadable")
    result = here("remove", SHIFTING, "--leave-unreadable")
    assert result.code == 0
    assert "note: left as it is, for it cannot be read (invalid-yaml)" in result.err
