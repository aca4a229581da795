"""docs/configuration.md has every key with its default, and every variable of the environment."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec

from qtauthor.content import config
from qtauthor.content.config import Config
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
        inside = config.PYPROJECT_TABLE if "[tool.qtauthor" in block.text else ()
        assert config.parse(block.text, path=f"line {block.line}", table=inside) != Config()


def test_the_first_file_on_the_page_has_every_key() -> None:
    data = tomllib.loads(blocks(PAGE, "toml")[0].text)
    for name, _, _ in keys(Config()):
        here: object = data
        for part in name.split("."):
            assert isinstance(here, dict)
            here = here[part]


def test_every_variable_of_the_environment_is_on_the_page() -> None:
    shells = [*ROOT.glob("qtauthor/*.py"), *ROOT.glob("qtauthor/cli/*.py")]
    sources = [path.read_text(encoding="utf-8") for path in shells]
    readers = [text for text in sources if "environ" in text]
    names = {name for text in readers for name in re.findall(r'"([A-Z][A-Z_]+)"', text)}
    shown = {code for row in rows(PAGE, "Environment") for code in codes(row[0])}
    assert shown == names
