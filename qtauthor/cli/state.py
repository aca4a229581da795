"""What all commands of one run share: where the site is, what was read, how to speak."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from qtauthor.cli.output.console import ColorChoice, Console
from qtauthor.errors import Code, QtauthorError, RequestError, SiteError
from qtauthor.files import name_forms, presence
from qtauthor.files.file_bytes import open_stream, read_file
from qtauthor.text.source.encoding import MAX_BYTES, too_large

if TYPE_CHECKING:  # commands that read one file need no site, and start faster without
    from qtauthor.content.site import Site
    from qtauthor.sinks.git.sparse import Absent

STDIN = "-"
UNKNOWN = "git does not say which articles are not checked out, so what these have is not known"


class Target(NamedTuple):
    """An article to work on: as the user called it, and where it is in its site."""

    name: str
    site: Site
    path: str


class State:
    """Options that every command takes. Sites are looked for once, standard input is read once."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.color: ColorChoice = "auto"
        self.quiet = False
        self.debug = False
        self.written = False
        self.command = ""
        self._sites: dict[Path, Site] = {}
        self._around: Site | None = None
        self._remarked: set[Path] = set()
        self._stdin_is_read = False
        self._absent: dict[Path, Absent | None] = {}

    @property
    def console(self) -> Console:
        return Console(self.color, quiet=self.quiet)

    @property
    def _root(self) -> str | None:
        named = self.root or os.environ.get("QTAUTHOR_ROOT")
        return name_forms.there(named) if named else None

    def site(self) -> Site:
        """The site to work in, the same each time. Raises ``SiteError``, ``ConfigError``."""
        from qtauthor.content.site import Site

        if self._root:
            return self._site_at(Path(self._root))
        if self._around is None:
            site = Site.find(Path.cwd())
            self._recover(site.root)
            self._around = self._watched(site)
        return self._around

    def _watched(self, site: Site) -> Site:
        """The site, whose reading of many files shows on a terminal, with what only git has."""
        from qtauthor.cli.output.progress import Progress
        from qtauthor.sinks.git import sparse

        if site.root not in self._absent:
            absent = self._absent[site.root] = sparse.absent(site.root, site.config.content)
            if absent is not None and absent.unknown:
                self.console.note(f"warning: {UNKNOWN}: {absent.unknown}")
        absent = self._absent[site.root]
        if absent is not None:
            from qtauthor.content.sparse_source import SparseSource

            site = type(site)(site.root, site.config, SparseSource(site.root, absent))
        site.progress = Progress(self.console, "reading articles")
        return site

    def target(self, name: str) -> Target:
        """The article in the file ``name``, by its own place. A file outside any site stands alone.

        Raises ``ConfigError``; ``SiteError`` if the file leads out of its site, or a site was named
        that does not hold it.
        """
        name = name_forms.there(name)
        folder, file = os.path.split(os.path.abspath(name))  # noqa: PTH100  links keep their names
        site = self._site_at(Path(self._root)) if self._root else self._site_of(Path(folder))
        real = Path(presence.real(folder), file)
        if not real.is_relative_to(site.root):
            raise SiteError(
                Code.UNSAFE_PATH,
                f"{name} is not in the site {site.root}",
                excerpt=str(real),
                remedy="name a file of that site, or leave --root out"
                if self._root
                else "name the file by its own path",
            )
        return Target(name, site, site.own_place(real.relative_to(site.root).as_posix()))

    def stdin_target(self, name: str | None) -> Target:
        """Standard input as an article of the site, called ``name`` if that is given."""
        if name:
            return self.target(name)
        site = self._site_at(Path(self._root)) if self._root else self._site_of(Path.cwd())
        return Target("<stdin>", site, "stdin.md")

    def _site_at(self, root: Path) -> Site:
        from qtauthor.content.site import Site

        site = self._sites.get(root)
        if site is None:
            site = self._sites[root] = self._watched(Site.at(root))
            self._recover(site.root)
        return site

    def _recover(self, root: Path) -> None:
        """End what an earlier run in this site had begun; there is hardly ever something.

        State that is not believed is named, once.
        """
        from qtauthor.content.state_remarks import remarks
        from qtauthor.sinks.transaction import file_names

        if root not in self._remarked:
            self._remarked.add(root)
            for remark in remarks(root):
                self.console.note(f"warning: {remark}")
        if file_names.is_pending(root):
            from qtauthor.cli.running import delivery

            delivery.recover(self.console, root)

    def _site_of(self, folder: Path) -> Site:
        """The site around ``folder``: above it as it is called, else above where it really is."""
        from qtauthor.content.site import Site
        from qtauthor.model.config.site_config import Config

        known = self._sites.get(folder)
        if known is None:
            real = Path(presence.real(folder))
            known = self._above(folder) or self._above(real) or Site(real, Config())
            self._sites[folder] = known
        return known

    def _above(self, folder: Path) -> Site | None:
        for place in (folder, *folder.parents):
            try:
                return self._site_at(place)
            except SiteError as error:
                if error.code is not Code.NO_SITE:
                    raise
        return None

    def read_stdin(self) -> bytes:
        """Standard input, whole; no more than a document may have.

        Raises ``RequestError``, ``ParseError``.
        """
        self._take_stdin()
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise too_large(len(data)).at("<stdin>")
        return data

    def _take_stdin(self) -> None:
        if self._stdin_is_read:
            raise RequestError(
                Code.BAD_ASSIGNMENT,
                "standard input can be read only once",
                remedy="give - once, and files for the rest",
            )
        self._stdin_is_read = True

    def read_bytes(self, name: str, *, streams: bool = False) -> bytes:
        """A file's bytes, or those of standard input for ``-``; of a pipe if ``streams``.

        Raises ``SiteError``, ``ParseError``, ``RequestError``.
        """
        if name == STDIN:
            return self.read_stdin()
        try:
            return read_file(Path(name_forms.there(name)), streams=streams)
        except QtauthorError as error:
            raise error.at(name) from None

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """A file to be read piece by piece, or standard input for ``-``.

        Raises ``SiteError``, ``RequestError``.
        """
        if name == STDIN:
            self._take_stdin()
            yield sys.stdin.buffer
            return
        try:
            file = open_stream(Path(name_forms.there(name)))
        except QtauthorError as error:
            raise error.at(name) from None
        with file:
            yield file

    def read_text(self, name: str) -> str:
        """The text of a file, or of standard input for ``-``. Raises as ``read_bytes`` does."""
        try:
            return self.read_bytes(name, streams=True).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RequestError(
                Code.NOT_UTF8,
                f"{'standard input' if name == STDIN else name} is not UTF-8",
                excerpt=name,
                remedy="save the file as UTF-8",
            ) from None
