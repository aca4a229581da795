"""Processes of the program that need not load it: forks of one that has.

To start Python and to load the program takes most of the time of most commands. This is for tests
of what the program does; those of how it starts, ends and sits at a terminal start it as a user
does. Where processes cannot be forked, so do all.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple, Protocol

ROOT = Path(__file__).parents[2]
FORKS = sys.platform == "linux"
_NUMBER = struct.Struct("i")
_MOST = 200_000
"""Bytes of a request, which is one message."""


class Process(Protocol):
    """A process as `subprocess.Popen` has it."""

    pid: int
    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def kill(self) -> None: ...


class Done(NamedTuple):
    """What a process left: its exit code and what it printed."""

    code: int
    out: str
    err: str


def begin_cold(arguments: Sequence[str], cwd: Path | str, env: Mapping[str, str]) -> Process:
    """Start ``qtauthor`` as a user does, with pipes at its standard streams."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "qtauthor", *arguments]
    return subprocess.Popen(command, cwd=cwd, env=env, stdin=pipe, stdout=pipe, stderr=pipe)


def begin(arguments: Sequence[str], cwd: Path | str, env: Mapping[str, str]) -> Process:
    """The same, as a fork of one that has loaded the program."""
    if not FORKS:
        return begin_cold(arguments, cwd, env)
    pipes = [os.pipe() for _ in range(3)]
    theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
    kind = "server" if "server" in arguments[:1] else "command"
    found = _Forked(_server(kind), arguments, cwd, env, theirs)
    for handle in theirs:
        os.close(handle)
    found.stdin = os.fdopen(pipes[0][1], "wb")
    found.stdout, found.stderr = (os.fdopen(pipes[at][0], "rb") for at in (1, 2))
    return found


def run(arguments: Sequence[str], cwd: Path | str, env: Mapping[str, str]) -> Done:
    """Run ``qtauthor`` to its end, with nothing to read."""
    process = begin(arguments, cwd, env)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.close()
    told = {process.stdout: b"", process.stderr: b""}
    while waiting := [stream for stream in told if not stream.closed]:
        for stream in select.select(waiting, [], [])[0]:
            data = os.read(stream.fileno(), 65536)
            told[stream] += data
            if not data:
                stream.close()
    out, err = (data.decode() for data in told.values())
    return Done(process.wait(), out, err)


class _Forked:
    """A child of the server, which tells how it ended."""

    stdin: IO[bytes] | None = None
    stdout: IO[bytes] | None = None
    stderr: IO[bytes] | None = None

    def __init__(
        self,
        server: socket.socket,
        arguments: Sequence[str],
        cwd: Path | str,
        env: Mapping[str, str],
        streams: Sequence[int],
    ) -> None:
        self._told, telling = os.pipe()
        request = json.dumps([list(arguments), str(cwd), dict(env)]).encode()
        assert len(request) < _MOST
        socket.send_fds(server, [request], [*streams, telling])
        os.close(telling)
        self.returncode: int | None = None
        (self.pid,) = _NUMBER.unpack(os.read(self._told, _NUMBER.size))

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, negative for a signal. Raises ``subprocess.TimeoutExpired``."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("qtauthor", timeout or 0)
            (status,) = _NUMBER.unpack(os.read(self._told, _NUMBER.size))
            os.close(self._told)
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


@functools.cache
def _server(kind: str) -> socket.socket:
    """The one server of a kind for this process. It ends when nobody can ask it any more."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.warm", str(theirs.fileno()), kind],
        cwd=ROOT,
        env=env,
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


# In the server


def _serve(channel: socket.socket) -> list[str]:
    """Fork for each request. Gives the arguments in the process that is the program."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        request, handles, _, _ = socket.recv_fds(channel, _MOST, 4)
        if not request:
            os._exit(0)
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            channel.close()
            _fork_and_tell(*handles)
            return _settle(*json.loads(request))
        for handle in handles:
            os.close(handle)


def _fork_and_tell(stdin: int, stdout: int, stderr: int, telling: int) -> None:
    """Go on as a child; the parent stays to tell its id, and its status when it has ended."""
    child = os.fork()
    if not child:
        for number, handle in enumerate((stdin, stdout, stderr)):
            os.dup2(handle, number)
    for handle in (stdin, stdout, stderr):
        os.close(handle)
    if not child:
        os.close(telling)
        return
    os.write(telling, _NUMBER.pack(child))
    _, status = os.waitpid(child, 0)
    os.write(telling, _NUMBER.pack(status))
    os._exit(0)


def _settle(arguments: list[str], cwd: str, env: dict[str, str]) -> list[str]:
    """Make the place, the environment and the streams those of the request."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape")
    sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace")
    return arguments


def _load(server: bool) -> None:
    """Import the whole program, the language server only if it is wanted."""
    import qtauthor

    for module in pkgutil.walk_packages(qtauthor.__path__, "qtauthor."):
        if not module.name.endswith("__main__") and (server or ".lsp" not in module.name):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def _run(arguments: list[str]) -> int:
    """Be the program. What Python does at its end is left out: it would copy all that is shared."""
    sys.argv = ["qtauthor", *arguments]
    code: object = 0
    try:
        runpy.run_module("qtauthor", run_name="__main__", alter_sys=True)
    except SystemExit as left:
        code = left.code
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # it is gone, or closed
            stream.flush()
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    _load(server=sys.argv[2] == "server")
    os._exit(_run(_serve(socket.socket(fileno=int(sys.argv[1])))))
