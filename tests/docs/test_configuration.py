"""docs/configuration.md has every key with its default, and every variable of the environment."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec

from qtauthor.files import site_marks
from qtauthor.model.config import site_config
from qtauthor.model.config.site_config import Config
from tests.docs.pages import DOCS, ROOT, blocks, codes, rows

PAGE = DOCS / "configuration.md"


def keys(values: msgspec.Struct, above: str = "") -> Iterator[tuple[str, object, object]]:
    """Every key in full with its default and its type."""
    hints = get_type_hints(type(values))
    for name, called in zip(values.__struct_fields__, values.__struct_encode_fields__, strict=True):
        value = getattr(values, name)
        if isinstance(value, msgspec.Struct):
            yield from keys(value, f"{above}{called}.")
        else:
            yield above + called, msgspec.to_builtins(value), hints[name]


def table() -> dict[str, list[str]]:
    return {codes(row[0])[0]: row for row in rows(PAGE, "Keys")}


def test_every_key_is_in_the_table_and_nothing_else() -> None:
    assert list(table()) == [name for name, _, _ in keys(Config())]


def test_the_defaults_in_the_table_are_those_of_the_program() -> None:
    for name, default, _ in keys(Config()):
        shown = tomllib.loads(f"value = {codes(table()[name][1])[0]}")["value"]
        assert shown == (list(default) if isinstance(default, tuple) else default), name


def test_a_key_of_few_values_has_them_all_in_its_row() -> None:
    limited = {name: kind for name, _, kind in keys(Config()) if get_origin(kind) is Literal}
    assert limited
    for name, kind in limited.items():
        for choice in get_args(kind):
            assert f'`"{choice}"`' in table()[name][2], name


def test_the_files_on_the_page_can_be_read() -> None:
    found = blocks(PAGE, "toml")
    assert found
    for block in found:
        inside = site_marks.PYPROJECT_TABLE if "[tool.qtauthor" in block.text else ()
        assert site_config.parse(block.text, path=f"line {block.line}", table=inside) != Config()


def test_the_first_file_on_the_page_has_every_key() -> None:
    data = tomllib.loads(blocks(PAGE, "toml")[0].text)
    for name, _, _ in keys(Config()):
        here: object = data
        for part in name.split("."):
            assert isinstance(here, dict)
            here = here[part]


NOT_FOR_PEOPLE = {"QTAUTHOR_UTF8"}
"""The mark by which a process that was started again in UTF-8 knows that it was."""


def variables(path: Path) -> set[str]:
    """The names in a module that reads the environment, but for what stands for a value in help."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    told = [one.value for one in nodes if isinstance(one, ast.keyword) and one.arg == "metavar"]
    texts = [one for one in nodes if isinstance(one, ast.Constant) and one not in told]
    return {str(one.value) for one in texts if re.fullmatch("[A-Z][A-Z_0-9]+", str(one.value))}


def test_every_variable_of_the_environment_is_on_the_page() -> None:
    package = ROOT / "qtauthor"
    # The shells ask completion in their own words; git's variables are taken out, not read.
    others = (package / "cli" / "completion", package / "sinks" / "git")
    modules = [path for path in package.rglob("*.py") if not set(path.parents) & set(others)]
    readers = [path for path in modules if re.search(r"\benviron\b", path.read_text("utf-8"))]
    names = set().union(*map(variables, readers)) - NOT_FOR_PEOPLE
    shown = {code for row in rows(PAGE, "Environment") for code in codes(row[0])}
    assert shown == names
