"""The articles among files and folders that the client gives other names, or deletes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lsprotocol import types

from qtauthor.content.index import Entry
from qtauthor.content.site import Site
from qtauthor.files import presence
from qtauthor.lsp.files import uris
from qtauthor.lsp.session import RequestContext
from qtauthor.lsp.sites import SiteFile, is_article
from qtauthor.operations.site.files_follow import Pair

Pairs: TypeAlias = dict[Site, list[Pair]]


def pairs(work: RequestContext, files: Iterable[types.FileRename]) -> Pairs:
    """The articles among files and folders that get other names. Raises ``ConfigError``."""
    found: Pairs = {}
    for file in files:
        old, new = _placed(work, file.old_uri), _placed(work, file.new_uri)
        if old is not None:
            known = found.setdefault(old.site, [])
            known += _articles(old, new if new and new.site is old.site else None)
    return {site: pairs for site, pairs in found.items() if pairs}


def _articles(old: SiteFile, new: SiteFile | None) -> Iterator[Pair]:
    """The pair of an article, or those of all articles in a folder."""
    if is_article(old):
        yield Pair(old.path, new.path if new is not None and is_article(new) else "")
        return
    there = {entry.path.rpartition("/")[2] for entry in _inside(old)}
    if new is not None and not there:  # it is renamed already
        there = {entry.path.rpartition("/")[2] for entry in _inside(new)}
    if there:
        inside = new is not None and _is_subject(new)
        for name in sorted(there):
            yield Pair(f"{old.path}/{name}", f"{new.path}/{name}" if new and inside else "")


def _is_subject(placed: SiteFile) -> bool:
    return placed.path.rpartition("/")[0] == placed.site.config.content


def _inside(placed: SiteFile) -> list[Entry]:
    if not _is_subject(placed):
        return []
    return placed.site.index.in_subject(placed.path.rpartition("/")[2])


def paths(work: RequestContext, named: Iterable[str]) -> dict[Site, list[str]]:
    """The articles among files and folders. Raises ``ConfigError``."""
    found: dict[Site, list[str]] = {}
    for uri in named:
        placed = _placed(work, uri)
        if placed is not None:
            known = found.setdefault(placed.site, [])
            known += [placed.path] if is_article(placed) else [one.path for one in _inside(placed)]
    return {site: paths for site, paths in found.items() if paths}


def _placed(work: RequestContext, uri: str) -> SiteFile | None:
    """Where a file is; ``None`` for a link, which may get any name or go: nothing follows."""
    path = uris.to_path(uri)
    if path is None or presence.is_link(path):
        return None
    return work.sites.of(path)
