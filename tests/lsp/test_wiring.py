"""The server as a process: how it begins and ends, and that nothing in between ends it."""

from __future__ import annotations

import asyncio
import logging
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from qtauthor.lsp.feature import Feature
from qtauthor.lsp.protocol import Refused
from qtauthor.lsp.server import Server
from qtauthor.lsp.session import RequestContext
from qtauthor.lsp.worker import Rank, Worker
from tests.cli.support import environment, process
from tests.lsp.client import ABLE, HOME, Editor, FailedError
from tests.lsp.conftest import CELLS, DIFFUSION, OSMOSIS
from tests.support.patience import PATIENCE
from tests.support.small_sites import Made, make
from tests.support.state import state

Start = Callable[..., Editor]


@pytest.fixture
def start(start: Start) -> Start:
    """The server begins as an editor begins it: how it lives and ends is what is tested here."""
    return partial(start, cold=True)


def test_an_article_is_checked_when_it_is_opened_and_the_server_ends_well(
    root: Path, start: Start
) -> None:
    editor = start(root)
    editor.begin()
    editor.open(CELLS.path)
    found = editor.diagnostics(CELLS.path, 1)
    assert [one["code"] for one in found] == ["QT702"]
    assert editor.end() == 0
    assert editor.log == []


def test_a_request_behind_the_last_one_is_answered(root: Path, start: Start) -> None:
    editor = start(root)
    editor.begin()
    editor.ask("shutdown", None)
    with pytest.raises(FailedError, match="Invalid Request"):
        editor.ask("textDocument/hover", editor.at(CELLS.path, 3, 0))


def test_it_ends_when_the_editor_is_gone(root: Path, start: Start) -> None:
    editor = start(root)
    editor.begin()
    assert editor.process.stdin is not None
    editor.process.stdin.close()
    assert editor.process.wait(PATIENCE) in (0, 1)


@pytest.mark.parametrize("able", [{}, ABLE])
def test_an_editor_that_can_do_nothing_is_served_too(
    root: Path, start: Start, able: dict[str, object]
) -> None:
    editor = start(root)
    assert editor.begin(able)["positionEncoding"] == "utf-16"
    editor.open(CELLS.path)
    assert editor.diagnostics(CELLS.path)
    editor.ask("textDocument/completion", editor.at(CELLS.path, 3, 0))
    assert editor.log == []


def test_what_is_switched_off_is_not_offered(root: Path, start: Start) -> None:
    editor = start(root)
    options = {"completion": {"enable": False}, "diagnostics": {"enable": False}}
    able = editor.begin(ABLE, options)
    assert "completionProvider" not in able
    assert "hoverProvider" in able
    editor.open(CELLS.path)
    editor.wait()
    assert editor.heard("textDocument/publishDiagnostics") == []


def test_formatting_is_for_those_who_ask_for_it(root: Path, start: Start) -> None:
    assert "documentFormattingProvider" not in start(root).begin()
    editor = start(root)
    assert editor.begin(ABLE, {"format": {"enable": True}})["documentFormattingProvider"]
    text = (root / CELLS.path).read_bytes().decode()
    uri = editor.open(CELLS.path, text.replace("no_index", "no_index"))
    params = {"textDocument": {"uri": uri}, "options": {"tabSize": 4, "insertSpaces": True}}
    assert editor.ask("textDocument/formatting", params) != []


def test_opening_and_saving_changes_nothing(editor: Editor, root: Path) -> None:
    before = (root / CELLS.path).read_bytes()
    uri = editor.open(CELLS.path)
    editor.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    editor.wait()
    assert (root / CELLS.path).read_bytes() == before
    assert editor.applied == []


def test_settings_may_change_later_and_wrong_ones_are_told(editor: Editor) -> None:
    wrong = {"settings": {"qtauthor": {"edits": {"maxFiles": "many"}}}}
    editor.tell("workspace/didChangeConfiguration", wrong)
    editor.hear("window/showMessage", lambda p: "qtauthor.edits.maxFiles" in p["message"])
    editor.tell("workspace/didChangeConfiguration", {"settings": {"qtauthor": {}}})
    editor.wait()


def test_a_wrong_configuration_of_the_site_is_told_and_mended(editor: Editor, root: Path) -> None:
    (root / "qtauthor.toml").write_text("contents = 1\n")
    editor.open(CELLS.path)
    told = editor.hear("window/showMessage")["message"]
    assert "qtauthor.toml:1:1: " in told
    assert "contents" in told
    assert editor.ask("textDocument/hover", editor.at(CELLS.path, 3, 0)) is None
    (root / "qtauthor.toml").write_text("")
    editor.changed_on_disk("qtauthor.toml")
    assert editor.diagnostics(CELLS.path)


def test_the_first_reading_of_a_site_shows_how_far_it_is(tmp_path: Path, start: Start) -> None:
    root = tmp_path / "site"
    make(root, [Made(f"What is number {n}?", "Numbers", n) for n in range(1, 600)])
    editor = start(root)
    editor.begin()
    assert editor.hear("$/progress")["value"]["kind"] == "begin"
    editor.hear("$/progress", lambda p: p["value"]["kind"] == "end")


def test_a_bug_in_a_feature_is_logged_and_answered(caplog: pytest.LogCaptureFixture) -> None:
    def broken(work: RequestContext) -> None:
        raise ZeroDivisionError

    async def run() -> None:
        server = Server()
        with pytest.raises(Refused, match="a bug in qtauthor"):
            await server._answer(Feature("hover"), broken)
        assert await server._answer(Feature("hover"), lambda _: 7) == 7

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    assert "ZeroDivisionError" in caplog.text


def test_requests_that_make_no_sense_leave_the_server_running(editor: Editor) -> None:
    senseless: tuple[object, ...] = ({}, {"textDocument": {"uri": 7}, "position": None}, [])
    for params in senseless:
        with pytest.raises(FailedError):
            editor.ask("textDocument/hover", params)
    for uri in ("untitled:Untitled-1", "http://example.org/a.md", "file:///nowhere/a.md"):
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": "---\n"}
        editor.tell("textDocument/didOpen", {"textDocument": item})
        place = {"textDocument": {"uri": uri}, "position": {"line": 9, "character": 9}}
        assert editor.ask("textDocument/hover", place) is None
    identity = {"uri": "file:///nowhere/b.md", "version": 3}
    changes = {"textDocument": identity, "contentChanges": [{"text": "x"}]}
    editor.tell("textDocument/didChange", changes)
    editor.open(CELLS.path)
    assert editor.diagnostics(CELLS.path)


def test_a_request_sees_the_text_that_was_there_when_it_came(editor: Editor, root: Path) -> None:
    """Though the worker may only get to it when more was typed."""
    text = (root / CELLS.path).read_bytes().decode()
    editor.open(CELLS.path, text)
    numbers = []
    for word in ("diffusion", "heat", "pumps") * 3:
        block = f"related_article3: {word}\n"
        editor.change(CELLS.path, text.replace("\n---\n\n", f"\n{block}---\n\n"))
        line = text.count("\n") - 2
        place = editor.at(CELLS.path, line, len(block) - 1)
        numbers.append(editor.send("textDocument/completion", place))
    labels = [[item["label"] for item in editor.answer(n)["items"]] for n in numbers]
    assert labels[0] == labels[3] == labels[6] == [DIFFUSION.question]
    assert labels[2] == labels[5] == ["How do pumps work?"]


def test_a_job_that_is_cancelled_before_its_turn_is_not_begun() -> None:
    async def run() -> list[str]:
        worker, done = Worker(), list[str]()
        busy, go = threading.Event(), threading.Event()

        def first() -> None:
            busy.set()
            go.wait(10)

        holding = asyncio.create_task(worker.run(Rank.REQUEST, first))
        await asyncio.sleep(0)
        busy.wait(10)
        tasks = {
            name: asyncio.create_task(worker.run(rank, partial(done.append, name)))
            for name, rank in (("upkeep", Rank.UPKEEP), ("check", Rank.CHECK), ("a", Rank.REQUEST))
        }
        gone = asyncio.create_task(worker.run(Rank.REQUEST, partial(done.append, "cancelled")))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        go.set()
        await asyncio.gather(holding, *tasks.values())
        return done

    assert asyncio.run(run()) == ["a", "check", "upkeep"]


def test_a_cancelled_request_is_answered(editor: Editor) -> None:
    editor.open(CELLS.path)
    numbers = [editor.send("textDocument/hover", editor.at(CELLS.path, 3, 0)) for _ in range(50)]
    editor.tell("$/cancelRequest", {"id": numbers[-1]})
    for number in numbers[:-1]:
        assert editor.answer(number) is not None
    try:
        editor.answer(numbers[-1])
    except FailedError as error:
        assert error.code == -32800


def test_a_crash_loses_nothing(root: Path, start: Start) -> None:
    shutil.rmtree(state(root), ignore_errors=True)
    for wait in (False, True):
        editor = start(root)
        editor.begin()
        editor.open(CELLS.path)
        if wait:
            assert [one["code"] for one in editor.diagnostics(CELLS.path)] == ["QT702"]
        editor.kill()
    assert process("check", "--exit-zero", cwd=root).code == 0


def test_what_a_killed_run_had_begun_is_ended_when_the_server_starts(
    root: Path, start: Start
) -> None:
    """A retitle is killed after its journal got its name: all of it is there then."""
    found = subprocess.run(
        [sys.executable, "-c", _KILLED, str(root), OSMOSIS.path],
        env=environment(PYTHONPATH=str(HOME)),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert found.stdout == "pending\n", found.stderr
    editor = start(root)
    editor.begin()
    editor.open(CELLS.path)
    editor.diagnostics(CELLS.path)
    assert not (state(root) / "journal").exists()
    assert b"title: What are grapes?" in (root / CELLS.path).read_bytes()
    assert (root / "content/learn/biology/what-are-grapes.md").is_file()


_KILLED = """\
import datetime, sys
from itertools import count
from pathlib import Path
from qtauthor.content.site import Site
from qtauthor.operations.site import retitle
from qtauthor.sinks.locks import site_lock
from qtauthor.sinks.transaction import file_names, transaction
from tests.sinks.killing import killed_at

root = Path(sys.argv[1])

def act():
    site = Site.at(root)
    changes = retitle.retitle(site, retitle.RetitleRequest(sys.argv[2], "What are grapes?")).changes
    with site_lock.locked(root):
        now = datetime.datetime.now(datetime.UTC)
        transaction.commit(root, changes, label="retitle", time=now, keep="content/learn")

for at in count(1):
    assert killed_at(at, act)
    if Path(file_names.of_site(root).forward).exists():
        break
print("pending")
"""


def test_several_servers_and_a_command_line_at_once(root: Path, start: Start) -> None:
    editors = [start(root) for _ in range(3)]
    for editor in editors:
        editor.begin()
        editor.open(CELLS.path)
    for editor in editors:
        assert [one["code"] for one in editor.diagnostics(CELLS.path)] == ["QT702"]
    retitled = process("retitle", OSMOSIS.path, "--question", "What are grapes?", cwd=root)
    assert retitled.code == 0, retitled
    for editor in editors:
        editor.changed_on_disk(CELLS.path, OSMOSIS.path)
        found = editor.diagnostics(CELLS.path)
        assert "QT501" in [one["code"] for one in found]  # its buffer has the old address


def test_without_the_library_the_command_says_how_to_get_it(root: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked" / "pygls"
    blocked.mkdir(parents=True)
    (blocked / "__init__.py").write_text("raise ModuleNotFoundError('no', name='pygls')\n")
    path = f"{tmp_path / 'blocked'}:{HOME}"
    done = process("server", cwd=root, PYTHONPATH=path)
    assert done.code == 2
    assert 'pip install "qtauthor[lsp]"' in done.err


def test_what_an_editor_answers_behind_the_last_request_is_passed_over(
    root: Path, start: Start
) -> None:
    """It was asked before; the two cross on their way."""
    editor = start(root)
    editor.begin()
    editor.ask("shutdown", None)
    editor._write({"id": "late", "result": None})
    editor._write({"id": "later", "error": {"code": -32601, "message": "never"}})
    editor.tell("$/cancelRequest", {"id": 1})
    with pytest.raises(FailedError, match="Invalid Request"):
        editor.ask("textDocument/hover", editor.at(CELLS.path, 3, 0))
    editor.tell("exit", None)
    assert editor.process.wait(PATIENCE) == 0
    assert editor.log == []
