"""What all commands of one run share: where the site is, and how to speak."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qtauthor.cli.console import ColorChoice, Console
from qtauthor.errors import Code, QtauthorError, RequestError, SiteError
from qtauthor.text.files import read_file

if TYPE_CHECKING:  # commands that read one file need no site, and start faster without
    from qtauthor.content.site import Site

STDIN = "-"


class Target(NamedTuple):
    """An article to work on: as the user called it, and where it is in its site."""

    name: str
    site: Site
    path: str


class State:
    """Options that every command takes. Sites are looked for once."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.color: ColorChoice = "auto"
        self.quiet = False
        self.debug = False
        self._sites: dict[Path, Site] = {}

    @property
    def console(self) -> Console:
        return Console(self.color, quiet=self.quiet)

    def site(self) -> Site:
        """The site to work in. Raises ``SiteError``, ``ConfigError``."""
        from qtauthor.content.site import Site

        given = self.root or os.environ.get("QTAUTHOR_ROOT")
        return self._site_at(Path(given)) if given else Site.find(Path.cwd())

    def _site_at(self, root: Path) -> Site:
        from qtauthor.content.site import Site

        site = self._sites.get(root)
        if site is None:
            site = self._sites[root] = Site.at(root)
        return site

    def target(self, name: str) -> Target:
        """The article in the file ``name``. A file outside any site stands alone.

        Raises ``ConfigError``; ``SiteError`` if a site was named that does not hold it.
        """
        file = Path(os.path.abspath(name))  # noqa: PTH100  a symlink keeps its own name
        given = self.root or os.environ.get("QTAUTHOR_ROOT")
        if given:
            site = self._site_at(Path(given))
            if not file.is_relative_to(site.root):
                raise SiteError(
                    Code.UNSAFE_PATH,
                    f"{name} is not in the site {site.root}",
                    excerpt=str(file),
                    remedy="name a file of that site, or leave --root out",
                )
        else:
            site = self._site_of(file)
        return Target(name, site, file.relative_to(site.root).as_posix())

    def _site_of(self, file: Path) -> Site:
        from qtauthor.content.config import Config
        from qtauthor.content.site import Site

        known = self._sites.get(file.parent)
        if known is None:
            try:
                known = Site.find(file.parent)
            except SiteError as error:
                if error.code is not Code.NO_SITE:
                    raise
                known = Site(file.parent, Config())
            if not file.is_relative_to(known.root):
                known = Site(file.parent, Config())
            self._sites[file.parent] = known
        return known


def read_stdin() -> bytes:
    """Standard input, whole."""
    return sys.stdin.buffer.read()


def read_bytes(name: str) -> bytes:
    """A file's bytes, or standard input's for ``-``. Raises ``SiteError``, ``ParseError``."""
    if name == STDIN:
        return read_stdin()
    try:
        return read_file(Path(name))
    except QtauthorError as error:
        raise error.at(name) from None


def read_text(name: str) -> str:
    """The text of a file, or of standard input for ``-``.

    Raises ``SiteError``, ``ParseError``; ``RequestError`` for what is not UTF-8.
    """
    try:
        return read_bytes(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RequestError(
            Code.NOT_UTF8,
            f"{name} is not UTF-8",
            excerpt=name,
            remedy="save the file as UTF-8",
        ) from None
