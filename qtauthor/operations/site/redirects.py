"""Record changed addresses in the site's list of redirects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.redirects import ledger
from qtauthor.content.redirects.ledger import Changed, Redirect
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.working_copy import WorkingCopy
from qtauthor.text.plural import counted


def record(draft: WorkingCopy, moved: Mapping[str, str], gone: Iterable[str] = ()) -> list[str]:
    """Bring the list up to date in ``draft``; gives notices of what it cannot express.

    ``moved`` has new addresses by old ones, ``gone`` those without a successor. Nothing happens if
    the site has no list. Raises ``SiteError`` with ``bad-redirects``.
    """
    changed = {old: new for old, new in moved.items() if old != new}
    path = draft.site.config.redirects.path
    if not changed and not gone:
        return []
    if not path:
        return [_hint(len(changed))] if changed else []
    living = frozenset(changed.values())
    addresses = draft.site.config.addresses
    news = Changed(changed, frozenset(gone), living)
    updated = ledger.update(_ledger(draft.site), news, addresses)
    if updated is None:
        return []
    draft.write(path, updated.text.encode("utf-8"))
    return [_lost(redirect) for redirect in updated.lost]


def arrive(site: Site, urls: Iterable[str]) -> tuple[ChangeSet, list[str]]:
    """Take out the redirects that start where new articles live; gives notices of them, too.

    Raises ``SiteError`` with ``bad-redirects``.
    """
    path = site.config.redirects.path
    if not path or not site.source.exists(path):
        return ChangeSet(), []
    living = frozenset(urls)
    listed = _ledger(site)
    addresses = site.config.addresses
    updated = ledger.update(listed, Changed({}, living=living), addresses)
    if updated is None:
        return ChangeSet(), []
    draft = WorkingCopy(site)
    draft.write(path, updated.text.encode("utf-8"))
    pages = set(map(addresses.page, living))
    out = [one for one in listed.entries() if addresses.page(one.source) in pages]
    return draft.changes(), [
        f"an article lives there again, so its redirect goes: {one.source} -> {one.target}"
        for one in out
    ]


def entries(site: Site) -> list[Redirect]:
    """The redirects that are on record. Raises ``SiteError`` with ``bad-redirects``."""
    return _ledger(site).entries() if site.config.redirects.path else []


def parsed(site: Site, data: bytes) -> list[Redirect]:
    """The redirects in the bytes of the site's list."""
    return _of(site, data).entries()


def _ledger(site: Site) -> ledger.Ledger:
    path = site.config.redirects.path
    try:
        return _of(site, site.source.read(path) if site.source.exists(path) else b"")
    except QtauthorError as error:
        raise error.at(path) from None


def _of(site: Site, data: bytes) -> ledger.Ledger:
    chosen = site.config.redirects
    return ledger.ledger(data, chosen.path, chosen.format, site.config.url.pattern)


def _hint(count: int) -> str:
    addresses = counted(count, "address", "addresses")
    return f"no redirect is recorded for {addresses}: redirects.path is not configured"


def _lost(redirect: Redirect) -> str:
    return f"the list of moves cannot express {redirect.source} -> {redirect.target}"
