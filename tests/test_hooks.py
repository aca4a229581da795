"""The hooks for pre-commit, run by it on a scratch repository.

Installing them takes a minute, which one slow test does. The others take a copy of
`.pre-commit-hooks.yaml` that has the language ``system``, with this ``qtauthor`` on the path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import qtauthor
from tests.cli.support import CHAIN, DEMO, SHIFTING, environment, git, process

HOOKS = Path(qtauthor.__file__).parents[1] / ".pre-commit-hooks.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A site in git that uses both hooks."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    text = HOOKS.read_text().replace("language: python", "language: system")
    (hooks / HOOKS.name).write_text(text)
    root = tmp_path / "site"
    shutil.copytree(DEMO, root)
    assert process("fmt", "--all", cwd=root).code == 0
    for folder in (hooks, root):
        git(folder, "init", "-q")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "x")
    revision = git(hooks, "rev-parse", "HEAD").stdout.decode().strip()
    (root / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n"
        "  hooks:\n  - id: qtauthor-check\n    args: [--select, QT3]\n  - id: qtauthor-fmt\n"
    )
    git(root, "add", "-A")
    return root


def run(root: Path, *arguments: str) -> tuple[int, str]:
    """Run the hooks with this ``qtauthor``; gives the exit code and what is printed."""
    programs = root.parent / "bin"
    programs.mkdir(exist_ok=True)
    program = programs / "qtauthor"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qtauthor "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    return pre_commit("run", *arguments, cwd=root, PATH=path)


def pre_commit(command: str, *arguments: str, cwd: Path, **changes: str) -> tuple[int, str]:
    """Run pre-commit; gives its exit code and what it prints."""
    home = {"PRE_COMMIT_HOME": str(cwd.parent / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", command, "--color", "never", *arguments],
        cwd=cwd,
        env=environment(**home, **changes),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The files of this repository, as they are, as a repository of their own."""
    root, copy = HOOKS.parent, tmp_path / "published"
    listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode:
        pytest.skip("this is no checkout of the repository")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (root / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, copy / name)
    git(copy, "init", "-q")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "x")
    return copy


@pytest.mark.slow
def test_pre_commit_installs_the_hooks_by_itself(repository: Path, published: Path) -> None:
    (repository / CHAIN).write_bytes(b"\n" + (repository / CHAIN).read_bytes())
    git(repository, "add", "-A")
    told = pre_commit("try-repo", str(published), "--all-files", cwd=repository, PYTHONPATH="")[1]
    assert "QT101 late-front-matter" in told
    assert f"{CHAIN}:1:1" in told
    assert told.count("Failed") == 2  # what cannot be read is not formatted either
    assert "Executable" not in told


def test_a_clean_site_passes(repository: Path) -> None:
    code, told = run(repository, "--all-files")
    assert code == 0, told
    assert told.count("Passed") == 2


def test_what_is_wrong_with_a_staged_article_stops_the_commit(repository: Path) -> None:
    text = (repository / SHIFTING).read_text()
    (repository / SHIFTING).write_text(text.replace("title: QuickTakes | ", "title: ", 1))
    (repository / CHAIN).write_text("not staged, so not looked at")
    git(repository, "add", SHIFTING)
    code, told = run(repository)
    assert code == 1
    assert f"{SHIFTING}:12:10" in told
    assert "QT305 seo-title-differs" in told
    assert CHAIN not in told


def test_fmt_writes_staged_articles(repository: Path) -> None:
    text = (repository / CHAIN).read_text()
    changed = text.replace("  page_keywords: >-\n    ", "  page_keywords: >-\n      ", 1)
    assert changed != text
    (repository / CHAIN).write_text(changed)
    git(repository, "add", CHAIN)
    code, told = run(repository, "qtauthor-fmt")
    assert code == 1
    assert "files were modified by this hook" in told
    assert (repository / CHAIN).read_text() == text
