"""What an article, a configuration or a command line says does not lead anywhere else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qtauthor.errors import SiteError
from qtauthor.lsp.features import hover
from qtauthor.model import templates
from tests.cli.support import CHAIN, DEMO, Result, environment, here, process


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "site"
    shutil.copytree(DEMO, root)
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("name", ["../out.md", "{out}", "link.md", "sub/../../out.md", "~/x.md"])
def test_a_template_is_below_the_root(site: Path, name: str) -> None:
    out = site.parent / "out.md"
    shutil.copy(site / CHAIN, out)
    (site / "link.md").symlink_to(out)
    with pytest.raises(SiteError) as caught:
        templates.load(name.format(out=out), site)
    assert caught.value.code == "bad-template"
    shutil.copy(out, site / "own.md")
    assert templates.load("own.md", site).text.startswith("---")


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://evil.example/pixel.png)",
        "![x][r]\n\n[r]: https://evil.example/pixel.png",
        '<img src="https://evil.example/pixel.png">',
        "<IMG src=x>",
        "<!-- x --><svg onload=x>",
        "![a ![b](https://evil.example)](https://evil.example)",
    ],
)
def test_a_hover_fetches_nothing(text: str) -> None:
    from markdown_it import MarkdownIt

    def active(markdown: str) -> list[str]:
        found = MarkdownIt("commonmark").parse(markdown)
        every = [inner for token in found for inner in (token, *(token.children or ()))]
        return [t.type for t in every if t.type in ("image", "html_inline", "html_block")]

    assert active(text)
    assert not active(hover._tame(text))
    assert hover._tame("a < b, x ! [y]") == "a < b, x ! [y]"


def test_a_working_directory_that_is_gone_is_named(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd {gone}; rmdir {gone}; exec {{}} -m qtauthor ls"
    done = subprocess.run(
        ["sh", "-c", script.format(sys.executable)],
        capture_output=True,
        env=environment(),
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert "the working directory is not there any more" in done.stderr
    assert "standard output" not in done.stderr


def test_letters_are_letters_in_any_locale(site: Path) -> None:
    def run(*arguments: str) -> Result:
        words = [word.encode() for word in arguments]
        plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        return process(*words, cwd=site, stdin=b"", **plain)

    name = "content/learn/bicycles/é.md"
    shutil.copy(CHAIN, name)
    done = run("set", name, "author=ü", "/ö=ß")
    assert (done.code, done.err) == (0, "changed 1 article\n")
    assert run("get", name, "author").text == "ü\n"
    assert run("get", name, "/ö").text == "ß\n"


HALF = "\ud800"


@pytest.mark.parametrize(
    "record",
    [
        {HALF: 1},
        {"id": HALF},
        {"date": HALF},
        {"question": HALF},
        {"answer": HALF},
        {"related": [HALF]},
        {"related": [{"id": 1, HALF: 2}]},
        {"fields": {"/" + HALF: 1}},
        {"fields": {"author": {HALF: 1}}},
        {"styles": {HALF: "plain"}},
        {"keywords": [HALF]},
    ],
    ids=json.dumps,
)
def test_half_of_a_surrogate_pair_in_a_batch_is_a_problem_of_its_record(
    site: Path, record: dict[str, object]
) -> None:
    whole = {"question": "What?", "subject": "Bicycles", **record}
    Path("b.jsonl").write_text(json.dumps(whole) + "\n")
    result = here("import", "b.jsonl")
    assert result.code == 2
    assert "b.jsonl:1:1: error: record 1: " in result.err


@pytest.mark.parametrize("argument", ['/a:={"\\ud800": 1}', '/a:="\\ud800"', "/\udce9=x"])
def test_half_of_a_surrogate_pair_is_refused_by_set(site: Path, argument: str) -> None:
    before = Path(CHAIN).read_bytes()
    result = here("set", CHAIN, argument)
    assert result.code == 2
    assert "half of a surrogate pair" in result.err
    assert Path(CHAIN).read_bytes() == before


@pytest.mark.parametrize("operation", ["check", "export", "show", "get", "ls", "diff"])
def test_an_article_that_spells_halves_is_read(site: Path, operation: str) -> None:
    text = (
        Path(CHAIN)
        .read_text()
        .replace("author: QuickTakes", 'author: "\\ud800"\n"\\udfff": 1\nother: {"\\ud801": true}')
    )
    Path(CHAIN).write_text(text)
    result = here(operation, CHAIN, *([CHAIN] if operation == "diff" else []))
    assert "a bug" not in result.err
    assert result.code in (0, 1)
