"""Every regular expression in the code of the package, found by reading that code."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import qtauthor

ROOT = Path(qtauthor.__file__).parent
SCANNING = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
"""What tries an expression at each place of a text; anything else tries it at one."""
CALLS = SCANNING | {"match", "fullmatch", "compile"}

MADE: dict[str, object] = {
    "name": "matrix",
    "word": "bread",
    "group": ["bread", "flour"],
    "parts": ["/learn/", "(?P<subject>[^/]+)", "/questions/", "(?P<slug>[^/]+)"],
    "ignore_case": True,
    "url": "/learn/bread",
    "column": 2,
}
"""Examples of the local names of which some expressions are made when they are needed."""


class Found(NamedTuple):
    """An expression, where it is written, and the methods by which it is used."""

    place: str
    pattern: re.Pattern[Any]
    uses: frozenset[str]


def found() -> Iterator[Found]:
    """All expressions of all modules. Raises ``NameError`` for one made of what ``MADE`` lacks."""
    trees = {_name(file): ast.parse(file.read_text("utf-8")) for file in sorted(ROOT.rglob("*.py"))}
    public: dict[str, set[str]] = {}
    for tree in trees.values():
        for name, uses in _uses(tree).items():
            public.setdefault(name, set()).update(uses)
    for module, tree in trees.items():
        if any(isinstance(node, ast.Import) and _imports(node) for node in ast.walk(tree)):
            yield from _of_module(module, tree, {**public, **_uses(tree)})


def _of_module(module: str, tree: ast.Module, uses: dict[str, set[str]]) -> Iterator[Found]:
    known = {**MADE, **vars(importlib.import_module(module))}
    names = {
        node.value: target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    methods = {node.value: node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _called(node) is None:
            continue
        used = {_called(node) or ""}
        if used == {"compile"}:
            used = {methods[node]} if node in methods else uses.get(names.get(node, ""), set())
        pattern = re.compile(_value(node.args[0], known), _flags(node, known))
        yield Found(f"{module}:{node.lineno}", pattern, frozenset(used or SCANNING))


def _called(node: ast.Call) -> str | None:
    """The function of ``re`` that takes an expression, if it is one that is called."""
    match node.func:
        case ast.Attribute(ast.Name("re"), name) if name in CALLS:
            return name
    return None


def _flags(node: ast.Call, known: dict[str, object]) -> Any:
    named = [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
    at = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(_called(node) or "", 2)
    given = [*named, *node.args[at : at + 1]]
    return _value(given[0], known) if given else 0


def _value(node: ast.expr, known: dict[str, object]) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), known)  # noqa: S307  of our own code


def _uses(tree: ast.Module) -> dict[str, set[str]]:
    """By the names of what is asked: the methods that are asked for."""
    uses: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CALLS:
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", None)
            if name and name != "re":
                uses.setdefault(name, set()).add(node.attr)
    return uses


def _imports(node: ast.Import) -> bool:
    return any(alias.name == "re" for alias in node.names)


def _name(file: Path) -> str:
    parts = file.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
