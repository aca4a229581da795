"""docs/glossary.md has each term once, and names classes that are there."""

from __future__ import annotations

import importlib

import pytest

from tests.docs.pages import DOCS, codes, headings, rows

PAGE = DOCS / "glossary.md"
TERMS = [row for section in headings(PAGE, 2) for row in rows(PAGE, section)]
CLASSES = [code for row in TERMS for code in codes(row[2])]


def test_each_term_and_each_class_is_there_once() -> None:
    terms = [row[0] for row in TERMS]
    assert len(terms) > 40
    assert len(set(terms)) == len(terms)
    assert len(set(CLASSES)) == len(CLASSES)


def test_the_terms_of_a_section_are_in_order() -> None:
    for section in headings(PAGE, 2):
        terms = [row[0] for row in rows(PAGE, section)]
        assert terms == sorted(terms)


@pytest.mark.parametrize("name", CLASSES)
def test_the_class_is_there(name: str) -> None:
    module, _, found = name.rpartition(".")
    assert isinstance(getattr(importlib.import_module(module), found), type)
