"""An index that is open: brought up to date before it answers, and made anew where it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

from qtauthor.content.answer import decode
from qtauthor.content.index.entry import Refreshed
from qtauthor.content.index.refresh import ProgressCallback
from qtauthor.content.index.session import IndexSession
from qtauthor.content.index.storage import store
from qtauthor.content.source import Source
from qtauthor.files.private_folder import Folder
from qtauthor.model.derived_names import Naming

Answer = TypeVar("Answer")

_FAILURES = 2
"""Failures of the database after which there is no answer."""

_ATTEMPTS = 9
"""Times that a question is asked again because others write."""


class OpenIndex:
    """How an index is asked; ``Index`` has the questions."""

    def __init__(
        self,
        source: Source,
        content: str,
        rules: Naming,
        *,
        folder: Folder | None = None,
        codec: Callable[[str], str] = decode,
        progress: ProgressCallback | None = None,
    ) -> None:
        self._source = source
        self._content = content
        self._rules = rules
        self._folder = folder
        self._decode = codec
        self._session: IndexSession | None = None
        self._current: Refreshed | None = None
        self._folders: tuple[Refreshed | None, dict[str, str]] = None, {}
        self._laid = True
        self._rebuild = False
        self.era = 0  # counts the databases that were opened
        self.progress = progress

    # Its own state

    def refresh(self, *, rebuild: bool = False) -> Refreshed:
        """Look at all files now, and read those that changed; all of them to ``rebuild``."""
        self._current = None
        self._rebuild = rebuild
        return self._ask(lambda _: self._brought)

    def expire(self, *, disk: bool = True) -> None:
        """Look at all files before the next answer; only at open buffers if not at the ``disk``."""
        self._laid = False
        if disk:
            self._current = None

    def close(self) -> None:
        """Let go of the file. The next question opens it again."""
        if self._session is not None:
            self._session.close()
        self._session = self._current = None

    # Asking

    @property
    def _brought(self) -> Refreshed:
        assert self._current is not None
        return self._current

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        if any(type(value) is int and abs(value) >= 2**63 for value in values):
            return []  # no database has such a number
        return self._ask(lambda session: session.rows(query, values))

    def _ask(self, question: Callable[[IndexSession], Answer]) -> Answer:
        """An answer from what is up to date; a file that fails is made anew, then left alone."""
        folder = self._folder
        failures = 0
        for attempt in count(1):
            try:
                session = self._ready(folder)
                answer = question(session)
                # What others wrote meanwhile may have been an index of another kind.
                if attempt > _ATTEMPTS or session.store.stands():
                    return answer
            except sqlite3.DatabaseError as error:
                if attempt <= _ATTEMPTS and self._was_replaced():
                    continue
                self.close()
                failures += 1
                if failures > _FAILURES:
                    raise
                if folder is not None and (store.is_useless(error) or not store.discard(folder)):
                    folder = None
        raise AssertionError

    def _was_replaced(self) -> bool:
        """Whether the database failed because another program made it anew meanwhile."""
        try:
            return self._session is not None and not self._session.store.stands()
        except sqlite3.DatabaseError:
            return False

    def _stands(self) -> bool:
        """Whether the open index is still what it was made to be, whoever wrote to it since."""
        assert self._session is not None
        opened = self._session.store
        if not opened.stands():
            opened.settle()
            return opened.is_usable()
        return True

    def _ready(self, folder: Folder | None) -> IndexSession:
        if self._session is None:
            self.era += 1
            identity = "\n".join((self._content, *self._rules, self._decode("\\n")))
            opened = store.open_store(folder, identity)
            self._session = IndexSession(
                opened, self._source, self._content, self._rules.url_pattern, self._decode
            )
        if self._current is None or not self._stands():
            self._current = self._session.refresh(self.progress, rebuild=self._rebuild)
            self._rebuild = False
        elif not self._laid:
            self._session.lay()
        self._laid = True
        return self._session
