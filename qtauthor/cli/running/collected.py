"""What comes of an edit of many articles, collected as it becomes known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qtauthor.changes.change import Modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.output import change_diff
from qtauthor.cli.state import Target
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations import bulk_edit
from qtauthor.operations.notices import Noted, Notice, change_of

if TYPE_CHECKING:  # nothing of the sinks is loaded by those who only read
    from qtauthor.cli.running.delivery import SiteChanges


class ArticleChange(NamedTuple):
    """The change of one article; ``data`` are its bytes where they are no file's."""

    target: Target
    change: Modify
    data: bytes | None = None

    def diff(self) -> Iterable[bytes]:
        """The change as git writes it."""
        return change_diff.of(self.target.site.root, ChangeSet((self.change,)), self._read)

    def _read(self, path: str) -> bytes:
        return self.target.site.source.read(path) if self.data is None else self.data


class Collected(NamedTuple):
    """What would change, the errors of articles that are left as they are, and what to tell.

    ``notices`` has the number of articles in which each is so. ``idle`` is the likely reason if
    nothing changes.
    """

    changed: list[ArticleChange]
    left: list[QtauthorError]
    notices: Counter[Notice]
    keep_going: bool = False
    idle: str = ""

    def take(self, target: Target, result: bulk_edit.Result, data: bytes | None = None) -> None:
        """Add the result for one article. Raises a refusal, unless it is to ``keep_going``."""
        if isinstance(result, QtauthorError):
            if result.where.path in (None, target.path):
                result.where = result.where._replace(path=target.name)
            if not self.keep_going:
                raise result
            self.left.append(result)
            return
        if isinstance(result, Noted):
            self.notices.update(result.notices)
        change = change_of(result)
        if change is not None:
            self.changed.append(ArticleChange(target, change, data))

    def told(self) -> list[str]:
        """The notices in words, those of most articles first."""
        return [notice.told(count) for notice, count in self.notices.most_common()]

    def plans(self) -> list[SiteChanges]:
        """The change sets of the sites."""
        by_root: dict[Path, tuple[Site, list[Modify]]] = {}
        for target, change, _ in self.changed:
            by_root.setdefault(target.site.root, (target.site, []))[1].append(change)
        return [(site, ChangeSet(tuple(changes))) for site, changes in by_root.values()]


def nothing(*, keep_going: bool = False, idle: str = "") -> Collected:
    """Before the first article."""
    return Collected([], [], Counter(), keep_going, idle)


@contextmanager
def as_called(changed: Sequence[ArticleChange]) -> Iterator[None]:
    """Errors name a file as the user did."""
    names = {change.path: target.name for target, change, _ in changed}
    try:
        yield
    except QtauthorError as error:
        path = error.where.path
        error.where = error.where._replace(path=names.get(path, path) if path else None)
        raise
