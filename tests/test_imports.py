"""The layers import in one direction only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "qtauthor"

ALLOWED = {
    "errors": set(),
    "text": {"errors"},
    "content": {"errors", "text"},
    "changes": {"errors", "text"},
    "operations": {"errors", "text", "content", "changes", "rules"},
    "rules": {"errors", "text", "content", "changes"},
    "sinks": {"errors", "text", "changes"},
    "clock": {"errors"},
    "cli": {
        "",
        "clock",
        "errors",
        "text",
        "content",
        "changes",
        "operations",
        "rules",
        "sinks",
        "lsp",
    },
    "lsp": {"", "clock", "errors", "text", "content", "changes", "operations", "rules", "sinks"},
}
"""Which layers a layer may import beside itself; "" is the package's public door."""

SILENT = set(ALLOWED) - {"clock", "cli", "lsp"}
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE]


def layer(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(path: Path) -> set[str]:
    """The modules of ours that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "qtauthor":
            found |= {f"qtauthor.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] == "qtauthor"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_layer_imports_only_the_layers_below_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    known = ALLOWED[own] | {own}
    wrong = {name for name in imports(path) if layer(name) not in known}
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_core_code_neither_prints_nor_asks_nor_looks_at_clock_or_environment(path: Path) -> None:
    if path.relative_to(PACKAGE).parts[0] not in SILENT:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {ast.unparse(call) for call in calls}
    assert not names & {"print", "input", "datetime.now", "date.today", "datetime.date.today"}
    assert not any(name.startswith(("os.environ", "os.getenv", "sys.std")) for name in names)


def test_only_one_module_knows_questionary() -> None:
    users = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if "questionary" in path.read_text(encoding="utf-8").replace("knows questionary", "")
    }
    assert users == {"prompts.py"}


def test_the_layers_of_the_package_are_all_known() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders <= set(ALLOWED)
