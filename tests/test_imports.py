"""The layers import in one direction only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "qtauthor"

ALLOWED = {
    "errors": set(),
    "text": {"errors"},
    "content": {"errors", "text", "state_folder"},
    "changes": {"errors", "text"},
    "operations": {"errors", "text", "content", "changes", "rules"},
    "rules": {"errors", "text", "content", "changes"},
    "sinks": {"errors", "text", "changes", "state_folder"},
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
"""Which layers a layer may import beside itself; "" is the package's public door.

``state_folder`` is a module, and the one exception to the rule that core code does not look at the
environment: it alone knows where the user keeps what a repository must not bring.
"""

ALLOWED["cli"] |= {"state_folder", "state_remarks", "exit_codes"}
ALLOWED["lsp"] |= {"state_folder", "state_remarks"}

SILENT = set(ALLOWED) - {"clock", "cli", "lsp"}
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE]


ENVIRONMENT = {"sinks/git/run.py"}
"""What git would inherit has to be named to be kept from it; nothing else is taken from there."""


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
    taboo = ["sys.std"]
    if path.relative_to(PACKAGE).as_posix() not in ENVIRONMENT:
        taboo += ["os.environ", "os.getenv"]
    assert not any(name.startswith(tuple(taboo)) for name in names)


COMMIT = "sinks/commit.py"
ONLY = {
    "qtauthor.sinks.locks.site_lock.locked": {COMMIT},
    "qtauthor.sinks.transaction.transaction.commit": set(),
    "qtauthor.sinks.transaction.transaction.commit_all": {COMMIT, "sinks/history/undo.py"},
    "qtauthor.sinks.history.undo.make": {COMMIT},
    "qtauthor.sinks.git.dirty.dirty": set(),
    "qtauthor.sinks.git.dirty.refuse_uncommitted": {COMMIT},
    "qtauthor.sinks.git.run.ask": {"sinks/git/checkout.py"},
    "subprocess.run": {"sinks/git/run.py", "cli/editing/editor.py"},
    "subprocess.Popen": {"cli/output/pager.py"},
}
"""What only these modules may use: there is one way to the disk, and one way to ask git."""


def uses(path: Path) -> set[str]:
    """The whole names of all that a module names or imports from others."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            called |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = {alias: f"{node.module}.{alias.name}" for alias in node.names}
            called |= {alias.asname or alias.name: name for alias, name in whole.items()}
    members = {
        f"{called[node.value.id]}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in called
    }
    return members | set(called.values())


@pytest.mark.parametrize("name", ONLY)
def test_there_is_one_way_to_the_disk_and_one_way_to_ask_git(name: str) -> None:
    users = {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if name in uses(path)
    }
    assert users == ONLY[name]


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
