"""Vim without a language server: the compiler and the commands of the page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.support import CHAIN, DEMO, tree
from tests.editors.support import configuration, program, surroundings
from tests.support.patience import PATIENCE
from tests.support.sites import copy_demo

COMPILER, PLUGIN = configuration("vim.md", "vim")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    for name, text in (("compiler/qtauthor.vim", COMPILER), ("ftplugin/markdown.vim", PLUGIN)):
        file = home / ".vim" / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
    return home


def vim(site: Path, home: Path, *commands: str) -> None:
    """Open an article and run commands in it, as if they were typed."""
    start = [
        "set nocompatible",
        f"set runtimepath^={home}/.vim",
        "filetype plugin on",
        "silent edit!",
    ]
    arguments = [word for command in (*start, *commands, "qall!") for word in ("-c", command)]
    done = subprocess.run(
        [program("vim"), "-es", "-u", "NONE", "-i", "NONE", "-n", CHAIN, *arguments],
        cwd=site,
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stderr.strip() in (b"", b"changed 1 article"), done.stderr


def test_the_quickfix_list_has_what_check_finds(tmp_path: Path, home: Path) -> None:
    site = copy_demo(tmp_path / "site").root
    text = (site / CHAIN).read_text().replace("title: QuickTakes | Bicycles", "title: x")
    (site / CHAIN).write_text(text)
    told = home / "told"
    items = "map(getqflist(), {_, one -> [bufname(one.bufnr), one.lnum, one.col, one.text]})"
    vim(site, home, "silent make!", f"call writefile([json_encode({items})], '{told}')")
    message = "QT305 the title for search engines is not 'QuickTakes | Bicycles' [safe fix]"
    assert told.read_text().strip() == f'[["{CHAIN}",10,10,"{message}"]]'


def test_the_safe_fixes_come_into_the_buffer(tmp_path: Path, home: Path) -> None:
    site = copy_demo(tmp_path / "site").root
    text = (site / CHAIN).read_text().replace("title: QuickTakes | Bicycles", "title: x")
    (site / CHAIN).write_text(text)
    vim(site, home, "silent QtFix", "silent write")
    assert tree(site) == tree(DEMO)


def test_a_field_is_set_and_a_filter_fits_the_buffer(tmp_path: Path, home: Path) -> None:
    site = copy_demo(tmp_path / "site").root
    before = (site / CHAIN).read_bytes()
    vim(site, home, "silent QtSet score=2", "silent %!qtauthor unset - score", "silent write")
    assert (site / CHAIN).read_bytes() == before
    vim(site, home, "silent QtSet title='a: b'")
    assert b"title: 'a: b'\n" in (site / CHAIN).read_bytes()
