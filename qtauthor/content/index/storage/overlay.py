"""What editors hold unsaved, laid over the shared tables in this connection alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from qtauthor.content.index.reading import facts
from qtauthor.content.index.refresh import Read, Rows
from qtauthor.content.index.storage import stored_paths, tables
from qtauthor.content.index.storage.store import Store
from qtauthor.content.source import Source
from qtauthor.errors import QtauthorError


class Overlay:
    """The open buffers of a source, in TEMP tables, and the views over both."""

    def __init__(self, store: Store, content: str, pattern: str) -> None:
        self.connection = store.connection
        self.prefix = f"{content}/"
        self.rows = Rows(store, "temp", pattern)
        self.numbers = count(-1, -1)
        self.versions: dict[str, int] = {}
        self._view(overlaid=False)

    def refresh(self, source: Source) -> bool:
        """Make the overlay what is open now; gives whether that differs."""
        open_now = {path: v for path, v in source.buffers().items() if self._is_article(path)}
        if open_now == self.versions:
            return False
        if not self.versions:
            self._make()
        changed = [path for path, v in open_now.items() if self.versions.get(path) != v]
        self._forget([*changed, *(path for path in self.versions if path not in open_now)])
        self.rows.add(_read(source, changed), self.numbers)
        self.versions = open_now
        self._view(overlaid=bool(open_now))
        return True

    def _is_article(self, path: str) -> bool:
        inside = path.removeprefix(self.prefix)
        return inside != path and inside.count("/") == 1 and inside.endswith(".md")

    def _make(self) -> None:
        there = "SELECT 1 FROM temp.sqlite_master WHERE name = 'article'"
        if not self.connection.execute(there).fetchone():
            for statement in tables.create("temp"):
                self.connection.execute(statement)

    def _view(self, *, overlaid: bool) -> None:
        for statement in tables.views(overlaid=overlaid):
            self.connection.execute(statement)

    def _forget(self, paths: list[str]) -> None:
        find = "SELECT number FROM temp.article WHERE path = ?"
        run = self.connection.execute
        numbers = [row for path in paths for row in run(find, (stored_paths.stored(path),))]
        for statement in tables.delete("temp"):
            self.connection.executemany(statement, numbers)


def _read(source: Source, paths: list[str]) -> Iterator[Read]:
    for path in paths:
        try:
            data = source.read(path)
        except QtauthorError as error:  # one that is not to be found is hidden by the views
            yield stored_paths.stored(path), (0, 0, 0, 0), facts.unreadable(error.code)
        else:
            yield stored_paths.stored(path), (len(data), 0, 0, 0), facts.facts(data)
