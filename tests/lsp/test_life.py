"""How the server ends, and what is left of a site when servers are many or die at any moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from tests.cli.support import process
from tests.lsp.applying import tree
from tests.lsp.client import ABLE, HOME, Editor, FailedError
from tests.lsp.conftest import CELLS, OSMOSIS, PUMPS
from tests.support.patience import PATIENCE
from tests.support.small_sites import Made, make
from tests.support.state import state

Start = Callable[..., Editor]
ALL_BY_DISK = {"edits": {"maxFiles": 0}}


@pytest.fixture
def start(start: Start) -> Start:
    """The server begins as an editor begins it: how it lives and ends is what is tested here."""
    return partial(start, cold=True)


@pytest.mark.parametrize(("goodbye", "code"), [(True, 0), (False, 1)])
def test_the_exit_code_tells_whether_it_was_asked_to_shut_down(
    root: Path, start: Start, *, goodbye: bool, code: int
) -> None:
    editor = start(root)
    editor.begin()
    if goodbye:
        assert editor.ask("shutdown", None) is None
    editor.tell("exit", None)
    assert editor.process.wait(PATIENCE) == code


def test_it_ends_with_its_parent_also_if_somebody_holds_the_input_open(root: Path) -> None:
    """A process starts the server and dies; we hold the other end of the server's input."""
    receiving, sending = os.pipe()
    starter = subprocess.run(
        [sys.executable, "-c", _STARTER, str(receiving)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        pass_fds=(receiving,),
        capture_output=True,
        check=True,
    )
    parent, server = map(int, starter.stdout.split())
    try:
        params = {"processId": parent, "capabilities": {}}
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
        os.write(sending, f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
        for _ in range(int(PATIENCE / 0.1)):
            if not _runs(server):
                return
            time.sleep(0.1)
        raise AssertionError("the server goes on")
    finally:
        os.close(sending)
        os.close(receiving)


_STARTER = """\
import os, subprocess, sys
command = [sys.executable, "-m", "qtauthor", "server"]
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
server = subprocess.Popen(command, stdin=int(sys.argv[1]), **quiet)
print(os.getpid(), server.pid)
"""


def _runs(number: int) -> bool:
    """Whether there is such a process that is not only waited for."""
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def whole(root: Path) -> list[str]:
    """What is wrong with the names and links of a site, by its files and by its index."""
    site = Site.at(root)
    articles = {path: site.article(path) for path in site.paths()}
    there = {article.url: (article.id, article.get("title")) for article in articles.values()}
    wrong: list[str] = []
    for path, article in articles.items():
        names = (article.get("file_name"), article.url)
        slug = path.rpartition("/")[2].removesuffix(".md")
        if names != (f"{slug}.md", f"/learn/{path.split('/')[-2]}/questions/{slug}"):
            wrong.append(path)
        for link in article.related:
            found = site.index.at_address(link.url)
            indexed = found and (found.id, found.title)
            if not there.get(link.url) == indexed == (link.id, link.title):
                wrong.append(f"{path}: {link.url}")
    return wrong


def test_servers_and_a_command_line_write_at_once_and_the_site_stays_whole(
    root: Path, start: Start
) -> None:
    """All retitle at the same time; who comes second works on what the first one left."""
    editors = [start(root) for _ in range(2)]
    for editor in editors:
        editor.begin(ABLE, ALL_BY_DISK)
    asked = [(OSMOSIS.path, "Why do grapes swell?"), (PUMPS.path, "Why do pumps pump?")]

    def retitle(editor: Editor, path: str, question: str) -> None:
        uri = (root / path).as_uri()
        params = {"command": "qtauthor.retitle", "arguments": [uri, question]}
        editor.ask("workspace/executeCommand", params)

    threads = [
        threading.Thread(target=retitle, args=(editor, *one))
        for editor, one in zip(editors, asked, strict=True)
    ]
    for thread in threads:
        thread.start()
    result = process("retitle", CELLS.path, "--question", "Who drinks?", cwd=root)
    for thread in threads:
        thread.join()
    assert result.code == 0, result
    assert whole(root) == []
    questions = {Site.at(root).article(path).question for path in Site.at(root).paths()}
    assert {"Why do grapes swell?", "Why do pumps pump?", "Who drinks?"} <= questions
    for editor in editors:  # each of them sees what the others did
        editor.tell("workspace/didChangeWatchedFiles", {"changes": []})
        editor.open("content/learn/biology/who-drinks.md")
        for words in ("grapes", "pump", "drinks"):
            assert editor.ask("workspace/symbol", {"query": words})


def test_two_servers_retitle_one_article_and_one_of_them_is_refused_or_goes_on_from_there(
    root: Path, start: Start
) -> None:
    first, second = (start(root) for _ in range(2))
    for editor in (first, second):
        editor.begin(ABLE, ALL_BY_DISK)
        editor.open(OSMOSIS.path)
    place = first.at(OSMOSIS.path, 4, 0)
    assert first.ask("textDocument/rename", {**place, "newName": "One?"}) == {}
    with pytest.raises(FailedError):  # its buffer is of a file that is gone
        second.ask("textDocument/rename", {**place, "newName": "Two?"})
    assert whole(root) == []


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.2])
def test_killed_while_it_writes_everything_is_old_or_new_when_it_starts_again(
    tmp_path: Path, start: Start, moment: float
) -> None:
    hub = Made("What is a hub?", "Biology", 1)
    spokes = [Made(f"What is spoke {n}?", "Physics", n, (hub.link(),)) for n in range(2, 150)]
    root = tmp_path / "wheel"
    make(root, [hub, *spokes])
    old = tree(root)
    editor = start(root)
    editor.begin(ABLE, ALL_BY_DISK)
    uri = editor.open(hub.path)
    editor.diagnostics(hub.path)
    params = {"command": "qtauthor.retitle", "arguments": [uri, "What holds spokes?"]}
    editor.send("workspace/executeCommand", params)
    begun = state(root)
    for _ in range(2000):
        if any(begun.glob("journal*")):
            break
        time.sleep(0.001)
    time.sleep(moment)
    editor.kill()

    editor = start(root)
    editor.begin()
    found = editor.ask("workspace/symbol", {"query": "hub"})
    found += editor.ask("workspace/symbol", {"query": "holds"})
    assert len(found) == 1
    assert editor.log == [] or "interrupted" in "".join(editor.log)
    assert whole(root) == []
    if "hub" in found[0]["name"]:
        assert tree(root) == old
    leftovers = [*root.rglob("*.tmp"), *begun.glob("journal*")]
    assert leftovers == []
