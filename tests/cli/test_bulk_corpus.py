"""Bulk edits of real articles: each line that changes was asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.support import git, here, tree

pytestmark = pytest.mark.slow


@pytest.fixture
def articles(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample as a git checkout, which is the working directory."""
    site = tmp_path / "site"
    shutil.copytree(corpus, site / "content" / "learn", copy_function=shutil.copyfile)
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "all")
    monkeypatch.chdir(site)
    return site


def changed_lines(site: Path) -> dict[str, list[str]]:
    """The lines that differ from what is committed, by file."""
    found: dict[str, list[str]] = {}
    text = git(site, "diff", "--unified=1").stdout.decode()
    for part in text.split("diff --git ")[1:]:
        lines = part.split("\n")
        found[lines[0]] = [line for line in lines[4:] if not line.startswith("@@")]
    return found


def test_articles_without_an_answer_are_kept_out_of_search_engines(articles: Path) -> None:
    condition = "answer like '%cannot answer%' and not no_index"
    listed = here("ls", "--where", condition).text.split()
    result = here("set", "no_index:=true", "--where", condition, "--expect", str(len(listed)))
    assert result.code == 0, result.err
    found = changed_lines(articles)
    assert len(found) == len(listed) > 0
    for lines in found.values():
        before, added, after = (line for line in lines if line)
        assert added == "+no_index: True"
        assert before.startswith("     ")
        assert after == " answer: >-"
    assert here("undo").code == 0
    assert git(articles, "status", "--porcelain").stdout == b""


def test_every_plain_title_becomes_folded_and_plain_again(articles: Path) -> None:
    before = tree(articles)
    plain = {path for path, data in before.items() if b"\ntitle: >-" not in data}
    assert here("fmt", "--all", "--only", "title-style", "--template", "folded").code == 0
    folded = tree(articles)
    assert all(b"\ntitle: >-\n" in data for data in folded.values())
    assert plain <= {path for path, data in before.items() if folded[path] != data}
    names = "\n".join(path for path, data in before.items() if folded[path] != data).encode()
    assert here("undo").code == 0
    assert tree(articles) == before
    assert here("redo").code == 0
    result = here(
        "fmt", "--from-file", "-", "--only", "title-style", "--template", "plain", "--allow-dirty",
        stdin=names,
    )  # fmt: skip
    assert result.code == 0
    uniform = {path for path in plain if b"    title: >-" not in before[path]}
    again = tree(articles)
    assert all(again[path] == before[path] for path in uniform)
    assert uniform


def test_export_and_import_by_the_command_line_give_every_file(
    articles: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    (empty / "content" / "learn").mkdir(parents=True)
    data = here("export", "--all").out
    assert data.count(b"\n") == 4801
    result = here("import", "-", "--root", str(empty), stdin=data)
    assert result.code == 0, result.err[-500:]
    assert tree(empty) == tree(articles)
