"""Libraries for JavaScript, in one process of node that edits one file after the other."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.peers.requests import Request, UnableError

PEERS = ("yaml", "yaml-diff-patch", "yawn-yaml")
"""By the names of their packages."""

_FOLDER = Path(__file__).parent


class MissingError(Exception):
    """Why the libraries are not there."""


class RefusedError(Exception):
    """The library raised an error."""


class Node:
    """A context manager. Raises ``MissingError`` on entering without node, npm or packages."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.milliseconds = 0.0

    def __enter__(self) -> Self:
        node = shutil.which("node")
        if node is None:
            raise MissingError("node is not installed")
        _install()
        pipe = subprocess.PIPE
        line = [node, str(_FOLDER / "peers.js")]
        self._process = subprocess.Popen(line, stdin=pipe, stdout=pipe)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.communicate()

    def seconds(self, _call: float) -> float:
        """How long the library took for the last text, without the way there and back."""
        return self.milliseconds / 1000

    def edit(self, tool: str, text: str, requests: list[Request]) -> str:
        """The text after the requests; its own time is in ``milliseconds`` then."""
        question = {"tool": tool, "text": text, "requests": [one.plain for one in requests]}
        answer = self._ask(question)
        self.milliseconds = answer["ms"]
        if "unable" in answer:
            raise UnableError(answer["unable"])
        if "error" in answer:
            raise RefusedError(answer["error"])
        result: str = answer["text"]
        return result

    def version(self, tool: str) -> str:
        """Of an installed package."""
        manifest = _FOLDER / "node_modules" / tool / "package.json"
        version: str = json.loads(manifest.read_bytes())["version"]
        return version

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise RuntimeError("Node is used outside its `with` block")
        process.stdin.write(json.dumps(question).encode() + b"\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        return answer


def _install() -> None:
    """``npm ci``, once for a lock file."""
    locked = (_FOLDER / "package-lock.json").read_bytes()
    installed = _FOLDER / "node_modules" / ".installed-lock.json"
    if installed.is_file() and installed.read_bytes() == locked:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise MissingError("npm is not installed")
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    done = subprocess.run([npm, "ci", *options], cwd=_FOLDER, capture_output=True, check=False)
    if done.returncode:
        raise MissingError("npm ci failed: " + done.stderr.decode().splitlines()[0])
    installed.write_bytes(locked)
