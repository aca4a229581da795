"""A site as it will be once some of its files are others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qtauthor.content.site import Site
from qtauthor.content.source import Source, Stamp
from qtauthor.errors import Code, SiteError


class StagedSource:
    """Files over those of another source; ``None`` for one that is gone."""

    def __init__(self, below: Source, files: Mapping[str, bytes | None]) -> None:
        self.below = below
        self.files = files

    def read(self, path: str) -> bytes:
        """The staged bytes of a file, else those below. Raises ``SiteError`` for one that goes."""
        if path not in self.files:
            return self.below.read(path)
        data = self.files[path]
        if data is None:
            raise SiteError(
                Code.NOT_FOUND, "there is no such file", excerpt=path, remedy="check its name"
            )
        return data

    def exists(self, path: str) -> bool:
        """Whether there will be a file or folder of this name."""
        if path in self.files:
            return self.files[path] is not None
        return self.below.exists(path)

    def articles(self, folder: str) -> Iterator[str]:
        """The paths of the articles that there will be in a folder, sorted."""
        new = {path for path in self.files if path.startswith(f"{folder}/")}
        found = {*self.below.articles(folder), *new}
        yield from sorted(filter(self.exists, found), key=lambda path: path.split("/"))

    def stamps(self, folder: str) -> dict[str, Stamp]:
        """The stamps of what is below; staged files are buffers."""
        return self.below.stamps(folder)

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        """The bytes of what is below, with their stamp."""
        return self.below.read_stamped(path)

    def device(self, folder: str) -> int | None:
        """The device that holds a folder; ``None`` if there is no such folder."""
        return self.below.device(folder)

    def buffers(self) -> Mapping[str, int]:
        """The staged files are newer than those below."""
        return {**self.below.buffers(), **dict.fromkeys(self.files, 1)}


def staged(site: Site, files: Mapping[str, bytes | None]) -> Site:
    """The site with other files; its index tells of them, and nobody else's does."""
    found = Site(site.root, site.config, StagedSource(site.source, files))
    found.progress = site.progress
    return found
