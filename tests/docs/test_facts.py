"""Facts that stand in tables and snippets, held against the program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from qtauthor.model.derived_names import SlugStyle, slugify
from qtauthor.model.templates import SHIPPED
from tests.docs.pages import DOCS, ROOT, blocks, codes, prose, rows


def strings(value: Any) -> list[str]:
    """All strings inside a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("row", rows(DOCS / "rules.md", "Slugs"), ids=lambda row: row[1])
def test_the_slugs_in_the_table_are_those_of_the_program(row: list[str]) -> None:
    question, *slugs = (codes(cell)[0] for cell in row)
    assert slugs == [slugify(question, style) for style in get_args(SlugStyle)]


def test_the_table_of_templates_has_those_that_are_shipped() -> None:
    page = DOCS / "templates.md"
    listed = [codes(row[0])[0] for row in rows(page, "The templates that come with the program")]
    assert tuple(listed) == SHIPPED


def test_the_problem_matcher_finds_the_place_of_an_error() -> None:
    tasks = json.loads(blocks(DOCS / "editors" / "vscode.md", "json")[1].text)
    [pattern] = [text for text in strings(tasks) if text.startswith("^")]
    examples = "".join(block.text for block in blocks(DOCS / "errors" / "values.md", "console"))
    found = re.search(pattern, examples, re.MULTILINE)
    assert found is not None
    assert found.groups()[:3] == ("a.md", "12", "3")
    assert found[5] == "no-such-key"


def test_the_table_of_folders_has_every_folder_of_the_package() -> None:
    listed = {code for row in rows(DOCS / "design.md", "Folders") for code in codes(row[0])}
    folders = {path.parent for path in (ROOT / "qtauthor").glob("*/__init__.py")}
    assert {f"qtauthor/{folder.name}/" for folder in folders} <= listed
    assert not [name for name in listed if not (ROOT / name).exists()]


INSIDE = [DOCS / "design.md", *sorted((DOCS / "design").glob("*.md")), DOCS / "contributing.md"]


@pytest.mark.parametrize("page", INSIDE, ids=lambda page: page.stem)
def test_the_modules_that_a_page_names_are_there(page: Path) -> None:
    text = "\n".join(line.text for line in prose(page))
    named = {code for code in codes(text) if re.fullmatch(r"[\w/*]+\.py", code)}
    assert {
        code
        for code in named
        if not any(ROOT.glob(f"[a-z]*/**/{code}")) and not any(ROOT.glob(code))
    } == set()
