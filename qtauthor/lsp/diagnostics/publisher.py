"""When open articles are checked: after a pause in typing, and when something around them changed.

A check that is overtaken by a keystroke is not begun, and what it found is not shown.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from lsprotocol import types

from qtauthor.errors import QtauthorError
from qtauthor.lsp.buffers import Buffer
from qtauthor.lsp.diagnostics import findings
from qtauthor.lsp.session import RequestContext, ServerSession, told
from qtauthor.lsp.worker import Rank

logger = logging.getLogger(__name__)

_OTHERS = 0.3
"""Seconds of quiet after which the other open articles are looked at again."""


class Publisher:
    """Lives on the loop's thread. ``publish`` gives diagnostics to the client.

    ``warn`` shows the user why nothing can be checked, once for each reason. ``refresh`` is called
    when the client is to ask anew for what depends on other articles.
    """

    def __init__(
        self,
        session: ServerSession,
        publish: Callable[[types.PublishDiagnosticsParams], None],
        warn: Callable[[str], None],
        refresh: Callable[[], None] = lambda: None,
    ) -> None:
        self._session = session
        self._publish = publish
        self._warn = warn
        self._refresh = refresh
        self._warned: set[str] = set()
        self._waiting: dict[Path, asyncio.Task[None]] = {}
        self._others: asyncio.Task[None] | None = None
        self._shown: dict[Path, tuple[str, list[types.Diagnostic]]] = {}

    @property
    def _wanted(self) -> bool:
        return self._session.settings.enabled("diagnostics")

    def changed(self, buffer: Buffer, *, at_once: bool = False) -> None:
        """A buffer has another text: check it soon, and then those around it."""
        delay = 0 if at_once else self._session.settings.diagnostics.delay / 1000
        self._check_later(buffer.path, delay)
        self.surroundings()

    def reconfigured(self) -> None:
        """A configuration changed: what could not be checked may be checked now."""
        self._warned.clear()
        self.surroundings()

    def closed(self, path: Path) -> None:
        """A buffer is gone; nothing is told of it any more."""
        task = self._waiting.pop(path, None)
        if task is not None:
            task.cancel()
        uri, found = self._shown.pop(path, ("", []))
        if found:
            self._publish(types.PublishDiagnosticsParams(uri, []))
        self.surroundings()

    def surroundings(self) -> None:
        """Something changed that rules of other articles look at: check all that are open."""
        if self._others is not None:
            self._others.cancel()
        self._others = asyncio.get_running_loop().create_task(self._check_others())

    def _check_later(self, path: Path, delay: float) -> None:
        waiting = self._waiting.get(path)
        if waiting is not None:
            waiting.cancel()
        task = asyncio.get_running_loop().create_task(self._check(path, delay, Rank.CHECK))
        self._waiting[path] = task

    async def _check_others(self) -> None:
        await asyncio.sleep(_OTHERS)
        self._refresh()
        for path in self._session.buffers.now:
            waiting = self._waiting.get(path)
            if waiting is None or waiting.done():
                await self._check(path, 0, Rank.UPKEEP)

    async def _check(self, path: Path, delay: float, rank: Rank) -> None:
        await asyncio.sleep(delay)
        buffer = self._session.buffers.now.get(path)
        if buffer is None or not self._wanted:
            return
        try:
            found = await self._session.run(rank, lambda work: _found(work, buffer.uri))
        except QtauthorError as error:
            if str(error) not in self._warned:
                self._warned.add(str(error))
                self._warn(told(error))
            return
        except Exception:
            logger.exception("checking %s failed", path)
            return
        if found is None or self._session.buffers.now.get(path) is not buffer:
            return
        shown = (buffer.uri, found)
        if rank is Rank.CHECK or self._shown.get(path) != shown:
            self._shown[path] = shown
            self._publish(types.PublishDiagnosticsParams(buffer.uri, found, buffer.version))


def _found(work: RequestContext, uri: str) -> list[types.Diagnostic] | None:
    target = work.target(uri)
    if target is None:
        return None
    return [findings.diagnostic(work, target, one) for one in findings.findings(target)]
