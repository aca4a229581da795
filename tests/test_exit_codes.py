"""The exit codes that the pages list are those of the program, each named in one place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from qtauthor import exit_codes

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| (\d+) \| (.+) \|$", re.MULTILINE)
COMMANDS = sorted((ROOT / "qtauthor" / "cli").rglob("*.py"))


def test_the_page_of_commands_says_what_each_exit_code_means() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = {int(code): meaning for code, meaning in ROW.findall(page.split("## Exit codes")[1])}
    assert rows == exit_codes.MEANINGS


def test_the_readme_lists_the_same_exit_codes() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    codes = [int(code) for code, _ in ROW.findall(page)]
    assert set(codes) <= set(exit_codes.MEANINGS)


def test_no_command_gives_its_exit_code_as_a_number() -> None:
    numbers = [
        f"{path.name}:{node.lineno}"
        for path in COMMANDS
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and _is_a_run(function)
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and _is_number(node.value)
    ]
    assert not numbers


def _is_a_run(function: ast.FunctionDef) -> bool:
    """Whether a function gives the exit code of a command: its first argument is the state."""
    first = function.args.args[:1]
    gives_number = isinstance(function.returns, ast.Name) and function.returns.id == "int"
    return gives_number and bool(first) and first[0].arg in ("state", "context", "job")


def _is_number(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "int":
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, int)
