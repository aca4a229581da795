"""The working copy in which an operation makes all its changes before they become one value."""

from __future__ import annotations

from typing import NamedTuple

from qtauthor.changes.change import Change, Create, Delete, modify, move, rewrite
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.model import article_fields


class _Sheet(NamedTuple):
    """An article as it is now to be, the pointers that were changed, and its new name."""

    article: Article
    declared: tuple[str, ...] = ()
    to: str | None = None


class WorkingCopy:
    """Articles that are being changed together; all paths are those before the change."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._sheets: dict[str, _Sheet] = {}
        self._others: dict[str, Change] = {}

    def article(self, path: str) -> Article:
        """The article as changed so far. Raises ``ParseError``, ``SiteError``."""
        return self._sheet(path).article

    def put(self, path: str, article: Article, *declared: str) -> None:
        """Take ``article`` for what is at ``path``; ``declared`` are the keys that it changed."""
        sheet = self._sheet(path)
        pointers = dict.fromkeys((*sheet.declared, *map(article_fields.pointer_of, declared)))
        self._sheets[path] = sheet._replace(article=article, declared=tuple(pointers))

    def move(self, path: str, to: str) -> None:
        """Give the file another name; its own name takes that back."""
        self._sheets[path] = self._sheet(path)._replace(to=to if to != path else None)

    def delete(self, path: str) -> None:
        """Let the file go, whatever it holds."""
        self._sheets.pop(path, None)
        self._others[path] = Delete(path, self.site.source.read(path))

    def write(self, path: str, data: bytes) -> None:
        """Give a file that is no article these bytes; it may be new."""
        if not self.site.source.exists(path):
            self._others[path] = Create(path, data)
            return
        old = self.site.source.read(path)
        self._others.pop(path, None)
        if data != old:
            self._others[path] = rewrite(path, old, data)

    def changes(self) -> ChangeSet:
        """Everything that differs, sorted by path."""
        found = dict(self._others)
        for path, sheet in self._sheets.items():
            document = sheet.article.document
            if sheet.to is not None:
                found[path] = move(path, sheet.to, document, sheet.declared)
            elif document.edits:
                found[path] = modify(path, document, sheet.declared)
        return ChangeSet(tuple(found[path] for path in sorted(found)))

    def _sheet(self, path: str) -> _Sheet:
        sheet = self._sheets.get(path)
        if sheet is None:
            sheet = self._sheets[path] = _Sheet(self.site.article(path))
        return sheet
