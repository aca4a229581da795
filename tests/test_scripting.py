"""A bulk script of ten lines, with nothing but the public names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import qtauthor
from qtauthor import ChangeSet, Code, QtauthorError, Site, commit, diff, edit, prove, undo
from qtauthor.content.article import Article
from tests.cli.support import CHAIN, environment, git, here, tree
from tests.support.sites import copy_demo

SCRIPT = """\
import sys
from qtauthor import Site, commit, edit

def shorten(article):
    return article.set_keywords(article.keywords[:2])

site = Site.find()
changes = edit(site, site.select(sys.argv[1]), shorten)
print(changes.summary())
commit(site, changes, "shorten keywords")
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.chdir(tmp_path)
    return copy_demo(tmp_path)


def scored(article: Article) -> Article:
    return article.set("score", 5)


def test_a_script_of_ten_lines_is_enough(site: Site) -> None:
    before = tree(site.root)
    assert len(SCRIPT.splitlines()) == 10
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "related > 2"],
        cwd=site.root / "content",
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"4 changed\n", b"")
    changed = tree(site.root)
    assert len([path for path in before if changed[path] != before[path]]) == 4
    assert "shorten keywords" in here("log").text
    assert here("undo").code == 0
    assert tree(site.root) == before


def test_what_is_committed_is_read_back_and_undone(site: Site) -> None:
    before = tree(site.root)
    changes = edit(site, site.paths(), scored)
    prove(site, changes)
    assert diff(site, changes).count("+score: 5.0") == len(changes.changes) == 8
    assert tree(site.root) == before
    commit(site, changes)
    assert site.select("score = 5") == list(site.paths())
    assert edit(site, site.paths(), scored) == ChangeSet()
    undo(site)
    assert tree(site.root) == before
    assert site.select("score = 5") == []


def test_an_article_may_be_left_and_an_error_names_its_article(site: Site) -> None:
    assert not edit(site, [CHAIN], lambda _: None)
    with pytest.raises(QtauthorError) as caught:
        edit(site, [CHAIN], lambda article: article.set("score", "high"))
    assert (caught.value.code, caught.value.where.path) == (Code.WRONG_TYPE, CHAIN)
    with pytest.raises(QtauthorError) as caught:
        edit(site, [CHAIN], lambda article: article.markdown)  # type: ignore[arg-type, return-value]
    assert (caught.value.code, caught.value.where.path) == (Code.BAD_SCRIPT, CHAIN)
    with pytest.raises(ZeroDivisionError):
        edit(site, [CHAIN], lambda _: 1 / 0)  # type: ignore[arg-type, return-value]


def test_what_came_in_between_is_not_overwritten(site: Site) -> None:
    changes = edit(site, site.paths(), scored)
    (site.root / CHAIN).write_bytes((site.root / CHAIN).read_bytes() + b"\n")
    before = tree(site.root)
    for attempt in (prove, commit):
        with pytest.raises(QtauthorError) as caught:
            attempt(site, changes)
        assert caught.value.code is Code.CHANGED_SINCE
    assert tree(site.root) == before


def test_files_with_changes_that_are_not_committed_to_git_are_refused(site: Site) -> None:
    git(site.root, "init", "-q")
    changes = edit(site, [CHAIN], scored)
    with pytest.raises(QtauthorError) as caught:
        commit(site, changes)
    assert caught.value.code is Code.UNCOMMITTED_CHANGES
    commit(site, changes, allow_dirty=True)
    with pytest.raises(QtauthorError) as caught:
        undo(site, 2)
    assert caught.value.code is Code.NOTHING_TO_UNDO


def test_the_names_are_there_and_typed() -> None:
    assert all(getattr(qtauthor, name) is not None for name in qtauthor.__all__)
    package = Path(qtauthor.__file__).parent
    assert (package / "py.typed").is_file()
