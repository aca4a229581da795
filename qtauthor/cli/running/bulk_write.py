"""Many edits on their way to the disk: each is made ready to be written as soon as it is made.

So every file is read once, and the processes that edit also write. The lock is held all the while,
and nothing is in place until all is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import NamedTuple, TypeAlias

from qtauthor.cli.running import delivery
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations import process_pool
from qtauthor.operations.bulk_edit import EditFunction, Result
from qtauthor.operations.notices import change_of
from qtauthor.sinks.commit import Commit
from qtauthor.sinks.transaction.prepare import Preparer, Ready

Found: TypeAlias = tuple[Result, Ready | None]
"""What became of one article, and the change of it made ready."""

Take: TypeAlias = Callable[[str, Result], None]
"""Is told the result for each path, in their order. What it raises ends everything."""


class Preparing(NamedTuple):
    """The work of an edit that is to be written."""

    edit: EditFunction
    preparer: Preparer

    def __call__(self, site: Site, number: int, path: str, /) -> Found:
        known = self.preparer.look(path)
        try:
            edited = self.edit(path, site.parse(known.data) if known else site.article(path))
        except QtauthorError as error:
            return error.at(path), None
        change = change_of(edited)
        if change is None:
            return edited, None
        return edited, self.preparer.modify(number, change, known)

    def flush(self) -> None:
        self.preparer.flush()


def write(
    state: State,
    commit: Commit,
    site: Site,
    paths: Sequence[str],
    edit: EditFunction,
    take: Take,
    *,
    jobs: int,
    allow_dirty: bool,
) -> None:
    """Edit the articles at ``paths`` and write them, all or none; the lock is held.

    Raises what ``take`` and ``delivery.stream`` raise.
    """

    def feed(preparer: Preparer) -> Generator[Ready, None, None]:
        preparer.expect(paths)
        found = process_pool.each(site, paths, Preparing(edit, preparer), jobs)
        with closing(found):
            for path, (result, ready) in zip(paths, found, strict=True):
                take(path, result)
                if ready is not None:
                    yield ready

    if paths:
        delivery.stream(state, commit, site, feed, allow_dirty=allow_dirty, jobs=jobs)
