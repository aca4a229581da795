"""Links lead somewhere, and every page can be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, PAGES, README, ROOT, SITE, anchors, blocks, links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_to_a_page_and_a_heading_that_are_there(page: Path) -> None:
    for line, link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}:{line}: there is no {name}"
        if anchor:
            assert anchor in anchors(target), f"{page.name}:{line}: {link} has no such heading"


def test_pages_of_the_site_do_not_lead_out_of_it() -> None:
    out = [
        (page.name, link)
        for page in SITE
        for _, link in links(page)
        if not (page.parent / link).resolve().is_relative_to(DOCS)
    ]
    assert not out


def test_the_table_of_contents_has_every_page() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^  +- .*: (\S+\.md)$", text, re.MULTILINE)
    assert sorted(listed) == sorted(page.relative_to(DOCS).as_posix() for page in SITE)


def test_the_readme_leads_to_every_page() -> None:
    linked = {link.partition("#")[0] for _, link in links(README)}
    inner = {page for page in SITE if page.parent != DOCS}
    assert {f"docs/{page.name}" for page in SITE if page not in inner} <= linked
    folders = {page.parent / "index.md" for page in inner}
    assert {page.relative_to(ROOT).as_posix() for page in folders} <= linked
    for folder in folders:
        near = {link.partition("#")[0] for _, link in links(folder)}
        assert {page.name for page in inner if page.parent == folder.parent} - {"index.md"} <= near


def test_the_readme_has_exactly_two_commands_of_set_up() -> None:
    text = "".join(block.text for block in blocks(README, "sh"))
    assert text.splitlines() == [
        "python -m pip install . && qtauthor demo",
        'python -m pip install ".[test]" && python -m pytest',
    ]
    assert README.read_text(encoding="utf-8").count("pip install") == 2
