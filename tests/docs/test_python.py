"""The Python examples of the pages and of the docstrings work."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterable
from pathlib import Path

import pytest

import qtauthor
from tests.docs.pages import DOCS, PAGES, README, blocks

MODULES = [
    found.name
    for found in pkgutil.walk_packages(qtauthor.__path__, "qtauthor.")
    if not found.name.endswith("__main__")
]
WITH_PYTHON = [page for page in PAGES if blocks(page, "python")]


def check(tests: Iterable[doctest.DocTest]) -> None:
    """Run examples; there must be some."""
    printed: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    for test in tests:
        runner.run(test, out=printed.append)
    assert runner.tries
    assert not runner.failures, "".join(printed)


def of_page(page: Path) -> doctest.DocTest:
    """All examples of a page, in order and with their lines, as one test."""
    examples: list[doctest.Example] = []
    for block in blocks(page, "python"):
        found = doctest.DocTestParser().get_examples(block.text)
        assert found, f"{page.name}:{block.line}: this block is never run: begin it with >>>"
        for example in found:
            example.lineno += block.line - 1
        examples += found
    return doctest.DocTest(examples, {}, page.name, str(page), 0, None)


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.stem)
def test_the_examples_of_a_page_work_in_order(
    page: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    check([of_page(page)])


def test_the_pages_that_are_about_python_have_examples() -> None:
    assert {README, DOCS / "python.md", DOCS / "editing.md"} <= set(WITH_PYTHON)


def test_the_examples_of_the_docstrings_work() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = [qtauthor, *map(importlib.import_module, MODULES)]
    check(test for module in modules for test in finder.find(module))
