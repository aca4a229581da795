"""Long work, told to the editor: the first reading of a site."""

from __future__ import annotations

import asyncio
import logging
from itertools import count

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from qtauthor.lsp.session import ServerSession

logger = logging.getLogger(__name__)

_numbers = count(1)


class ReadingProgress:
    """One bar. It begins with the first word from the worker's thread, and ends with the last."""

    def __init__(
        self,
        server: LanguageServer,
        session: ServerSession,
        name: str,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._server = server
        self._session = session
        self._name = name
        self._loop = loop
        self._task: asyncio.Task[bool] | None = None
        self._token = ""

    def __call__(self, done: int, total: int) -> None:
        """So much is read; called on the worker's thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, done, total)

    def _tell(self, done: int, total: int) -> None:
        if not self._session.client.shows_progress:
            return
        if self._task is None:
            self._token = f"qtauthor-{next(_numbers)}"
            self._task = self._loop.create_task(self._begin())
        if self._task.done() and self._task.result():
            told = types.WorkDoneProgressReport(
                message=f"{done:,} of {total:,} articles", percentage=100 * done // max(1, total)
            )
            self._server.work_done_progress.report(self._token, told)
        if done >= total:
            self._task.add_done_callback(self._end)
            self._task = None

    async def _begin(self) -> bool:
        """Whether the client agreed to show it."""
        try:
            await self._server.work_done_progress.create_async(self._token)
        except Exception:
            logger.exception("the client shows no progress")
            return False
        begun = types.WorkDoneProgressBegin(title=f"Reading {self._name}", percentage=0)
        self._server.work_done_progress.begin(self._token, begun)
        return True

    def _end(self, task: asyncio.Task[bool]) -> None:
        if task.result():
            self._server.work_done_progress.end(self._token, types.WorkDoneProgressEnd())
