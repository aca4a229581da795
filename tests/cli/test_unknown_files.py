"""What nobody can look at is not taken for absent: it is named, and nothing is decided by it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import SHIFTING, assert_refused, here
from tests.support.sites import CHAIN, DOUGH

Break = Callable[..., None]


class Entry:
    """A directory entry of which the system tells nothing but the name."""

    def __init__(self, entry: os.DirEntry[str], number: int) -> None:
        self.name, self.path = entry.name, entry.path
        self._number = number

    def _fail(self, **_: Any) -> Any:
        raise failure(self._number, self.path)

    stat = is_dir = is_file = _fail

    def is_symlink(self) -> bool:
        return False


class Disk:
    """A system that fails with ``number`` at whatever is below one path."""

    def __init__(self, broken: Path, number: int) -> None:
        self.broken = os.path.realpath(broken)
        self.number = number

    def fails(self, name: Any) -> bool:
        if not isinstance(name, str | os.PathLike):
            return False
        text = os.path.abspath(os.fspath(name))  # noqa: PTH100  links are not looked at
        return text == self.broken or text.startswith(self.broken + os.sep)

    def wrapped(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(name: Any = ".", *arguments: Any, **options: Any) -> Any:
            if self.fails(name):
                raise failure(self.number, name)
            return original(name, *arguments, **options)

        return call

    def scanned(self, scandir: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def scan(name: Any) -> Iterator[Any]:
            if self.fails(name):
                raise failure(self.number, name)
            with scandir(name) as found:
                yield (Entry(e, self.number) if self.fails(e.path) else e for e in found)

        return scan


def failure(number: int, name: Any) -> OSError:
    return OSError(number, os.strerror(number), name)


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Let the system fail at whatever is below a path from now on."""

    def begin(path: Path, number: int = errno.EIO) -> None:
        disk = Disk(path, number)
        for name in ("stat", "lstat", "open"):
            monkeypatch.setattr(os, name, disk.wrapped(getattr(os, name)))
        monkeypatch.setattr(os, "scandir", disk.scanned(os.scandir))

    return begin


def test_an_article_that_cannot_be_looked_at_is_listed_and_named(
    site: Path, breaking: Break
) -> None:
    here("ls")
    breaking(site / CHAIN)
    assert CHAIN.encode() in here("ls", "--where", "problem NOT NULL").out
    assert_refused(here("check", CHAIN), "cannot-read", CHAIN)
    found = here("check")
    assert found.code == 1
    assert CHAIN in found.out.decode()


def test_links_of_an_article_that_cannot_be_looked_at_are_not_taken_for_none(
    site: Path, breaking: Break
) -> None:
    """The other end of a link could not follow, silently."""
    breaking(site / CHAIN)
    told = here("retitle", SHIFTING, "--question", "Which shifting is easier?")
    assert_refused(told, "unreadable-link", CHAIN)
    assert (site / SHIFTING).is_file()


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.EACCES])
def test_a_configuration_that_cannot_be_looked_at_is_an_error(
    site: Path, breaking: Break, number: int
) -> None:
    (site / "qtauthor.toml").write_text('content = "elsewhere"\n')
    breaking(site / "qtauthor.toml", number)
    for command in (("ls",), ("set", DOUGH, "score=1"), ("show", DOUGH), ("check",)):
        assert_refused(here(*command), "cannot-read", "qtauthor.toml", os.strerror(number))


def test_a_folder_that_cannot_be_looked_at_is_an_error(site: Path, breaking: Break) -> None:
    breaking(site / "content/learn/bicycles")
    before = set((site / "content/learn/bread-baking").iterdir())
    ask = ("new", "--subject", "Bread Baking", "--question", "What is a crumb?")
    for command in (("ls",), ("check",), ask):
        assert_refused(here(*command), "cannot-read", "bicycles")
    assert set((site / "content/learn/bread-baking").iterdir()) == before


def test_the_id_of_an_article_that_cannot_be_read_is_not_given_again(
    site: Path, breaking: Break
) -> None:
    """It may be the largest one."""
    breaking(site / CHAIN)
    ask = ("new", "--subject", "Bread Baking", "--question", "What is a crumb?")
    assert_refused(here(*ask), "cannot-read", CHAIN)
    assert_refused(here("ids", "next"), "cannot-read", CHAIN)
    (site / "batch.jsonl").write_text('{"question": "What is a crust?", "subject": "Bread Baking"}')
    assert_refused(here("import", "batch.jsonl"), "cannot-read", CHAIN)
    assert here(*ask, "--id", "5000").code == 0


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
def test_a_target_that_cannot_be_looked_at_is_not_free(
    site: Path, breaking: Break, number: int
) -> None:
    target = site / "content/learn/bread-baking/what-is-a-crumb.md"
    breaking(target, number)
    asked = here("new", "--subject", "Bread Baking", "--question", "What is a crumb?")
    assert_refused(asked, "cannot-read", "what-is-a-crumb.md")
    asked = here("retitle", DOUGH, "--question", "What is a crumb?")
    assert_refused(asked, "cannot-read", "what-is-a-crumb.md")


def test_redirects_that_cannot_be_looked_at_are_not_begun_anew(site: Path, breaking: Break) -> None:
    (site / "qtauthor.toml").write_text('redirects.path = "redirects.json"\n')
    (site / "redirects.json").write_text("[]\n")
    breaking(site / "redirects.json")
    told = here("retitle", DOUGH, "--question", "What is a crumb?")
    assert_refused(told, "cannot-read", "redirects.json")


@pytest.mark.parametrize("option", ["--from-file", "--baseline"])
def test_a_list_that_cannot_be_looked_at_is_named(site: Path, breaking: Break, option: str) -> None:
    (site / "given.txt").write_text("x")
    breaking(site / "given.txt")
    assert_refused(here("check", option, "given.txt"), "cannot-read", "given.txt")
