"""Wiring: which message goes to which feature, and what becomes of its errors."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.lsp import parent_process, settings
from qtauthor.lsp.article import titles
from qtauthor.lsp.client import Client
from qtauthor.lsp.diagnostics.publisher import Publisher
from qtauthor.lsp.feature import Apply, Command, Feature, Handler
from qtauthor.lsp.features import FEATURES
from qtauthor.lsp.files import client_spelling, uris
from qtauthor.lsp.progress import ReadingProgress
from qtauthor.lsp.protocol import Protocol, Refused, silence_refusals
from qtauthor.lsp.session import RequestContext, ServerSession, told
from qtauthor.lsp.sites import source
from qtauthor.lsp.worker import Rank

logger = logging.getLogger(__name__)

_WATCHED = ("**/*.md", "**/qtauthor.toml", "**/pyproject.toml")
_CONFIGURATIONS = frozenset(("qtauthor.toml", "pyproject.toml"))
_POLL = 10.0
"""Seconds between looks at the disk for a client that does not tell of files."""


class Server:
    """The language server: pygls on one side, the session on the other."""

    def __init__(self, root: Path | None = None) -> None:
        self.pygls = LanguageServer("qtauthor", _version(), protocol_cls=Protocol)
        self.session = ServerSession(root, self._watch)
        self._asked_to_end = False
        self._will_look = False
        self.publisher = Publisher(
            self.session,
            self.pygls.text_document_publish_diagnostics,
            lambda text: self._show(types.ShowMessageParams(types.MessageType.Error, text)),
            self._refresh_lenses,
        )
        self._register()

    def start(self) -> int:
        """Serve on standard input and output until the client says exit or is gone.

        Gives the exit code: 0 if the client had asked to shut down.
        """
        silence_refusals()
        self.pygls.start_io()
        return 0 if self._asked_to_end else 1

    def _refresh_lenses(self) -> None:
        session = self.session
        if session.client.refreshes_lenses and session.settings.enabled("code_lens"):
            self.pygls.workspace_code_lens_refresh(None)

    def _shut_down(self, params: None) -> None:
        self._asked_to_end = True

    def _register(self) -> None:
        handlers: dict[str, Callable[[Any], Any]] = {
            types.INITIALIZE: self._initialize,
            types.INITIALIZED: self._initialized,
            types.TEXT_DOCUMENT_DID_OPEN: self._opened,
            types.TEXT_DOCUMENT_DID_CHANGE: self._changed,
            types.TEXT_DOCUMENT_DID_CLOSE: self._closed,
            types.TEXT_DOCUMENT_DID_SAVE: self._saved,
            types.SHUTDOWN: self._shut_down,
            types.WORKSPACE_DID_CHANGE_CONFIGURATION: self._configured,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self._watched,
        }
        for method, handler in handlers.items():
            self.pygls.feature(method)(partial(handler))  # pygls sets attributes, methods have none

    # The beginning

    def _initialize(self, params: types.InitializeParams) -> None:
        self._loop = asyncio.get_running_loop()
        self._polling: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        if params.process_id:
            watching = parent_process.watch(params.process_id, self.session.worker)
            self._watching = self._loop.create_task(watching)
        session = self.session
        session.client = Client(params.capabilities)
        encoding = self.pygls.workspace.position_encoding
        session.encoding = types.PositionEncodingKind(encoding or "utf-16").value
        session.folders = _folders(params)
        session.spelled = tuple(client_spelling.folders(session.folders))
        self._take(params.initialization_options)
        for feature in FEATURES:
            if session.settings.enabled(feature.name):
                self._add(feature)

    def _add(self, feature: Feature) -> None:
        for method, (answer, options) in feature.methods.items():
            self.pygls.feature(method, options)(self._handler(feature, answer))
        for name, command in feature.commands.items():
            self.pygls.command(name)(self._commander(feature, command))

    async def _initialized(self, params: types.InitializedParams) -> None:
        if self.session.client.watches_files:
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("qtauthor-files", method, options)
            self.pygls.client_register_capability(types.RegistrationParams([registration]))
        await self._ask_configuration()
        await self._background(self._open_sites)
        if not self.session.client.watches_files:
            self._polling = asyncio.create_task(self._poll())

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(_POLL)
            await self._look(Rank.UPKEEP)

    def _open_sites(self, work: RequestContext) -> None:
        """Find the sites of the workspace, and read what changed in them."""
        for folder in self.session.folders:
            try:
                site = work.sites.around(folder)
                if site is not None:
                    _warm(work, site)
            except QtauthorError as error:
                work.say(told(error), types.MessageType.Error)
        gc.collect()
        gc.freeze()  # what is known of all articles stays, and need not be looked through again

    def _watch(self, site: Site) -> None:
        site.progress = ReadingProgress(self.pygls, self.session, site.root.name, self._loop)

    # Requests

    def _handler(self, feature: Feature, answer: Handler) -> Callable[[Any], Any]:
        async def handle(params: Any) -> Any:
            if not self.session.settings.enabled(feature.name):
                return None
            return await self._answer(feature, lambda work: answer(work, params))

        return handle

    def _commander(self, feature: Feature, command: Command) -> Callable[..., Any]:
        async def handle(*arguments: Any) -> Any:
            result = await self._answer(feature, lambda work: command(work, *arguments))
            if not isinstance(result, Apply):
                return result
            params = types.ApplyWorkspaceEditParams(edit=result.edit, label=result.label)
            applied = await self.pygls.workspace_apply_edit_async(params)
            if not applied.applied:
                logger.warning("the editor did not apply it: %s", applied.failure_reason)
            return None

        return handle

    async def _answer(self, feature: Feature, job: Callable[[RequestContext], Any]) -> Any:
        """The result of a feature. Whatever it raises, the server goes on."""
        try:
            return await self.session.run(Rank.REQUEST, job, self._finish)
        except QtauthorError as error:
            if feature.loud:
                raise Refused(told(error)) from None
            logger.info("%s: %s", feature.name, error)
            return None
        except Exception as error:
            logger.exception("a bug in %s", feature.name)
            raise Refused(f"a bug in qtauthor ({feature.name}): {error!r}") from None
        finally:
            if feature.loud:  # it may have written files
                self.publisher.surroundings()

    async def _background(
        self, job: Callable[[RequestContext], Any], rank: Rank = Rank.UPKEEP
    ) -> Any:
        try:
            return await self.session.run(rank, job, self._finish)
        except QtauthorError as error:
            self._show(types.ShowMessageParams(types.MessageType.Error, told(error)))
        except Exception:
            logger.exception("work in the background failed")
        return None

    def _finish(self, work: RequestContext) -> None:
        """Tell what a job had to say."""
        for message in work.messages:
            self._show(message)
        for uri in work.shown:
            self.pygls.window_show_document(types.ShowDocumentParams(uri, take_focus=True))

    def _show(self, message: types.ShowMessageParams) -> None:
        self.pygls.window_show_message(message)

    # What the client tells

    def _opened(self, params: types.DidOpenTextDocumentParams) -> None:
        buffer = self.session.buffers.open(params.text_document)
        if buffer is not None:
            self.publisher.changed(buffer, at_once=True)

    def _changed(self, params: types.DidChangeTextDocumentParams) -> None:
        buffer = self.session.buffers.change(params, self.session.encoding)
        if buffer is not None:
            self.publisher.changed(buffer)

    def _closed(self, params: types.DidCloseTextDocumentParams) -> None:
        path = self.session.buffers.close(params.text_document.uri)
        if path is not None:
            self.publisher.closed(path)

    async def _saved(self, params: types.DidSaveTextDocumentParams) -> None:
        await self._look()

    async def _watched(self, params: types.DidChangeWatchedFilesParams) -> None:
        paths = [path for change in params.changes if (path := uris.to_path(change.uri))]
        if any(path.name in _CONFIGURATIONS for path in paths):
            await self._background(lambda work: work.sites.forget())
            self.publisher.reconfigured()
        await self._look()

    async def _look(self, rank: Rank = Rank.REQUEST) -> None:
        """Look at the disk again; if it changed, check what is open once more.

        What the client tells goes before the requests that it sends after it. A look that was not
        begun yet will see what is told meanwhile.
        """
        if self._will_look:
            return
        self._will_look = True

        def look(work: RequestContext) -> bool:
            self._will_look = False
            return _refresh(work)

        if await self._background(look, rank):
            self.publisher.surroundings()

    # Settings

    async def _configured(self, params: types.DidChangeConfigurationParams) -> None:
        if params.settings:
            self._take(params.settings)
        else:
            await self._ask_configuration()
        self.publisher.reconfigured()

    async def _ask_configuration(self) -> None:
        if not self.session.client.tells_configuration:
            return
        item = types.ConfigurationItem(section="qtauthor")
        try:
            found = await self.pygls.workspace_configuration_async(
                types.ConfigurationParams([item])
            )
        except Exception:
            logger.exception("the client tells no configuration")
            return
        if found and found[0]:
            self._take(found[0])

    def _take(self, given: Any) -> None:
        try:
            self.session.settings = settings.read(given)
        except QtauthorError as error:
            self._show(types.ShowMessageParams(types.MessageType.Error, told(error)))


def _folders(params: types.InitializeParams) -> list[Path]:
    named = [folder.uri for folder in params.workspace_folders or ()]
    named = named or [params.root_uri or ""]
    return [path for uri in named if (path := uris.to_path(uri))]


def _version() -> str:
    try:
        return metadata.version("qtauthor")
    except metadata.PackageNotFoundError:  # run from its source
        return "0"


def _refresh(work: RequestContext) -> bool:
    """Whether any file changed on disk."""
    changed = [site for site in work.sites if source(site).renew()]
    for site in changed:
        site.refresh()
        _warm(work, site)
    return bool(changed)


def _warm(work: RequestContext, site: Site) -> None:
    """Do now what the first request of each kind would have to wait for."""
    site.index.refresh()
    assert titles.of(work, site).subjects is not None
