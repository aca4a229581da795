"""One edit of many articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.notices import Edited

EditFunction: TypeAlias = Callable[[str, Article], Edited]
"""From a path and its article to the change of it, and what to tell. To run in several processes it
has to be one that can be pickled where processes do not fork."""

Result: TypeAlias = Edited | QtauthorError
"""A change, why there is none, or nothing to change."""


class Editing(NamedTuple):
    """The work of an edit in a pool of processes, without writing."""

    edit: EditFunction

    def __call__(self, site: Site, number: int, path: str, /) -> Result:
        """The edit of one article, or why it was refused."""
        return one(site, path, self.edit)

    def flush(self) -> None:
        """Nothing waits."""


def one(site: Site, path: str, edit: EditFunction) -> Result:
    """The result for one article."""
    try:
        return edit(path, site.article(path))
    except QtauthorError as error:
        return error.at(path)
