"""What pages take from the program is what the program says now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs import checks, commands, generated
from tests.docs.pages import DOCS, SITE

PAGES = dict(generated.pages())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_a_page_says_what_the_program_says(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == PAGES[page], "python -m tests.docs.generated"


def test_no_page_is_left_of_rules_and_commands_that_are_gone() -> None:
    wanted = {path for path in PAGES if path.parent == checks.FOLDER}
    wanted |= {commands.FOLDER / commands.file_name(name) for name in commands.NAMES}
    assert {page for page in SITE if page.parent in (checks.FOLDER, commands.FOLDER)} == wanted


@pytest.mark.parametrize("page", SITE, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_a_page_is_no_longer_than_a_person_reads(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 400
