"""``python -m tests.docs.screens`` makes the pictures in docs/screens/ from runs of the program.

``python -m tests.docs.screens check`` makes one of them. They are made at a terminal of a fixed
size, in the site that ``qtauthor demo`` makes, at the moment of the console examples.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.cli.wizard.driver import INTERRUPT, seated
from tests.docs.console import Shell
from tests.docs.pages import DOCS, blocks
from tests.docs.svg import picture
from tests.editors.support import program, surroundings

FOLDER = DOCS / "screens"
_COLUMNS = 90
_FIT = "content/learn/bicycles/which-bicycle-is-the-best-one-for-me.md"
_CHAIN = "content/learn/bicycles/how-often-should-a-bicycle-chain-be-replaced.md"

_SETTINGS = """\
vim.o.wrap, vim.o.swapfile, vim.o.scrolloff, vim.o.ruler = false, false, 0, false
vim.diagnostic.enable(false) -- what is wrong for a moment, while the files change
vim.o.hlsearch, vim.o.incsearch, vim.o.showcmd = false, false, false
function Attached()
  local clients = vim.lsp.get_clients({ bufnr = 0 })
  return clients[1] and clients[1].initialized and "[qtauthor]" or ""
end
vim.o.statusline = "%t %{v:lua.Attached()}"
vim.api.nvim_create_autocmd("LspAttach", { command = "redrawstatus!" })
"""


def _command(shell: Shell, line: str, rows: int) -> str:
    """A command line and what it prints."""
    shown = line.replace("'", "'\\''")
    script = f"printf '$ %s\\n' '{shown}'; {line}"
    with seated(script, Path(shell.folder), _environment(shell), _COLUMNS, rows) as me:
        me.ends()
        return picture(me.screen, line)


def _check(shell: Shell) -> str:
    return _command(shell, "qtauthor check --ignore QT704", 30)


def _diff(shell: Shell) -> str:
    return _command(shell, "qtauthor set 1207 seo.title='Chains: wear' score=1.5 --diff", 32)


def _wizard(shell: Shell) -> str:
    """The dialogue of ``new`` where it proposes related articles."""
    line = "qtauthor new --date 2025-06-03 --description '' --keywords '' --answer-file answer.md"
    Path(shell.folder, "answer.md").write_text("Loose enough to move **about 1 cm**.\n", "utf-8")
    with seated(line, Path(shell.folder), _environment(shell), _COLUMNS, 34) as me:
        me.answers("? Subject", "bic", "\t")
        me.answers("? Question", "How tight should a bicycle chain be?")
        me.sees("? Related articles")
        me.types(" ")
        me.sees("●")
        shown = picture(me.screen, "qtauthor new")
        me.types(INTERRUPT)
        me.ends()
        return shown


def _rename(shell: Shell) -> str:
    """Neovim, after a question was renamed with its file and all links to it."""
    home = Path(shell.home, "editor")
    Path(shell.folder, "qtauthor.toml").write_text('redirects.path = "redirects.json"\n', "utf-8")
    environment = {**_environment(shell), **surroundings(home), "TERM": "xterm-256color"}
    environment["QTAUTHOR_STATE_DIR"] = str(home / "state")
    [init] = [block.text for block in blocks(DOCS / "editors" / "neovim.md", "lua")]
    settings = home / "init.lua"
    settings.write_text(f"{init}\n{_SETTINGS}", "utf-8")
    line = f"exec {program('nvim')} -u {settings} -i NONE -o {_CHAIN} {_FIT}"
    with seated(line, Path(shell.folder), environment, _COLUMNS, 30) as me:
        me.sees("replaced.md [qtauthor]", "for-me.md [qtauthor]")
        me.types(":2wincmd w\r", "/related_article1\rzt", ":1wincmd w\r", "/^title\rwzt")
        me.sees("related_article2")
        me.types(":lua vim.lsp.buf.rename('How long does a bicycle chain last?')\r")
        me.sees("/questions/how-long-does-a-bicycle-chain-last", "written")
        return picture(me.screen, "A question is renamed in Neovim")


def _environment(shell: Shell) -> dict[str, str]:
    kept = {name: value for name, value in shell.environment.items() if name != "COLUMNS"}
    return kept | {"TERM": "xterm-256color", "QTAUTHOR_PLAIN": ""}


SCREENS: dict[str, Callable[[Shell], str]] = {
    "check": _check,
    "diff": _diff,
    "wizard": _wizard,
    "rename": _rename,
}


def main(names: list[str]) -> None:
    """Make these pictures, or all."""
    for name in names or SCREENS:
        with tempfile.TemporaryDirectory() as folder:
            home, programs = Path(folder, "home"), Path(folder, "bin")
            home.mkdir()
            programs.mkdir()
            shell = Shell(home, programs)
            shell.run("qtauthor demo site && cd site")
            Path(FOLDER, f"{name}.svg").write_text(SCREENS[name](shell), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
