"""A real editor on a real site, set up as the page says: it finds, completes, renames."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from tests.cli.support import CHAIN, SHIFTING, here, tree
from tests.editors.neovim import Neovim, neovim
from tests.editors.support import configuration
from tests.support.sites import copy_demo

[INIT] = configuration("neovim.md", "lua")
FOUND = "vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0))"
TRIES = 6
ATTACHED = "(vim.lsp.get_clients({ bufnr = 0, name = 'qtauthor' })[1] or {}).initialized"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_demo(tmp_path.resolve() / "site")


def test_what_is_wrong_shows_while_typing_and_is_fixed(site: Site, tmp_path: Path) -> None:
    before = tree(site.root)
    with neovim(site.root, tmp_path / "home", INIT, CHAIN) as editor:
        editor.wait(ATTACHED)
        editor.type("/^  title<CR>f:wCx<Esc>")
        assert editor.wait(f"#{FOUND} > 0 and {FOUND}") == ["QT305"]
        assert tree(site.root) == before  # the server read the buffer: nothing was saved
        fix = "context = { only = { 'quickfix' } }, apply = true"
        editor.lua(f"vim.lsp.buf.code_action({{ {fix} }}) or 0")
        editor.wait("vim.api.nvim_get_current_line() == '  title: QuickTakes | Bicycles'")
        editor.wait(f"#{FOUND} == 0")
        editor.type(":write<CR>")
        editor.wait("not vim.bo.modified")
    assert tree(site.root) == before


def test_opening_and_saving_changes_nothing(site: Site, tmp_path: Path) -> None:
    before = tree(site.root)
    with neovim(site.root, tmp_path / "home", INIT, CHAIN) as editor:
        editor.wait(ATTACHED)
        editor.type(":write!<CR>")
        editor.wait("not vim.bo.modified")
    assert tree(site.root) == before


def test_a_related_article_is_completed_as_a_whole_block(site: Site, tmp_path: Path) -> None:
    with neovim(site.root, tmp_path / "home", INIT, CHAIN) as editor:
        complete_related(editor, "related_article4: sourdough rise")
    by_command = copy_demo(tmp_path / "other")
    assert here("--root", str(by_command.root), "related", "add", "1207", "431").code == 0
    assert tree(site.root) == tree(by_command.root)


def test_a_title_is_renamed_with_all_links_to_it(site: Site, tmp_path: Path) -> None:
    question = "Is friction shifting easier?"
    with neovim(site.root, tmp_path / "home", INIT, SHIFTING) as editor:
        rename(editor, SHIFTING, question)
    by_command = copy_demo(tmp_path / "other")
    root = str(by_command.root)
    assert here("--root", root, "retitle", "1215", "--question", question).code == 0
    assert tree(site.root) == tree(by_command.root)


@pytest.mark.slow
def test_on_a_copy_of_the_sample(corpus: Path, tmp_path: Path) -> None:
    roots = [tmp_path.resolve() / name for name in ("typed", "commanded")]
    for folder in roots:
        shutil.copytree(corpus, folder / "content" / "learn", copy_function=shutil.copyfile)
    typed, commanded = map(Site.at, roots)
    path, other = chosen(typed)
    question = "What is it that an editor renames?"
    with neovim(typed.root, tmp_path / "home", INIT, path) as editor:
        editor.wait(ATTACHED)
        editor.type("/^  title<CR>f:wCx<Esc>")
        assert "QT305" in editor.wait(f"#{FOUND} > 0 and {FOUND}")
        editor.type("u")
        complete_related(editor, f"related_article3: {typed.article(other).question}")
        rename(editor, path, question)
    root = str(commanded.root)
    assert here("--root", root, "related", "add", path, other).code == 0
    assert here("--root", root, "retitle", path, "--question", question).code == 0
    assert tree(typed.root) == tree(commanded.root)


def chosen(site: Site) -> tuple[str, str]:
    """An article with room for a link that others link to, and one that it does not list."""
    quite = "id > 0 and question not regexp '[^A-Za-z ?]'"
    paths = site.select(f"related = 2 and inbound > 2 and {quite}")
    path = next(path for path in paths if len(site.index.with_slug(slug(path))) == 1)
    folder = path.rpartition("/")[0]
    listed = {link.url for link in site.article(path).related}
    near = site.select(f"folder = '{folder.rpartition('/')[2]}' and {quite}")
    other = next(one for one in near if one != path and site.article(one).url not in listed)
    return path, other


def slug(path: str) -> str:
    return Path(path).stem


def complete_related(editor: Neovim, line: str) -> None:
    """Type a line above the closing fence, take the first article that is offered, and save."""
    editor.wait(ATTACHED)
    before = editor.text().count("\n")
    editor.type(f"G?^---$<CR>O{line}")
    shown = "vim.fn.pumvisible() == 1"
    for _ in range(TRIES):  # Neovim drops what it is offered while keys are still coming in
        editor.type("<C-x><C-o>")
        if editor.comes(shown, 5):
            break
    assert editor.lua(shown)
    if editor.lua("vim.fn.complete_info().selected") < 0:
        editor.type("<C-n>")
    editor.type("<C-y>")
    editor.wait(f"vim.api.nvim_buf_line_count(0) > {before + 4}")
    editor.type("<Esc>:write<CR>")
    editor.wait("not vim.bo.modified")


def rename(editor: Neovim, path: str, question: str) -> None:
    """Give the title of the article that is shown other words, and save what that changes."""
    editor.wait(ATTACHED)
    editor.type("gg/^title<CR>")
    editor.lua(f"vim.lsp.buf.rename('{question}') or 0")
    editor.wait(f"vim.fn.filereadable('{path}') == 0")
    editor.type(":wall<CR>")
    editor.wait("#vim.fn.getbufinfo({ bufmodified = 1 }) == 0")
