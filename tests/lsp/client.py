"""An editor: raw JSON-RPC with a real `qtauthor server` over its standard streams."""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.support import warm
from tests.support.patience import PATIENCE

HOME = Path(__file__).parents[2]

ABLE: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
            "changeAnnotationSupport": {},
        },
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "codeLens": {"refreshSupport": True},
        "fileOperations": {
            "willRename": True,
            "didRename": True,
            "willDelete": True,
            "didDelete": True,
        },
    },
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "codeDescriptionSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
        },
        "completion": {"completionItem": {"snippetSupport": True}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "rename": {"prepareSupport": True},
    },
}
"""The capabilities of an editor that can do everything."""


class FailedError(Exception):
    """The server answered with an error."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(error["message"])
        self.code = error["code"]
        self.message = error["message"]


class Editor:
    """Sends and receives messages; what the server asks of its own accord is answered at once.

    ``configuration`` is what it answers to ``workspace/configuration``; ``applied`` are the edits
    that it was asked to apply, ``messages`` what the user was shown. The server is one that was
    begun ``cold``, as an editor begins it, or one of those that need not load the program.
    """

    def __init__(self, root: Path, *arguments: str, cold: bool = False) -> None:
        self.root = root
        self.configuration: Any = None
        self.applied: list[dict[str, Any]] = []
        self.messages: list[str] = []
        self.notes: list[dict[str, Any]] = []
        self.opened: dict[Path, tuple[str, int]] = {}
        self._numbers = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._told: dict[str, list[dict[str, Any]]] = {}
        self._incoming: queue.Queue[dict[str, Any] | None] = queue.Queue()
        begin = warm.begin_cold if cold else warm.begin
        env = {**os.environ, "PYTHONPATH": str(HOME)}
        self.process: warm.Process = begin(["server", *arguments], root, env)
        self.log: list[str] = []
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._read, self._listen)
        ]
        for thread in self._threads:
            thread.start()

    # Life

    def begin(
        self, abilities: Mapping[str, Any] = ABLE, options: Any = None, **more: Any
    ) -> dict[str, Any]:
        """Shake hands. Gives the server's capabilities."""
        result = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": self.root.as_uri(),
                "workspaceFolders": [{"uri": self.root.as_uri(), "name": "site"}],
                "capabilities": abilities,
                "initializationOptions": options,
                **more,
            },
        )
        self.tell("initialized", {})
        capabilities: dict[str, Any] = result["capabilities"]
        return capabilities

    def visit(self, root: Path) -> None:
        """Close everything, and go on with files of another site."""
        for file in list(self.opened):
            self.close(file.relative_to(self.root).as_posix())
        self.wait()
        self._told.clear()
        for kept in (self.applied, self.messages, self.notes, self.log):
            kept.clear()
        self.root = root

    def end(self) -> int:
        """Say goodbye. Gives the exit code of the server."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End the server as a crash would."""
        self.process.kill()
        self.process.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    # Messages

    def ask(self, method: str, params: Any) -> Any:
        """The result of a request. Raises ``FailedError``."""
        return self.answer(self.send(method, params))

    def wait(self) -> None:
        """Until the server has taken in all that was told."""
        with suppress(FailedError):
            self.ask("qtauthor/unknown", None)

    def send(self, method: str, params: Any) -> int:
        """Send a request; its number is for `answer`."""
        self._numbers += 1
        self._write({"id": self._numbers, "method": method, "params": params})
        return self._numbers

    def answer(self, number: int) -> Any:
        """The answer to a request. Raises ``FailedError``."""
        self._until(lambda: number in self._answers, f"an answer to request {number}")
        message = self._answers.pop(number)
        if "error" in message:
            raise FailedError(message["error"])
        return message["result"]

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._write({"method": method, "params": params})

    def hear(self, method: str, wanted: Callable[[Any], bool] = lambda _: True) -> Any:
        """The next notification of this kind that is wanted; earlier ones are passed over."""

        def there() -> bool:
            heard = self._told.get(method, [])
            while heard and not wanted(heard[0]):
                heard.pop(0)
            return bool(heard)

        self._until(there, f"a notification {method}")
        return self._told[method].pop(0)

    def heard(self, method: str) -> list[dict[str, Any]]:
        """What was told of this kind so far, and is not heard yet."""
        self._take_waiting()
        return self._told.get(method, [])

    # Files

    def open(self, path: str, text: str | None = None) -> str:
        """Open a file of the site; ``text`` if it is not that of the disk. Gives its URI."""
        file = self.root / path
        if text is None:
            text = file.read_bytes().decode("utf-8-sig")
        self.opened[file] = (text, 1)
        item = {"uri": file.as_uri(), "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return file.as_uri()

    def change(self, path: str, text: str) -> int:
        """Give an open file another text. Gives its version."""
        file = self.root / path
        version = self.opened[file][1] + 1
        self.opened[file] = (text, version)
        self._change(file, version, [{"text": text}])
        return version

    def type(self, path: str, start: tuple[int, int], end: tuple[int, int], text: str) -> int:
        """Replace a range; the text that is kept here is not renewed."""
        file = self.root / path
        version = self.opened[file][1] + 1
        self.opened[file] = (self.opened[file][0], version)
        self._change(file, version, [{"range": span(start, end), "text": text}])
        return version

    def _change(self, file: Path, version: int, changes: list[dict[str, Any]]) -> None:
        identity = {"uri": file.as_uri(), "version": version}
        self.tell("textDocument/didChange", {"textDocument": identity, "contentChanges": changes})

    def close(self, path: str) -> None:
        file = self.root / path
        del self.opened[file]
        self.tell("textDocument/didClose", {"textDocument": {"uri": file.as_uri()}})

    def changed_on_disk(self, *paths: str) -> None:
        """Tell the server that files were changed by someone else."""
        changes = [{"uri": (self.root / path).as_uri(), "type": 2} for path in paths]
        self.tell("workspace/didChangeWatchedFiles", {"changes": changes})

    def diagnostics(self, path: str, version: int | None = None) -> list[dict[str, Any]]:
        """The next diagnostics of a file, of one version of it if that is given."""
        uri = (self.root / path).as_uri()
        found = self.hear(
            "textDocument/publishDiagnostics",
            lambda p: p["uri"] == uri and version in (None, p.get("version")),
        )
        result: list[dict[str, Any]] = found["diagnostics"]
        return result

    def at(self, path: str, line: int, unit: int, **more: Any) -> dict[str, Any]:
        """The parameters of a request about a place."""
        uri = (self.root / path).as_uri()
        place = {"line": line, "character": unit}
        return {"textDocument": {"uri": uri}, "position": place, **more}

    # The wire

    def _write(self, message: dict[str, Any]) -> None:
        text = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False)
        body = text.encode("utf-8", "backslashreplace")  # half of a pair is spelled by an escape
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        assert self.process.stdout is not None
        while header := self.process.stdout.readline():
            length = int(header.split(b":")[1])
            while self.process.stdout.readline().strip():
                pass
            self._incoming.put(json.loads(self.process.stdout.read(length)))
        self._incoming.put(None)

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log.append(line.decode())

    def _until(self, there: Callable[[], bool], what: str) -> None:
        while not there():
            try:
                message = self._incoming.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"no {what}; the log is {''.join(self.log)}") from None
            if message is None:
                raise AssertionError(f"the server ended before {what}: {''.join(self.log)}")
            self._take(message)

    def _take_waiting(self) -> None:
        while not self._incoming.empty():
            message = self._incoming.get()
            if message is not None:
                self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]] = message
        elif "id" in message:
            self._write({"id": message["id"], "result": self._reply(method, message.get("params"))})
        else:
            if method == "window/showMessage":
                self.messages.append(message["params"]["message"])
            self._told.setdefault(method, []).append(message["params"])

    def _reply(self, method: str, params: Any) -> Any:
        self.notes.append({"method": method, "params": params})
        if method == "workspace/configuration":
            return [self.configuration for _ in params["items"]]
        if method == "workspace/applyEdit":
            self.applied.append(params["edit"])
            return {"applied": True}
        return None


def span(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    """A range of the protocol."""
    return {
        "start": {"line": start[0], "character": start[1]},
        "end": {"line": end[0], "character": end[1]},
    }
