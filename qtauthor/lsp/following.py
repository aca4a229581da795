"""What follows when files get other names or go: what they say of themselves, and links to them.

The files may still be where they were, or the editor has moved or deleted them already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from lsprotocol import types
from msgspec import structs

from qtauthor.changes.change import Change, Modify, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content import naming
from qtauthor.content.index import Entry
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError
from qtauthor.lsp import inbound, uris
from qtauthor.lsp.session import Work
from qtauthor.lsp.sites import Placed, is_article
from qtauthor.operations import filings, move, remove
from qtauthor.operations.outcome import Outcome
from qtauthor.text import presence


class Pair(NamedTuple):
    """An article's path before and after; no path after if it leaves the articles."""

    old: str
    new: str


Pairs: TypeAlias = dict[Site, list[Pair]]


# What is planned


def followed(pairs: Sequence[Pair], site: Site, *, own: bool) -> Outcome:
    """What follows from other names; not the new names themselves, if those are the client's."""
    wanted = [_refile(site, pair) for pair in pairs if pair.new]
    outcome = move.move(site, wanted, new_subjects=True, leave_unreadable=True)
    notices = (*outcome.notices, *_left(site, pairs))
    kept = ChangeSet(tuple(_staying(outcome.changes))) if own else outcome.changes
    return Outcome(kept, notices)


def _refile(site: Site, pair: Pair) -> move.Refile:
    same = filings.folder(pair.new) == filings.folder(pair.old)
    subject = None if same else _subject(site, pair)
    slug = filings.slug(pair.new)
    if site.source.exists(pair.old):
        return move.Refile(pair.old, subject, slug)
    return move.Refile(pair.new, subject, slug, was=pair.old)


def _subject(site: Site, pair: Pair) -> str:
    """The subject of an article in its new folder. Raises ``RequestError``."""
    key = filings.folder(pair.new)
    here = pair.old if site.source.exists(pair.old) else pair.new
    for name, _ in site.config.spellings:
        if naming.slugify(name, site.config.slug.style) == key:
            return name
    spelled = site.index.spelling(key)
    if spelled is not None:
        return spelled
    raise RequestError(
        Code.USAGE,
        f"nobody knows how the subject of the folder {key} is spelled",
        where=Place(pair.new),
        remedy=f"nothing follows; name the subject with qtauthor move {here} --subject",
    )


def _staying(changes: ChangeSet) -> Iterator[Change]:
    """The changes without what the client does itself."""
    for change in changes.changes:
        if not isinstance(change, Move):
            yield change
        elif change.edits:
            known = structs.asdict(change)
            del known["to"]
            yield Modify(**known)


def _left(site: Site, pairs: Iterable[Pair]) -> Iterator[str]:
    for pair in pairs:
        entry = None if pair.new else site.index.entry(pair.old)
        if entry is not None and (count := len(inbound.to(site, entry))):
            yield f"{pair.old} is no article any more, and {count} links lead to it"


def unlinked(paths: Sequence[str], site: Site) -> Outcome:
    """What follows when files go; not that they go."""
    outcome = remove.remove_all(site, paths, leave_unreadable=True)
    kept = tuple(change for change in outcome.changes.changes if change.target is not None)
    return Outcome(ChangeSet(kept), outcome.notices)


# Which files


def pairs(work: Work, files: Iterable[types.FileRename]) -> Pairs:
    """The articles among files and folders that get other names. Raises ``ConfigError``."""
    found: Pairs = {}
    for file in files:
        old, new = _placed(work, file.old_uri), _placed(work, file.new_uri)
        if old is not None:
            known = found.setdefault(old.site, [])
            known += _articles(old, new if new and new.site is old.site else None)
    return {site: pairs for site, pairs in found.items() if pairs}


def _articles(old: Placed, new: Placed | None) -> Iterator[Pair]:
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


def _is_subject(placed: Placed) -> bool:
    return placed.path.rpartition("/")[0] == placed.site.config.content


def _inside(placed: Placed) -> list[Entry]:
    if not _is_subject(placed):
        return []
    return placed.site.index.in_subject(placed.path.rpartition("/")[2])


def paths(work: Work, named: Iterable[str]) -> dict[Site, list[str]]:
    """The articles among files and folders. Raises ``ConfigError``."""
    found: dict[Site, list[str]] = {}
    for uri in named:
        placed = _placed(work, uri)
        if placed is not None:
            known = found.setdefault(placed.site, [])
            known += [placed.path] if is_article(placed) else [one.path for one in _inside(placed)]
    return {site: paths for site, paths in found.items() if paths}


def _placed(work: Work, uri: str) -> Placed | None:
    """Where a file is; ``None`` for a link, which may get any name or go: nothing follows."""
    path = uris.to_path(uri)
    if path is None or presence.is_link(path):
        return None
    return work.sites.of(path)
