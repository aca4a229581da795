"""The sites around the files that an editor works on. Only the worker's thread may use them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from qtauthor.content.site import Site
from qtauthor.content.source import DiskSource
from qtauthor.content.sparse_source import SparseSource
from qtauthor.content.state_remarks import remarks
from qtauthor.errors import Code, QtauthorError, SiteError
from qtauthor.files import presence
from qtauthor.lsp.buffers import Buffer, Open
from qtauthor.lsp.files.buffered_source import BufferedSource
from qtauthor.sinks import commit
from qtauthor.sinks.git import sparse
from qtauthor.sinks.transaction import file_names

logger = logging.getLogger(__name__)


class SiteFile(NamedTuple):
    """A file in its site; ``path`` is below the site's root, with ``/``."""

    site: Site
    path: str


class Sites:
    """Found as the command line finds them: ``root`` if it is given, else upward from the file.

    ``watch`` is told of each new site, which has read nothing yet.
    """

    def __init__(self, root: Path | None, watch: Callable[[Site], None]) -> None:
        self._root = root
        self._watch = watch
        self._at: dict[Path, Site | None] = {}
        self._folders: dict[Path, tuple[Site, Path] | None] = {}
        self._open: Open = {}

    def __iter__(self) -> Iterator[Site]:
        yield from [site for site in self._at.values() if site is not None]

    def forget(self) -> None:
        """A configuration may have changed: find all sites anew."""
        for site in self:
            site.index.close()
        opened, self._open = self._open, {}
        self._at.clear()
        self._folders.clear()
        self.pin(opened)

    def pin(self, opened: Open) -> None:
        """From now on all sites see these buffers."""
        if opened is self._open:
            return
        self._open = opened
        for site in self:
            self._lay(site)

    def _lay(self, site: Site) -> None:
        found: dict[str, Buffer] = {}
        for path, buffer in self._open.items():
            placed = self.quietly(path)
            if placed is not None and placed.site is site:
                known = found.get(placed.path)  # open under another name, too: the newer text
                if known is None or known.serial < buffer.serial:
                    found[placed.path] = buffer
        source(site).open = found
        site.index.expire(disk=False)

    def quietly(self, path: Path) -> SiteFile | None:
        """As `of`; ``None`` also for what raises."""
        try:
            return self.of(path)
        except QtauthorError:  # whoever asks for that file is told
            return None

    def of(self, path: Path) -> SiteFile | None:
        """Where a file is; ``None`` if that is no site. Raises ``ConfigError``, ``SiteError``.

        An article is at its own place, whatever link the client came over.
        """
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = self._find(folder)
        found = self._folders[folder]
        if found is None:
            return None
        site, below = found
        return SiteFile(site, site.own_place((below / path.name).as_posix()))

    def around(self, folder: Path) -> Site | None:
        """The site around a folder of the workspace. Raises ``ConfigError``."""
        found = self.of(folder / "any")
        return found.site if found else None

    def _find(self, folder: Path) -> tuple[Site, Path] | None:
        real = Path(presence.real(folder))
        places = (folder, *folder.parents, real, *real.parents)
        for place in dict.fromkeys((self._root,) if self._root else places):
            site = self._site(place)
            if site is not None and real.is_relative_to(site.root):
                return site, real.relative_to(site.root)
        return None

    def _site(self, place: Path) -> Site | None:
        if place not in self._at:
            try:
                bare = Site.at(place)
            except SiteError as error:
                if error.code is not Code.NO_SITE:
                    raise
                self._at[place] = None
            else:
                self._at[place] = self._known(bare.root) or self._new(bare)
        return self._at[place]

    def _known(self, root: Path) -> Site | None:
        return next((site for site in self if site.root == root), None)

    def _new(self, bare: Site) -> Site:
        site = Site(bare.root, bare.config, BufferedSource(bare.root, _disk(bare)))
        self._watch(site)
        _recover(site.root)
        self._at[site.root] = site
        self._lay(site)
        return site


def _disk(site: Site) -> DiskSource:
    """The files of a site, with those that only git has."""
    absent = sparse.absent(site.root, site.config.content)
    if absent is None:
        return DiskSource(site.root)
    if absent.unknown:
        logger.warning("git does not say which articles are not checked out: %s", absent.unknown)
    return SparseSource(site.root, absent)


def source(site: Site) -> BufferedSource:
    """Where a site of the server reads from."""
    assert isinstance(site.source, BufferedSource)
    return site.source


def is_article(placed: SiteFile) -> bool:
    """Whether a file is one of the articles, by its place."""
    below = placed.path.removeprefix(f"{placed.site.config.content}/")
    return below != placed.path and below.count("/") == 1 and below.endswith(".md")


def _recover(root: Path) -> None:
    """End a change that an earlier run had begun, if nobody is at work."""
    for remark in remarks(root):
        logger.warning("%s", remark)
    if not file_names.is_pending(root):
        return
    try:
        found = commit.ended(root)
        if found is not None:
            logger.warning("an interrupted run was %s", found.how)
    except SiteError as error:
        logger.warning("%s; %s", error.message, error.remedy)
