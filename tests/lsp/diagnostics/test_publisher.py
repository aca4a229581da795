"""What was found in a text that is not there any more is not shown."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol import types

from qtauthor.lsp.diagnostics import findings
from qtauthor.lsp.diagnostics.publisher import Publisher
from qtauthor.lsp.session import RequestFile, ServerSession
from qtauthor.lsp.worker import Rank
from qtauthor.rules.finding import Finding
from tests.lsp.conftest import CELLS

Told = list[types.PublishDiagnosticsParams]


def opened(session: ServerSession, root: Path, version: int) -> None:
    path = root / CELLS.path
    item = types.TextDocumentItem(path.as_uri(), "markdown", version, path.read_bytes().decode())
    session.buffers.open(item)


async def until(there: Callable[[], bool]) -> None:
    for _ in range(2000):
        if there():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")


def test_a_check_that_a_keystroke_overtakes_is_not_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, go, real = threading.Event(), threading.Event(), findings.findings

    def slow(target: RequestFile) -> list[Finding]:
        busy.set()
        go.wait(20)
        return real(target)

    monkeypatch.setattr(findings, "findings", slow)

    async def run() -> Told:
        told: Told = []
        session = ServerSession(None, lambda _: None)
        publisher = Publisher(session, told.append, lambda _: None)
        for version in (1, 2):
            opened(session, root, version)
            publisher.changed(session.buffers.now[root / CELLS.path], at_once=True)
            await until(busy.is_set)
        go.set()
        await until(lambda: bool(told))
        return told

    assert [one.version for one in asyncio.run(run())] == [2]


def test_a_check_of_the_surroundings_that_a_keystroke_overtakes_is_not_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, go, real = threading.Event(), threading.Event(), findings.findings

    def slow(target: RequestFile) -> list[Finding]:
        busy.set()
        go.wait(20)
        return real(target)

    monkeypatch.setattr(findings, "findings", slow)

    async def run() -> Told:
        told: Told = []
        session = ServerSession(None, lambda _: None)
        publisher = Publisher(session, told.append, lambda _: None)
        opened(session, root, 1)
        publisher.surroundings()
        await until(busy.is_set)
        opened(session, root, 2)
        go.set()
        await session.run(Rank.UPKEEP, lambda _: None)
        await asyncio.sleep(0.05)
        return told

    assert asyncio.run(run()) == []


def test_why_nothing_can_be_checked_is_told_once(root: Path) -> None:
    (root / "qtauthor.toml").write_text("contents = 1\n")

    async def run() -> list[str]:
        warned: list[str] = []
        session = ServerSession(None, lambda _: None)
        publisher = Publisher(session, lambda _: None, warned.append)
        for version in (1, 2, 3):
            opened(session, root, version)
            publisher.changed(session.buffers.now[root / CELLS.path], at_once=True)
            await until(lambda: bool(warned))
            await asyncio.sleep(0.05)
        return warned

    [warning] = asyncio.run(run())
    assert "qtauthor.toml:1:1" in warning
