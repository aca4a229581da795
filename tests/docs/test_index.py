"""docs/index-db.md has every column, and its conditions work."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.index.storage.tables import COLUMNS, LINK_COLUMNS
from qtauthor.content.site import Site
from tests.docs.pages import DOCS, blocks, codes, prose, rows
from tests.support.sites import copy_demo

PAGE = DOCS / "index-db.md"
CONDITIONS = [line for block in blocks(PAGE, "text") for line in block.lines]


def test_the_table_has_the_columns_of_the_view_in_order() -> None:
    assert tuple(codes(row[0])[0] for row in rows(PAGE, "Columns")) == COLUMNS


def test_the_columns_of_links_are_told() -> None:
    [text] = [line.text for line in prose(PAGE) if "`number` (1 to 5)" in line.text]
    spoken = " ".join(line.text for line in prose(PAGE))
    assert text
    assert all(f"`{name}`" in spoken for name in LINK_COLUMNS)


@pytest.mark.parametrize("where", CONDITIONS)
def test_the_conditions_of_the_page_can_be_asked(where: str, tmp_path: Path) -> None:
    site: Site = copy_demo(tmp_path)
    assert isinstance(site.select(where), list)
