"""What is known to one module is spelled in no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "qtauthor"
SPELLED = re.compile(r"related_?article(?!s)", re.IGNORECASE)
KNOWS = "model/numbered_blocks.py"
DECLARES = "model/article_fields.py"


def docstrings(tree: ast.AST) -> set[int]:
    """The constants that stand alone, as text about the code."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def examples(tree: ast.AST) -> set[int]:
    """The constants in the example of a check, which is a piece of a file."""
    return {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "example"
        for inner in ast.walk(node.value)
    }


def spelled(tree: ast.AST) -> Iterator[str]:
    """The texts and names in which the key of a related article is written."""
    apart = docstrings(tree) | examples(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        elif isinstance(node, ast.Attribute | ast.Name):
            text = node.attr if isinstance(node, ast.Attribute) else node.id
        else:
            continue
        if SPELLED.search(text) and id(node) not in apart:
            yield text


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('key = "related_article"', 1),
        ('key = f"related_article{n}"', 1),
        ('re.compile(rb"/related_article[1-9]")', 1),
        ("fields.related_article1", 1),
        ('RULE = Rule(example="related_article1:" "\\n")', 0),
        ('def run():\n    """As related_article1."""', 0),
        ('{"related_articles": 3}', 0),
    ],
)
def test_a_spelled_key_is_found(code: str, found: int) -> None:
    assert len(list(spelled(ast.parse(code)))) == found


def test_one_module_knows_how_related_articles_are_called() -> None:
    read = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    users = {
        path.relative_to(PACKAGE).as_posix(): texts
        for path, code in read.items()
        if SPELLED.search(code) and (texts := list(spelled(ast.parse(code))))
    }
    assert KNOWS in users
    assert {path: texts for path, texts in users.items() if path not in (KNOWS, DECLARES)} == {}


EDITING = (
    *("content/links/related_list", "operations/working_copy", "operations/fields/edit"),
    *("operations/fixing/page_steps", "operations/links/inbound_links"),
    *("text/document", "text/json_patch"),
)
"""What changes documents: operations use it, the language server calls these."""


@pytest.mark.parametrize("module", EDITING)
def test_the_server_changes_no_document_itself(module: str) -> None:
    assert (PACKAGE / f"{module}.py").is_file()
    name = f"qtauthor.{module.replace('/', '.')}"
    package, _, last = name.rpartition(".")
    wanted = re.compile(
        rf"^from {re.escape(name)} import|^from {re.escape(package)} import .*\b{last}\b",
        re.MULTILINE,
    )
    files = (PACKAGE / "lsp").rglob("*.py")
    users = [path.name for path in files if wanted.search(path.read_text(encoding="utf-8"))]
    assert users == []
