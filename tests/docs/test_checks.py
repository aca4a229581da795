"""docs/checks.md is made of the rules' own text."""

from __future__ import annotations

from qtauthor.rules.page import page
from tests.docs.checks import PAGE


def test_the_page_is_that_of_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
