"""docs/security.md: each test that stands for a threat is there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.docs.pages import DOCS, ROOT

TEXT = (DOCS / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)


def test_each_threat_has_a_test() -> None:
    table = TEXT.partition("| threat | test |\n")[2].partition("\n\n")[0]
    rows = table.splitlines()[1:]
    assert len(rows) == len(NAMED) > 20


@pytest.mark.parametrize(("module", "test"), NAMED, ids=[name for _, name in NAMED])
def test_the_test_is_there(module: str, test: str) -> None:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
