"""Fields that a line of an article may get, and fields that are inserted."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.model.numbered_blocks import MEMBERS
from qtauthor.operations.fields import field_completion, insert_field
from qtauthor.text.document import Document
from tests.support import applying
from tests.support.small_sites import Made, make, text

CELLS = Made("How do cells drink?", "Biology", 13, (Made("What?", "Biology", 10).link(),))
TODAY = datetime.date(2025, 2, 3)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path, (CELLS,))


def proposed(site: Site, shown: str, place: str) -> dict[str, str]:
    offset = shown.index(place) + len(place)
    start = field_completion.line_for_field(shown, offset)
    assert start is not None
    found = field_completion.completions(site, CELLS.path, shown, start, today=TODAY)
    return {one.field.name: one.text for one in found}


def test_what_the_article_lacks_is_proposed_with_what_derives(site: Site) -> None:
    shown = text(CELLS).replace(f"file_name: {CELLS.file}.md\n", "\n")
    found = proposed(site, shown, "subject: Biology\n")
    assert set(found) == {"no_index", "file_name", "score", "related_article2"}
    assert found["file_name"] == f"file_name: {CELLS.file}.md"


def test_a_block_that_the_template_lacks_is_as_its_first_one(site: Site) -> None:
    few = re.sub(rb"(?ms)^related_article2.*?(?=^---)", b"", site.template.to_bytes())
    (site.root / "one.md").write_bytes(few)
    (site.root / "qtauthor.toml").write_text('template = "one.md"')
    shown = text(CELLS).replace("\n---\n\n&nbsp;", "\n\n---\n\n&nbsp;")
    block = proposed(Site.at(site.root), shown, "questions/what\n")["related_article2"]
    assert Document.parse(f"---\n{block}\n---\n".encode()).keys("/related_article2") == MEMBERS


def test_inside_of_a_mapping_only_its_own_fields_are(site: Site) -> None:
    shown = text(CELLS).replace("  page_keywords: >-\n    one, two\n", "  \n")
    assert set(proposed(site, shown, "About it.\n  ")) == {"seo.page_keywords"}


def test_a_broken_text_is_proposed_the_same(site: Site) -> None:
    shown = text(CELLS).replace("author: QuickTakes\n", "\nx: [\n")
    assert "author" in proposed(site, shown, "one, two\n")


@pytest.mark.parametrize("place", ["title: >-\n    How", "id: 1"])
def test_nothing_is_proposed_in_a_text_or_behind_a_key(place: str) -> None:
    shown = text(CELLS)
    assert field_completion.line_for_field(shown, shown.index(place) + len(place)) is None


def test_a_field_is_inserted_with_what_derives_or_the_templates_value(site: Site) -> None:
    path = site.root / CELLS.path
    path.write_bytes(path.read_bytes().replace(f"file_name: {CELLS.file}.md\n".encode(), b""))
    for at in ("/file_name", "/no_index"):
        applying.write(insert_field.inserted(site, CELLS.path, at, today=TODAY), site.root)
        site = Site.at(site.root)
    article = site.article(CELLS.path)
    assert article.get("file_name") == f"{CELLS.file}.md"
    assert article.get("no_index") == site.template.get("/no_index")
    assert not insert_field.inserted(site, CELLS.path, "/no_index", today=TODAY)
    assert not insert_field.inserted(site, CELLS.path, "/unheard_of", today=TODAY)
