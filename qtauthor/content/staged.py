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
        if path not in self.files:
            return self.below.read(path)
        data = self.files[path]
        if data is None:
            raise SiteError(
                Code.NOT_FOUND, "there is no such file", excerpt=path, remedy="check its name"
            )
        return data

    def exists(self, path: str) -> bool:
        if path in self.files:
            return self.files[path] is not None
        return self.below.exists(path)

    def articles(self, folder: str) -> Iterator[str]:
        new = {path for path in self.files if path.startswith(f"{folder}/")}
        found = {*self.below.articles(folder), *new}
        yield from sorted(filter(self.exists, found), key=lambda path: path.split("/"))

    def stamps(self, folder: str) -> dict[str, Stamp]:
        return self.below.stamps(folder)

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        return self.below.read_stamped(path)

    def device(self, folder: str) -> int | None:
        return self.below.device(folder)

    def buffers(self) -> Mapping[str, int]:
        return {**self.below.buffers(), **dict.fromkeys(self.files, 1)}


def staged(site: Site, files: Mapping[str, bytes | None]) -> Site:
    """The site with other files; its index tells of them, and nobody else's does."""
    found = Site(site.root, site.config, StagedSource(site.source, files))
    found.progress = site.progress
    return found
