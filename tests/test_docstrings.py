"""Whoever calls a function of the library or of the core is told what it raises."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "qtauthor"
SHELLS = {"cli", "lsp", "rules"}
"""Commands and features are called by their frameworks, rules by their checker. That all others
have a docstring at all is asked for by ruff; its rules on what a docstring tells want another form
of it than prose."""

CORE = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] not in SHELLS
]


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """The functions and methods that others may call."""
    for node in body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public(node.body)


def raises(function: ast.FunctionDef) -> bool:
    """Whether it raises an error that it makes itself."""
    nodes = ast.walk(function)
    return any(isinstance(node, ast.Raise) and node.exc is not None for node in nodes)


@pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_a_function_raises_is_in_its_docstring(path: Path) -> None:
    functions = public(ast.parse(path.read_text(encoding="utf-8")).body)
    silent = [
        one.name
        for one in functions
        if raises(one) and not any(word in (ast.get_docstring(one) or "") for word in WORDS)
    ]
    assert not silent


WORDS = ("Raise", "raise", "Refuse", "refuse")
