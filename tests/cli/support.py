"""Three ways to run the command line: in this process, in one of its own, on a terminal."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pexpect

import qtauthor
from qtauthor.cli.app import main
from qtauthor.files import state_folder
from tests.support.patience import PATIENCE

DEMO = Path(qtauthor.__file__).parent / "demo"
SHIFTING = "content/learn/bicycles/friction-or-index-shifting-which-is-easier-to-live-with.md"
CHAIN = "content/learn/bicycles/how-often-should-a-bicycle-chain-be-replaced.md"
DOUGH = "content/learn/bread-baking/why-does-dough-rise-faster-in-a-warm-kitchen.md"
LAST_ID = 3055
ESCAPE = "\x1b"
SGR = re.compile("\x1b\\[[0-9;]*m")
"""The only escape sequences that we send: colours."""

_COMMAND = (sys.executable, "-m", "qtauthor")
_TERMINAL = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
"""A pseudo-terminal does not tell where its cursor is; to wait for that takes a second."""

_KEPT = ("QTAUTHOR_NOW", "TZ", state_folder.VARIABLE)
"""The suite has to pass whatever the day and the zone."""

_CLEAN = ("QTAUTHOR_", "NO_COLOR", "CLICOLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PYTEST_")


class Result(NamedTuple):
    """What a run left: its exit code, standard output as bytes, standard error as text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(**changes: str) -> dict[str, str]:
    """The environment without what the tests must not depend on, and with ``changes``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or not name.startswith(_CLEAN)
    }
    package = str(Path(qtauthor.__file__).parents[1])
    return {**kept, "PYTHONPATH": package, **_TERMINAL, **changes}


def here(*arguments: str, stdin: bytes = b"") -> Result:
    """Run in this process, in its working directory."""
    streams = sys.stdin, sys.stdout, sys.stderr
    taken = [io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="") for data in (stdin, b"", b"")]
    sys.stdin, sys.stdout, sys.stderr = taken
    code: object = None
    try:
        main(list(arguments))
    except SystemExit as left:
        code = left.code
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        for stream in taken[1:]:
            stream.flush()
    assert isinstance(code, int)
    _, out, err = (stream.detach() for stream in taken)
    assert isinstance(out, io.BytesIO)
    assert isinstance(err, io.BytesIO)
    return Result(code, out.getvalue(), err.getvalue().decode())


def process(*arguments: str | bytes, cwd: Path, stdin: bytes = b"", **changes: str) -> Result:
    """Run in a process of its own, with these changes to the environment."""
    done = subprocess.run(
        [*_COMMAND, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=environment(**changes),
        timeout=PATIENCE,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr.decode())


def start(*arguments: str, cwd: Path, **changes: str) -> subprocess.Popen[bytes]:
    """Start a process and leave it running."""
    return subprocess.Popen(
        [*_COMMAND, *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**changes),
    )


class Terminal:
    """A run on a pseudo-terminal."""

    def __init__(self, child: Any) -> None:
        self.child = child

    def expect(self, text: str) -> None:
        self.child.expect_exact(text)

    def type(self, text: str) -> None:
        self.child.send(text)

    def rest(self) -> str:
        """All that is still printed, up to the end."""
        self.child.expect(pexpect.EOF)
        return str(self.child.before)

    def code(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.wait()
        return int(self.child.exitstatus)


@contextmanager
def terminal(
    *arguments: str, cwd: Path, columns: int = 100, redirect: str = "", **changes: str
) -> Iterator[Terminal]:
    """Run on a pseudo-terminal; ``redirect`` is put behind the command, as a redirection is."""
    command = ["-c", f'exec "$@" {redirect}', "sh", *_COMMAND, *arguments]
    child = pexpect.spawn(
        "/bin/sh",
        command,
        cwd=str(cwd),
        env=environment(**changes),
        dimensions=(40, columns),
        encoding="utf-8",
        timeout=PATIENCE,
    )
    try:
        yield Terminal(child)
    finally:
        child.close(force=True)


def on_terminal(*arguments: str, cwd: Path, **changes: str) -> str:
    """All that is printed on a terminal."""
    with terminal(*arguments, cwd=cwd, columns=100, redirect="", **changes) as run:
        return run.rest()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for what qtauthor and git keep for themselves."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", ".qtauthor"} & set(path.relative_to(folder).parts)
    }


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder; it looks at nobody's configuration."""
    names = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**os.environ, **names},
        check=False,
    )


def assert_refused(result: Result, code: str, *words: str) -> None:
    """Refused with ``code``, in at most three lines, without a traceback and without data."""
    assert result.code == 2
    assert result.out == b""
    assert f"[{code}]" in result.err
    assert "Traceback" not in result.err
    lines = result.err.rstrip("\n").split("\n")
    assert len(lines) <= 3
    assert "error: " in lines[0]
    assert_well_worded(result.err)
    for word in words:
        assert word in result.err


def assert_well_worded(err: str) -> None:
    """Messages and remedies begin small and end without a full stop."""
    for line in err.rstrip("\n").split("\n"):
        told = re.search(r"(?:error|help): (.*?)(?: \[[a-z0-9-]+\])?$", line)
        if told is not None:
            assert not re.match(r"[A-Z][a-z]", told[1]), line
            assert not told[1].endswith((".", "!")), line
