"""What one run of the server shares, and what one request sees of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types

from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, QtauthorError, SiteError
from qtauthor.lsp.buffers import Buffer, Buffers, Open
from qtauthor.lsp.client import Client
from qtauthor.lsp.files import client_spelling, uris
from qtauthor.lsp.files.client_spelling import ClientFolder
from qtauthor.lsp.settings import Settings
from qtauthor.lsp.sites import Sites, is_article, source
from qtauthor.lsp.worker import Rank, Worker
from qtauthor.sinks import workspace_edit as edits
from qtauthor.sinks.workspace_edit import span
from qtauthor.text.source.positions import Encoding, Positions
from qtauthor.text.yaml.located_tree import Located

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_OPTION = re.compile(r"(?<![\w-])--[a-z]")


class RequestFile:
    """A file of a site, as the request sees it: open with its version, or as it is on disk."""

    def __init__(
        self, site: Site, path: str, buffer: Buffer | None, encoding: Encoding, place: Path
    ) -> None:
        """``place`` is the file as the client would name it."""
        self.site = site
        self.path = path
        self.buffer = buffer
        self.place = place
        self.encoding = encoding
        self._positions: Positions | None = None

    @property
    def uri(self) -> str:
        """Its URI, spelled as the client does if it is open."""
        return self.buffer.uri if self.buffer else uris.from_path(self.place)

    @property
    def version(self) -> int | None:
        """The version of an open file."""
        return self.buffer.version if self.buffer else None

    @property
    def data(self) -> bytes:
        """Its bytes. Raises ``SiteError``."""
        return self.buffer.data if self.buffer else self.site.source.read(self.path)

    @property
    def positions(self) -> Positions:
        """Its text, with its places. Raises ``SiteError``."""
        if self._positions is None:
            if self.buffer is not None:
                text, marked = self.buffer.text, self.buffer.marked
            else:
                text, marked = _text(self.site, self.path), False
            self._positions = Positions(text, self.encoding, marked=marked)
        return self._positions

    @property
    def text(self) -> str:
        """Its whole text, with its byte order mark. Raises ``SiteError``."""
        return self.positions.text

    def located(self) -> Located:
        """The text with its tree. Raises ``ParseError`` where it is no article at the moment."""
        return Located.read(self.text)

    def offset(self, position: types.Position) -> int:
        """The offset (code points of `text`) of a place that the client named."""
        return self.positions.offset(position.line, position.character)

    def range(self, start: int, end: int) -> types.Range:
        """Two offsets for the client."""
        return span(self.positions, start, end)


class RequestContext:
    """What a feature gets: the sites with the buffers as they were when the request came.

    It lives on the worker's thread, for one request.
    """

    def __init__(self, session: ServerSession, opened: Open) -> None:
        self.session = session
        self.settings = session.settings
        self.client = session.client
        self.opened = opened
        self.asked: Path | None = None
        self.pages: dict[tuple[Site, str], str | None] = {}
        self._spellings: dict[tuple[Site, Path | None], tuple[ClientFolder, ...]] = {}
        self.messages: list[types.ShowMessageParams] = []
        self.shown: list[str] = []

    @property
    def sites(self) -> Sites:
        """All sites that were needed so far."""
        return self.session.sites

    def target(self, uri: str) -> RequestFile | None:
        """The article with this URI; ``None`` for a file that is none. Raises ``ConfigError``."""
        path = uris.to_path(uri)
        placed = self.sites.of(path) if path else None
        if path is None or placed is None or not is_article(placed):
            return None
        self.asked = path
        buffer = self.opened.get(path) or source(placed.site).open.get(placed.path)
        return RequestFile(placed.site, placed.path, buffer, self.session.encoding, path)

    def wanted(self, uri: str) -> RequestFile:
        """As `target`. Raises ``SiteError`` with ``no-site`` for a file that is no article."""
        found = self.target(uri)
        if found is None:
            raise SiteError(
                Code.NO_SITE,
                "this file is no article of a site",
                excerpt=uri,
                remedy="open a file <subject>/<slug>.md in the site's folder of articles",
            )
        return found

    def file(self, site: Site, path: str) -> RequestFile:
        """Any file of a site, which need not be there."""
        buffer = source(site).open.get(path)
        key = site, self.asked
        if key not in self._spellings:
            self._spellings[key] = tuple(self._found_spellings(site))
        place = client_spelling.spelled(site.root / path, self._spellings[key])
        return RequestFile(site, path, buffer, self.session.encoding, place)

    def _found_spellings(self, site: Site) -> Iterator[ClientFolder]:
        """How the client calls folders of a site or above it, the best first."""
        if self.asked is not None and (found := self._above(self.asked, site)):
            yield found
        yield from self.session.spelled
        for path in reversed(list(self.opened)):
            if found := self._above(path, site):
                yield found

    def _above(self, path: Path, site: Site) -> ClientFolder | None:
        placed = self.sites.quietly(path)
        if placed is None or placed.site is not site:
            return None
        return client_spelling.above(path, site.root / placed.path, site.root)

    def known(self, site: Site, path: str) -> edits.ClientFile:
        """A file of a site for ``sinks.workspace_edit``; a missing one is empty."""
        target = self.file(site, path)
        if not site.source.exists(path):
            return edits.ClientFile(target.uri, None, Positions("", self.session.encoding))
        return edits.ClientFile(target.uri, target.version, target.positions)

    def show(self, uri: str) -> None:
        """Show the user a file when the request is done, if the client can."""
        if self.client.shows_documents:
            self.shown.append(uri)

    def say(self, text: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Show the user a message when the request is done."""
        self.messages.append(types.ShowMessageParams(kind, text))


class ServerSession:
    """The server's state. ``buffers`` belongs to the loop's thread, ``sites`` to the worker's."""

    def __init__(self, root: Path | None, watch: Callable[[Site], None]) -> None:
        self.buffers = Buffers()
        self.worker = Worker()
        self.sites = Sites(root, watch)
        self.settings = Settings()
        self.client = Client(types.ClientCapabilities())
        self.encoding: Encoding = "utf-16"
        self.folders: list[Path] = []
        self.spelled: tuple[ClientFolder, ...] = ()
        self.titles: dict[Site, Any] = {}
        self.promised: set[tuple[Path | None, ...]] = set()

    async def run(
        self,
        rank: Rank,
        job: Callable[[RequestContext], Result],
        finish: Callable[[RequestContext], None] | None = None,
    ) -> Result:
        """Do a job on the worker's thread, over the buffers as they are now.

        Then, whatever came of it, ``finish`` is called on this thread.
        """
        work = RequestContext(self, self.buffers.now)

        def pinned() -> Result:
            self.sites.pin(work.opened)
            return job(work)

        try:
            return await self.worker.run(rank, pinned)
        finally:
            if finish is not None:
                finish(work)


def _text(site: Site, path: str) -> str:
    try:
        return site.source.read(path).decode()
    except UnicodeDecodeError:
        raise SiteError(
            Code.NOT_UTF8, "the file is not UTF-8", where=Place(path), remedy="save it as UTF-8"
        ) from None


def told(error: QtauthorError) -> str:
    """An error in one line for a person at an editor."""
    said = f"{error.message}; {error.remedy}" if error.remedy else error.message
    path = error.where.path
    return at_editor(said if not path or path in said else f"{error.where}: {said}")


def at_editor(text: str) -> str:
    """What core code says, where nobody can give an option of the command line."""
    if not _OPTION.search(text) or "qtauthor " in text:
        return text
    return f"{text} (options are for qtauthor on the command line)"


Params = Any
"""The parameters of a request, as lsprotocol has them."""
