"""The layers import in one direction only, and the core sees neither clock nor environment."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "qtauthor"

CORE = {
    "errors": set(),
    "text": {"errors"},
    "files": {"errors", "text"},
    "model": {"errors", "text", "files"},
    "content": {"errors", "text", "files", "model"},
    "changes": {"errors", "text"},
    "rules": {"errors", "text", "files", "model", "content", "changes"},
    "operations": {"errors", "text", "files", "model", "content", "changes", "rules"},
    "sinks": {"errors", "text", "files", "changes"},
}
"""Which parts of the core a part may import beside itself."""

ROOT = {"__init__", "__main__", "clock", "exit_codes", "scripting"}
"""Modules of no layer: the library's door, and what the shells share."""

SHELLS = {"cli": {*CORE, *ROOT, "lsp"}, "lsp": {*CORE, *ROOT}}
ALLOWED = {**CORE, **SHELLS, **{one: {*CORE, *ROOT, "cli"} for one in ROOT}}

MODULES = sorted(PACKAGE.rglob("*.py"))

SILENT = {*CORE, "scripting", "exit_codes"}
"""What neither prints nor prompts, and is handed the time and the user's choices."""

WORLD = (
    "print",
    "input",
    "os.environ",
    "os.environb",
    "os.getenv",
    "os.getenvb",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.strftime",
    "time.ctime",
    "sys.stdin",
    "sys.stdout",
    "sys.stderr",
    "sys.argv",
)

KNOWN_TO = {
    "files/state_folder.py": {"os.environ"},
    "sinks/git/run.py": {"os.environ"},
}
"""The user's own folder is named by the environment, and what git would inherit is kept from it."""


def part(path: Path) -> str:
    """The layer of a module, or its own name in the package's folder."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


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


def uses(path: Path) -> set[str]:
    """The whole names of all that a module names or imports from others, however it does."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            called |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = {alias: f"{node.module}.{alias.name}" for alias in node.names}
            called |= {alias.asname or alias.name: name for alias, name in whole.items()}
    plain = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    members = {
        dotted
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and (dotted := _dotted(node, called))
    }
    return members | set(called.values()) | (plain - set(called))


def _dotted(node: ast.expr, called: dict[str, str]) -> str:
    """The whole name of a member of an imported module; nothing for anything else."""
    if isinstance(node, ast.Name):
        return called.get(node.id, "")
    if isinstance(node, ast.Attribute) and (above := _dotted(node.value, called)):
        return f"{above}.{node.attr}"
    return ""


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_layer_imports_only_the_layers_below_it(path: Path) -> None:
    own = part(path)
    allowed = ALLOWED[own] | {own, ""}
    found = {module.split(".")[1] if "." in module else "" for module in imports(path)}
    if own in CORE:
        allowed -= {""}
    assert found <= allowed


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_core_code_neither_prints_nor_asks_nor_looks_at_clock_or_environment(path: Path) -> None:
    if part(path) in SILENT:
        assert uses(path) & set(WORLD) <= KNOWN_TO.get(name(path), set())


@pytest.mark.parametrize("name", WORLD)
def test_the_guard_sees_each_of_these(name: str, tmp_path: Path) -> None:
    module, _, rest = name.partition(".")
    ways = [f"import {module}\n{name}", f"import {module} as m\nm.{rest}"] if rest else [name]
    if rest:
        first, _, more = rest.partition(".")
        ways += [f"from {module} import {first}\n{first}{more and '.'}{more}"]
        ways += [f"from {module} import {first} as f\nf{more and '.'}{more}"]
    for way in ways:
        path = tmp_path / "m.py"
        path.write_text(way)
        assert name in uses(path), way


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


@pytest.mark.parametrize("name", ONLY)
def test_there_is_one_way_to_the_disk_and_one_way_to_ask_git(name: str) -> None:
    users = {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if name in uses(path)
    }
    assert users == ONLY[name]


def test_only_one_module_knows_questionary() -> None:
    users = {
        path.name for path in MODULES if "questionary" in {u.split(".")[0] for u in uses(path)}
    }
    assert users == {"prompts.py"}


def test_the_parts_of_the_package_are_all_known() -> None:
    assert {part(path) for path in MODULES} <= set(ALLOWED)


def test_no_two_public_classes_share_a_name() -> None:
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(name(path))
    assert not {called: where for called, where in homes.items() if len(where) > 1}


def test_no_folder_has_more_than_a_dozen_modules() -> None:
    folders = {path.parent for path in MODULES}
    counts = {
        folder.relative_to(PACKAGE).as_posix(): len(list(folder.glob("[!_]*.py")))
        for folder in folders
    }
    assert not {name: count for name, count in counts.items() if count > 13 and name not in LISTS}


LISTS = {"cli/commands", "lsp/features", "cli/wizard"}
"""Folders of one thing each: a command, a feature, a step."""
