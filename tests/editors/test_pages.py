"""What the pages tell to put into files is well-formed, and fits the program."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from qtauthor.lsp.settings import Settings
from tests.cli.support import CHAIN, here
from tests.docs.pages import EXTENSION, codes, rows
from tests.editors.support import PAGES, configuration
from tests.support.patience import PATIENCE

MANIFEST = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
OWN = {"path", "root", "trace.server"}
"""Settings that the extension itself looks at."""


def keys(values: Any, above: str = "") -> dict[str, Any]:
    """Settings by their full names."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        inside = isinstance(value, dict)
        found |= keys(value, f"{above}{name}.") if inside else {above + name: value}
    return found


DEFAULTS = keys(msgspec.to_builtins(Settings()))


def test_json_and_toml_can_be_read() -> None:
    for page in PAGES.glob("*.md"):
        for text in configuration(page.name, "json"):
            json.loads(text)
        for text in configuration(page.name, "toml"):
            tomllib.loads(text)


def test_the_settings_on_the_page_are_those_of_the_server() -> None:
    listed: dict[str, Any] = {}
    for row in rows(PAGES / "index.md", "Settings"):
        names, values = codes(row[0]), [json.loads(value) for value in codes(row[1])]
        listed |= dict(zip(names, values * (len(names) // len(values)), strict=True))
    assert listed == DEFAULTS


def test_the_settings_of_the_extension_are_those_of_the_server() -> None:
    properties = MANIFEST["contributes"]["configuration"]["properties"]
    given = {name.removeprefix("qtauthor."): one["default"] for name, one in properties.items()}
    assert given.keys() >= OWN
    assert {name: DEFAULTS[name] for name in given.keys() - OWN} == {
        name: value for name, value in given.items() if name not in OWN
    }


def test_the_problem_matcher_of_the_extension_fits_what_check_prints(flawed_site: Path) -> None:
    [matcher] = MANIFEST["contributes"]["problemMatchers"]
    pattern = matcher["pattern"]
    [line] = here("check", CHAIN, "--format", "concise").text.splitlines()
    found = re.fullmatch(pattern["regexp"], line)
    assert found is not None
    parts = {name: found[group] for name, group in pattern.items() if name != "regexp"}
    assert (parts["file"], parts["line"], parts["column"], parts["code"]) == (
        CHAIN,
        "10",
        "10",
        "QT305",
    )
    assert matcher["name"] in "".join(configuration("vscode.md", "json"))


@pytest.fixture
def flawed_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from tests.support.sites import copy_demo

    root = copy_demo(tmp_path).root
    text = (root / CHAIN).read_text().replace("title: QuickTakes | Bicycles", "title: x")
    (root / CHAIN).write_text(text)
    monkeypatch.chdir(root)
    return root


def test_the_files_that_the_extension_names_are_there_and_parse() -> None:
    contributed = MANIFEST["contributes"]["snippets"]
    for path in (MANIFEST["main"], *(one["path"] for one in contributed)):
        assert (EXTENSION / path).is_file()
    for one in contributed:
        assert json.loads((EXTENSION / one["path"]).read_text(encoding="utf-8"))
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = str(EXTENSION / MANIFEST["main"])
    done = subprocess.run([node, "--check", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_extension_shows_the_articles_behind_a_code_lens() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    driver = Path(__file__).with_name("lens.js")
    command = [node, str(driver), str(EXTENSION / MANIFEST["main"])]
    done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)
    where = {"line": 3}
    assert json.loads(done.stdout) == {
        "asked": [
            ["qtauthor.showReferences", ["file:///a.md", where, True]],
            ["qtauthor.fixAll", ["file:///a.md"]],
        ],
        "shown": [
            [
                "editor.action.showReferences",
                "uri file:///a.md",
                "line 3",
                ["location x", "location y"],
            ]
        ],
    }
