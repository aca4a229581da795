"""``qtauthor demo``."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from qtauthor.cli.commands import demo
from tests.cli.support import DEMO, SHIFTING, Result, assert_refused, here, terminal, tree


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path.resolve() / "sample"


def commands(result: Result) -> list[str]:
    """What the demo says it types, without its prompt."""
    found = re.findall(r"^\$ (qtauthor (?:.*\\\n)*.*)$", result.err, re.MULTILINE)
    return [line.replace("\\\n", "") for line in found]


def test_the_demo_shows_diffs_and_an_article_and_ends_well(fresh: Path) -> None:
    result = here("demo", "sample")
    assert result.code == 0
    assert result.text.count("diff --git ") == 2
    assert "+no_index: True" in result.text
    assert "no answer yet" in result.text
    assert "Try next:" in result.err
    assert Path.cwd() == fresh.parent


def test_the_demo_edits_only_what_it_says(fresh: Path) -> None:
    here("demo", "sample")
    before, after = tree(DEMO), tree(fresh)
    assert set(after) - set(before) == {demo.NEW}
    assert {path for path in before if after[path] != before[path]} == {SHIFTING}
    assert after[SHIFTING] == before[SHIFTING].replace(
        b"title: QuickTakes | Bicycles", b"title: 'Bicycles: shifting'"
    ).replace(b"\nanswer: ", b"\nno_index: True\nanswer: ")


def test_the_commands_that_it_prints_do_the_same_when_typed(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = here("demo", "sample")
    typed = commands(shown)
    assert len(typed) == len(demo.STEPS)
    again = fresh.with_name("again")
    shutil.copytree(DEMO, again)
    monkeypatch.chdir(again)
    out = b"".join(here(*shlex.split(line)[1:]).out for line in typed)
    assert out == shown.out
    assert tree(again) == tree(fresh)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_what_it_says_to_try_next_works_when_typed(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = here("demo", "sample")
    lines = result.err.split("Try next:\n")[1].rstrip("\n").split("\n")
    first, *rest = [shlex.split(line) for line in lines]
    assert first == ["cd", str(fresh)]
    monkeypatch.chdir(first[1])
    assert ["qtauthor", "new"] in rest
    for program, *arguments in rest:
        assert program == "qtauthor"
        code = here(*arguments).code
        assert code == (2 if arguments == ["new"] else 0), arguments
    with terminal("new", cwd=fresh) as run:
        run.expect("Subject")


def test_without_a_folder_a_temporary_one_is_made(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(fresh.parent))
    result = here("demo", "--quiet")
    assert (result.code, result.err) == (0, "")
    (made,) = fresh.parent.iterdir()
    assert made.name.startswith("qtauthor-demo-")


def test_a_folder_with_anything_in_it_is_refused_and_stays(fresh: Path) -> None:
    fresh.mkdir()
    (fresh / ".hidden").touch()
    assert_refused(here("demo", "sample"), "file-exists", "sample is there and not empty")
    assert tree(fresh) == {".hidden": b""}
    assert_refused(here("demo", "sample/.hidden"), "file-exists", "name a new folder")


def test_an_empty_folder_is_taken(fresh: Path) -> None:
    fresh.mkdir()
    assert here("demo", "sample").code == 0


def test_the_copy_can_be_written_even_if_the_installed_sample_cannot(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = fresh.with_name("installed")
    shutil.copytree(DEMO, installed)
    for path in installed.rglob("*.md"):
        path.chmod(0o444)
    monkeypatch.setattr(demo, "SAMPLE", installed)
    assert here("demo", "sample").code == 0


def test_another_root_in_the_environment_does_not_mislead_it(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QTAUTHOR_ROOT", "/nowhere")
    assert here("demo", "sample").code == 0
