"""A finding points at the value, not at what is before it and reads alike."""

from __future__ import annotations

import datetime

import pytest

from qtauthor.content.site import Site
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from tests.support.house_articles import TEMPLATE
from tests.support.sites import CHAIN, DEMO


@pytest.mark.parametrize(
    ("value", "line", "column"),
    [
        (">-\n    -", 13, 5),
        (">-\n    >", 13, 5),
        ("|-\n    |", 13, 5),
        ("&a >-\n    a", 13, 5),
        ("&b b", 12, 24),
        ("!!str s", 12, 27),
        ("!!str 'r'", 12, 28),
        ("plain", 12, 21),
        ("'quoted'", 12, 22),
    ],
)
def test_a_short_description_is_found_where_it_stands(value: str, line: int, column: int) -> None:
    text = TEMPLATE.format("a", "b").replace("description: >-\n    b", f"description: {value}")
    around = context(Site.at(DEMO), 1, datetime.date(2026, 1, 1))
    found = Checker(around, registry.named("QT702")).check(CHAIN, text.encode())
    assert [(one.line, one.column) for one in found] == [(line, column)]
