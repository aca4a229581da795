"""Git is asked so that nothing in a repository runs, writes, or is taken for an option."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from qtauthor.content import id_scan
from qtauthor.errors import Code, QtauthorError, SiteError
from qtauthor.sinks.git import dirty, refs, since
from tests.support.repositories import CONTENT, article, commit_all, git, init, put

A = f"{CONTENT}/biology/a.md"
B = f"{CONTENT}/biology/b.md"


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a file ``sprung`` when it runs, and answers nothing."""
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\n: >'{tmp_path}/sprung'\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout that is a site of two articles, both committed; then one of them is edited."""
    root = tmp_path / "outer/site"
    put(root, A, article(1))
    put(root, B, article(2))
    init(root)
    commit_all(root)
    put(root, A, article(1, "mine"))
    return root


def ask_everything(root: Path, revision: str = "HEAD") -> list[str | None]:
    """The codes of what each question ended in; ``None`` for an answer."""
    questions = (
        lambda: dirty.dirty(root, [A, B]),
        lambda: dirty.refuse_uncommitted(root, [A, B]),
        lambda: since.changed_since(root, CONTENT, [A, B], revision),
        lambda: largest_id(root, [A, B]),
    )
    codes: list[str | None] = []
    for question in questions:
        try:
            question()
        except QtauthorError as error:
            codes.append(error.code)
        else:
            codes.append(None)
    return codes


def largest_id(root: Path, paths: list[str]) -> int:
    return id_scan.largest_id(refs.articles(root, CONTENT, paths))


def is_sprung(trap: Path) -> bool:
    return (trap.parent / "sprung").exists()


def test_a_site_that_is_itself_a_bare_repository_is_no_repository(
    tmp_path: Path, trap: Path
) -> None:
    """The four names are plain tracked files of the outer checkout: they come with a clone."""
    outer = tmp_path / "outer"
    site = outer / "site"
    put(site, A, article(1))
    init(site, "--bare")
    (site / "refs/keep").touch()
    (site / "objects/keep").touch()
    with (site / "config").open("a") as file:
        file.write(f"[core]\n\tbare = false\n\tworktree = {site}\n\tfsmonitor = {trap}\n")
    init(outer)
    commit_all(outer)
    put(site, A, article(1, "mine"))
    (site / "objects/info").mkdir(exist_ok=True)
    assert dirty.dirty(site, [A]) == [A]
    assert since.changed_since(site, CONTENT, [A], "HEAD") == {A}
    assert largest_id(site, [A]) == 1
    assert not is_sprung(trap)


@pytest.mark.parametrize("where", ["site", "content", "subject"])
def test_a_bare_repository_on_the_way_is_passed_by(root: Path, trap: Path, where: str) -> None:
    folder = root / {"site": ".", "content": "content", "subject": f"{CONTENT}/biology"}[where]
    for name in ("objects", "refs"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "config").write_text(f"[core]\n\tbare = true\n\tfsmonitor = {trap}\n")
    assert dirty.dirty(root, [A, B]) == [A]
    assert not is_sprung(trap)


PROGRAMS = (
    "core.fsmonitor",
    "core.sshCommand",
    "core.gitProxy",
    "core.pager",
    "core.editor",
    "core.alternateRefsCommand",
    "core.askPass",
    "credential.helper",
    "diff.external",
    "diff.articles.command",
    "diff.articles.textconv",
    "filter.articles.clean",
    "filter.articles.smudge",
    "filter.articles.process",
    "filter.a=b.clean",
    "gpg.program",
    "interactive.diffFilter",
    "pager.status",
    "uploadpack.packObjectsHook",
)


def test_no_program_of_a_repositorys_own_configuration_runs(root: Path, trap: Path) -> None:
    """As an archive or a shared folder brings it, with its ``.git``."""
    (root / ".git/info/attributes").write_text("*.md filter=articles diff=articles\n")
    with (root / ".git/config").open("a") as file:
        for key in PROGRAMS:
            section, _, name = key.partition(".")
            middle, _, last = name.rpartition(".")
            head = f'[{section} "{middle}"]' if middle else f"[{section}]"
            file.write(f"{head}\n\t{last} = {trap}\n")
    os.utime(root / B, (1, 1))
    codes = ask_everything(root)
    assert not is_sprung(trap)
    assert codes == [None, Code.UNCOMMITTED_CHANGES, None, None]


def test_filters_of_a_file_that_the_configuration_includes_do_not_run(
    root: Path, trap: Path
) -> None:
    (root / "more.cfg").write_text(f'[filter "articles"]\n\tclean = {trap}\n\trequired = true\n')
    (root / ".gitattributes").write_text("*.md filter=articles\n")
    with (root / ".git/config").open("a") as file:
        file.write("[include]\n\tpath = ../more.cfg\n")
    os.utime(root / B, (1, 1))
    ask_everything(root)
    assert not is_sprung(trap)


def test_no_hook_runs(root: Path, trap: Path) -> None:
    for name in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        hook = root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_bytes(trap.read_bytes())
        hook.chmod(0o755)
    os.utime(root / B, (1, 1))
    ask_everything(root)
    assert not is_sprung(trap)


def test_the_configuration_of_a_nested_checkout_is_not_that_of_the_outer_one(
    root: Path, trap: Path
) -> None:
    """Git asks a nested repository whether it is clean, by its own configuration."""
    nested = root / f"{CONTENT}/physics"
    put(nested, "c.md", article(3))
    init(nested)
    commit_all(nested)
    commit_all(root)
    with (nested / ".git/config").open("a") as file:
        file.write(f"[core]\n\tfsmonitor = {trap}\n")
    put(nested, "c.md", article(3, "mine"))
    put(root, A, article(1, "more"))
    many = [A, B, f"{CONTENT}/physics/c.md"]
    assert dirty.dirty(root, many) == [A, many[2]]
    assert since.changed_since(root, CONTENT, many, "HEAD") == {A, many[2]}
    assert not is_sprung(trap)


def test_another_work_tree_of_the_configuration_is_not_looked_at(
    root: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    put(other, A, article(1))
    put(other, B, article(2))
    git(root, "config", "core.worktree", str(other))
    assert dirty.dirty(root, [A, B]) == [A]


def test_a_revision_is_never_an_option_and_always_a_commit(root: Path) -> None:
    victim = root / "victim"
    victim.write_text("precious")
    options = (f"--output={victim}", "--no-index", "-O/etc/passwd", "--help", "-h", "--", "")
    others = ("HEAD:content", "main..HEAD", "^HEAD", "HEAD HEAD", "a\nb", "a\0b")
    for revision in (*options, *others):
        with pytest.raises(SiteError) as caught:
            since.changed_since(root, CONTENT, [A], revision)
        assert caught.value.code is Code.NO_GIT
    assert victim.read_text() == "precious"


def test_a_name_is_neither_an_option_nor_a_pattern(root: Path) -> None:
    names = ("--output=x.md", "-a.md", ":(top)x.md", ":!b.md", "*.md", ":")
    paths = [f"{CONTENT}/biology/{name}" for name in names]
    for path in paths:
        put(root, path, article(5))
        assert dirty.dirty(root, [path, B]) == [path]
    assert since.changed_since(root, CONTENT, [*paths, B], "HEAD") == set(paths)
    commit_all(root)
    assert dirty.dirty(root, [*paths, B]) == []


def test_a_folder_that_is_called_like_an_option(tmp_path: Path) -> None:
    root = tmp_path / "-c" / "--output=x"
    put(root, A, article(1))
    init(root)
    commit_all(root)
    put(root, A, article(2))
    assert dirty.dirty(root, [A]) == [A]


VARIABLES = {
    "GIT_DIR": "{other}/.git",
    "GIT_WORK_TREE": "{other}",
    "GIT_INDEX_FILE": "{other}/.git/index",
    "GIT_OBJECT_DIRECTORY": "{other}/.git/objects",
    "GIT_COMMON_DIR": "{other}/.git",
    "GIT_NAMESPACE": "x",
    "GIT_PREFIX": "x/",
    "GIT_GLOB_PATHSPECS": "1",
    "GIT_EXTERNAL_DIFF": "{trap}",
    "GIT_CEILING_DIRECTORIES": "{root}",
    "GIT_TRACE": "1",
}


@pytest.mark.parametrize("names", [["GIT_DIR"], VARIABLES], ids=["one", "all"])
def test_what_a_hook_sets_does_not_lead_to_another_repository(
    root: Path, tmp_path: Path, trap: Path, monkeypatch: pytest.MonkeyPatch, names: Iterable[str]
) -> None:
    other = tmp_path / "other"
    put(other, A, article(1, "mine"))
    put(other, B, article(2))
    init(other)
    commit_all(other)
    for name in names:
        value = VARIABLES[name].format(other=other, trap=trap, root=root)
        monkeypatch.setenv(name, value)
    assert dirty.dirty(root, [A, B]) == [A]
    assert since.changed_since(root, CONTENT, [A, B], "HEAD") == {A}
    assert largest_id(root, [A, B]) == 1
    assert not is_sprung(trap)


def make_partial(root: Path, url: str) -> None:
    """A clone without blobs, with one in its history that is in no file."""
    put(root, B, article(9))
    commit_all(root)
    put(root, B, article(2))
    put(root, A, article(1, "still mine"))
    git(root, "add", B)
    git(root, "commit", "-q", "-m", "x")
    for path in (root / ".git/objects").glob("??/*"):
        if git(root, "cat-file", "-t", path.parent.name + path.name).strip() == "blob":
            path.unlink()
    git(root, "branch", "old", "HEAD~1")
    git(root, "config", "extensions.partialClone", "origin")
    git(root, "config", "core.repositoryFormatVersion", "1")
    git(root, "config", "remote.origin.promisor", "true")
    git(root, "config", "remote.origin.url", url)


def test_blobs_that_are_not_there_are_not_fetched(root: Path, tmp_path: Path, trap: Path) -> None:
    """A partial clone fetches what is missing, by whatever its configuration says."""
    make_partial(root, str(tmp_path / "outer"))
    git(root, "config", "remote.origin.uploadpack", str(trap))
    codes = ask_everything(root)
    assert not is_sprung(trap)
    assert codes == [None, Code.UNCOMMITTED_CHANGES, None, Code.NO_GIT]


@pytest.mark.parametrize("url", ["ext::{trap} x", "{trap}::x"])
def test_no_helper_of_a_transport_runs(root: Path, trap: Path, url: str) -> None:
    make_partial(root, url.format(trap=trap))
    git(root, "config", "protocol.ext.allow", "always")
    ask_everything(root)
    assert not is_sprung(trap)


def test_git_that_does_not_end_is_ended(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qtauthor.sinks.git import run

    monkeypatch.setattr(run, "SECONDS", 0.3)
    os.mkfifo(root / "fifo")
    with (root / ".git/config").open("a") as file:
        file.write("[include]\n\tpath = ../fifo\n")
    with pytest.raises(SiteError) as caught:
        dirty.dirty(root, [A])
    assert caught.value.code is Code.GIT_UNKNOWN
    assert "did not answer" in caught.value.message
