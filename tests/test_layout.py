"""Where a test lies says what it tests: `docs/contributing.md` has the rule."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

import pytest

from tests.docs.pages import DOCS, ROOT, codes, rows

PACKAGE, TESTS = ROOT / "qtauthor", ROOT / "tests"
_IS_RULE = re.compile(r"^RULE\b", re.MULTILINE)


def below(root: Path, pattern: str) -> list[PurePath]:
    """Files below a folder by their paths in it."""
    return sorted(path.relative_to(root) for path in root.rglob(pattern))


MODULES = [path for path in below(PACKAGE, "*.py") if path.name != "__init__.py"]
FOLDERS = sorted({path.parent for path in MODULES})
IN_CASES = {path.parent for path in MODULES if _IS_RULE.search((PACKAGE / path).read_text("utf-8"))}
"""Folders of rules, which have cases instead: `tests/rules/test_cases.py` asks for them."""

HOMES: dict[str, set[PurePath]] = {}
"""Folders that have a module or a folder of a name."""
for _path in MODULES:
    HOMES.setdefault(_path.stem.strip("_"), set()).add(_path.parent)
for _path in FOLDERS:
    HOMES.setdefault(_path.name, set()).add(_path)


def misplaced(test: PurePath) -> list[PurePath]:
    """The folders in one of which a test has to lie that lies above them all."""
    homes = HOMES.get(test.stem.removeprefix("test_"), set())
    deeper = [home for home in homes if test.parent in home.parents]
    return [] if test.parent in homes else sorted(deeper)


@pytest.mark.parametrize("folder", [one for one in FOLDERS if one not in IN_CASES], ids=str)
def test_a_folder_of_the_package_has_a_folder_of_tests(folder: PurePath) -> None:
    here = TESTS / folder
    assert list(here.glob("test_*.py")), f"no test in {here.relative_to(ROOT)}"


@pytest.mark.parametrize("test", below(TESTS, "test_*.py"), ids=str)
def test_a_test_that_is_named_after_a_module_lies_in_the_folder_of_its_name(test: PurePath) -> None:
    folders = " or ".join(f"tests/{folder}" for folder in misplaced(test))
    assert not folders, f"{test} belongs into {folders}"


def test_a_test_above_its_module_is_misplaced() -> None:
    assert misplaced(PurePath("test_errors.py")) == []
    for module in MODULES:
        if len(module.parts) > 1 and (PurePath() not in HOMES[module.stem.strip("_")]):
            assert module.parent in misplaced(
                PurePath(f"test_{module.name}".replace("_.py", ".py"))
            )


def test_the_table_of_folders_has_every_folder_of_tests() -> None:
    listed = {code for row in rows(DOCS / "contributing.md", "Tests") for code in codes(row[0])}
    folders = {f"tests/{path.parent.name}/" for path in TESTS.glob("*/__init__.py")}
    assert folders == listed
