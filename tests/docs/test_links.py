"""Links lead somewhere, and every page can be reached."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, PAGES, README, ROOT, SITE, anchors, blocks, links, pictures
from tests.docs.test_facts import strings


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
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


def test_the_navigation_has_every_page_once() -> None:
    project = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
    listed = strings(project["nav"])
    assert sorted(listed) == sorted(page.relative_to(DOCS).as_posix() for page in SITE)


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, ahead = set[Path](), [README]
    while ahead:
        page = ahead.pop()
        if page not in reached:
            reached.add(page)
            near = (page.parent / link.partition("#")[0] for _, link in links(page))
            ahead += [path.resolve() for path in near if path.suffix == ".md"]
    assert set(SITE) <= reached


def test_pictures_are_there_and_say_what_they_show() -> None:
    shown = [(page, *found) for page in PAGES for found in pictures(page)]
    assert shown
    for page, words, picture in shown:
        assert (page.parent / picture).is_file(), f"{page.name}: there is no {picture}"
        assert len(words) > 10, f"{page.name}: {picture} is not described"


def test_the_readme_has_exactly_two_commands_of_set_up() -> None:
    text = "".join(block.text for block in blocks(README, "sh"))
    assert text.splitlines() == [
        "python -m pip install . && qtauthor demo",
        'python -m pip install ".[test]" && python -m pytest',
    ]
    assert README.read_text(encoding="utf-8").count("pip install") == 2
